// Collections that shrank: from a table back to a run or a set of integers.

#include <algorithm>
#include <utility>

#include "storage/keyspace/keyspace.h"

namespace thimble {
namespace {

// A run of more is slower to search than a table, and hardly smaller: buckets share prefixes.
constexpr size_t kMostElements = 32;
// So far below the limit that it does not swing between the two.
constexpr size_t kPartOfLimit = 4;

// Whether no element is too long to be compact.
bool AllFit(const Table& table, size_t max_bytes) {
  return table.ForEachWhile([&](const TableEntry& entry) {
    return entry.key.size() <= max_bytes && entry.value.size() <= max_bytes;
  });
}

}  // namespace

// O(1). REQUIRES: a table.
bool Keyspace::MayShrink(const StoredValue& stored) const {
  const EncodingLimits& limits = environment_.limits;
  const size_t limit = stored.type() == ObjectType::kHash ? limits.hash_max_listpack_entries
                                                          : limits.set_max_listpack_entries;
  const Table& table = *stored.table();
  return table.size() <= std::min(limit / kPartOfLimit, kMostElements) && table.deadlines() == 0;
}

// Makes a small table compact if all it holds may be. Nobody is told: to its users it stays what it
// was. True if it did. O(elements).
bool Keyspace::Shrink(const Hashed& key) {
  Found found;
  found.position = table_->Find(key, found.entry);
  if (!found) return false;
  const StoredValue stored(found.entry.value);
  if (!stored.is_table()) return false;
  const Table& table = *stored.table();
  const EncodingLimits& limits = environment_.limits;
  const HashKey& hash_key = environment_.hash_key;
  CollectionBody body;
  if (stored.type() == ObjectType::kHash) {
    if (!AllFit(table, limits.hash_max_listpack_value)) return false;
    HashValue hash({}, hash_key, limits);
    table.ForEach([&](const TableEntry& entry) {
      const FlatText field(entry.key);
      hash.Set(hash_key.Of(field.bytes()), FlatText(entry.value).bytes());
    });
    body = std::move(hash.body());
  } else {
    if (!AllFit(table, limits.set_max_listpack_value)) return false;
    SetValue set({}, hash_key, limits);
    table.ForEach([&](const TableEntry& entry) {
      const FlatText member(entry.key);
      set.Add(hash_key.Of(member.bytes()));
    });
    body = std::move(set.body());
  }
  if (body.form == Form::kTable) return false;  // Other limits forbid it.
  body.shrunk = true;
  size_t owned_bytes = 0;
  const ValueToStore value = Settle({}, body, stored.type(), &owned_bytes);
  owned_bytes_ += owned_bytes;
  payload_bytes_ += value.bytes().size();
  Exchange(found, value);
  return true;
}

}  // namespace thimble
