#include "storage/keyspace/stored_view.h"

namespace thimble {

CollectionRef CollectionRefOf(const StoredValue& stored, Bytes blob, const HashKey& hash_key,
                              ViewMemory& memory) {
  if (stored.is_table()) return {stored.form(), {}, stored.table(), &hash_key};
  const Bytes compact = stored.is_blob() ? blob : memory.Contiguous(stored.payload());
  return {stored.form(), compact, nullptr, &hash_key, stored.shrunk()};
}

StringView StringViewOf(const StoredValue& stored, Bytes blob) {
  const bool edited = stored.representation() == Representation::kEditedText;
  if (stored.representation() == Representation::kInteger) {
    return {Text(stored.integer()), edited};
  }
  if (stored.is_blob()) return {Text(blob), edited};
  return {stored.payload(), edited};
}

}  // namespace thimble
