#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "storage/compact/byte_buffer.h"
#include "storage/keyspace/environment.h"
#include "storage/table/table.h"

namespace thimble {

// Tables and long strings that nobody can reach any more, taken apart a slice at a time so that
// deleting a big value or a whole database stalls nobody. LIFO: what a slice of a database uncovers
// goes first, so the graveyard never holds many. What a snapshot still needs is the snapshot's.
class Graveyard {
 public:
  explicit Graveyard(const StorageEnvironment& environment) : environment_(environment) {}
  ~Graveyard();  // Frees all that is left, at once.
  Graveyard(const Graveyard&) = delete;
  Graveyard& operator=(const Graveyard&) = delete;

  // A buffer larger than this is buried, a smaller one freed at once.
  static constexpr size_t kLongBytes = size_t{1} << 20;
  // A table of no more entries is freed where it dies.
  static constexpr size_t kFreedAtOnce = 64;

  // Whether a snapshot needs what nobody else does, and has taken it.
  bool IsKept(std::unique_ptr<Table>& table) const;
  bool IsKept(ByteBuffer& bytes) const;
  // The large encoding of one value.
  void BuryValue(std::unique_ptr<Table> table);
  void BuryString(ByteBuffer bytes) {
    const size_t memory_bytes = bytes.MemoryBytes();
    BuryString(std::move(bytes), memory_bytes);
  }
  // For who knows what it takes, and would have to fetch it to ask.
  void BuryString(ByteBuffer bytes, size_t memory_bytes);
  // The table of a whole database, with all that its values own.
  void BuryKeyspace(std::unique_ptr<Table> table, size_t owned_bytes);
  // Frees about `entries` entries, or a piece of a long string. True if there is more.
  bool Dig(size_t entries);
  size_t MemoryBytes() const { return memory_bytes_; }
  // What waits: values, and every key of a buried database. O(what was buried).
  size_t CountPending() const;

 private:
  struct Corpse {
    std::unique_ptr<Table> table;  // Null for a string.
    bool is_keyspace = false;
    ByteBuffer bytes = {};
  };
  bool CutString();
  void FreeKeyValue(const TableEntry& entry, std::vector<Corpse>& uncovered);

  const StorageEnvironment& environment_;
  std::vector<Corpse> corpses_;
  size_t memory_bytes_ = 0;
};

// Frees everything that the values of a keyspace's table own, at once, and leaves them dangling.
void FreeOwnedValues(const Table& keys);

}  // namespace thimble
