#pragma once

#include "storage/keyspace/stored_value.h"
#include "storage/keyspace/view_memory.h"
#include "storage/value/string_value.h"

namespace thimble {

// The bytes of the blob that the value points to; empty if it does not.
inline Bytes BlobOf(const StoredValue& stored) {
  return stored.is_blob() ? ByteBuffer::BytesOf(stored.pointer()) : Bytes();
}

// What a stored value looks like to those who read it. `blob` is what BlobOf says, or a copy of it.
// REQUIRES, of the first: a hash or a set.
CollectionRef CollectionRefOf(const StoredValue& stored, Bytes blob, const HashKey& hash_key,
                              ViewMemory& memory);
StringView StringViewOf(const StoredValue& stored, Bytes blob);

}  // namespace thimble
