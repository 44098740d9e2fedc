#pragma once

#include "storage/keyspace/keyspace.h"
#include "storage/rdb/rdb_types.h"
#include "storage/rdb/rdb_writer.h"

namespace thimble {

// How `item` is written: the type that Redis 7.0 would choose for a value of this encoding. Sets
// that are listpacks, which it does not know, are written member by member.
RdbType RdbTypeOf(const Keyspace::Item& item);

// Writes the value in that form: `type` is RdbTypeOf(item). O(size).
void WriteValue(RdbWriter& writer, const Keyspace::Item& item, RdbType type);

}  // namespace thimble
