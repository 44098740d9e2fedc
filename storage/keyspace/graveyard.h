#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "storage/table/table.h"

namespace thimble {

// Tables that nobody can reach any more, taken apart a slice at a time so that deleting a big value
// or a whole database stalls nobody. LIFO: what a slice of a database uncovers goes first, so the
// graveyard never holds many.
class Graveyard {
 public:
  Graveyard() = default;
  ~Graveyard();  // Frees all that is left, at once.
  Graveyard(const Graveyard&) = delete;
  Graveyard& operator=(const Graveyard&) = delete;

  // The large encoding of one value.
  void BuryValue(std::unique_ptr<Table> table);
  // The table of a whole database, with all that its values own.
  void BuryKeyspace(std::unique_ptr<Table> table, size_t owned_bytes);
  // Frees about `entries` entries. True if there is more.
  bool Dig(size_t entries);
  size_t MemoryBytes() const { return memory_bytes_; }

 private:
  struct Corpse {
    std::unique_ptr<Table> table;
    bool is_keyspace = false;
  };
  void FreeKeyValue(const TableEntry& entry, std::vector<std::unique_ptr<Table>>& uncovered);

  std::vector<Corpse> corpses_;
  size_t memory_bytes_ = 0;
};

// Frees everything that the values of a keyspace's table own, at once, and leaves them dangling.
void FreeOwnedValues(const Table& keys);

}  // namespace thimble
