#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "storage/table/table.h"

namespace thimble {

// What fillers may let wait together, in bytes.
struct FillBudget {
  // For data from a source of so many bytes: as many, within bounds, so that to load a small
  // database takes no more than a small multiple of what it takes to serve it.
  static FillBudget ForSource(uint64_t source_bytes) {
    constexpr uint64_t kLeast = uint64_t{16} << 20U;
    constexpr uint64_t kMost = uint64_t{64} << 20U;
    return {.source_bytes = source_bytes, .most_bytes = std::clamp(source_bytes, kLeast, kMost)};
  }

  uint64_t source_bytes = 0;  // What a stated number of entries is believed to take at most.
  uint64_t most_bytes = 0;
  uint64_t waiting_bytes = 0;
};

// Gives a table very many new entries in whatever order they come. They wait in parts, by the low
// bits of their hash, as for a hash join; a part is entered pair by pair, so that each bucket is
// written about once with all that waits for it, and next to buckets written just before.
//
// Order       Entries are in the table when their part was entered, not before. Nobody else may
//             change the table meanwhile.
// Memory      What waits is a copy: what the budget allows, and a slab for each part, which serves
//             for buckets when its part has been entered.
// Cost        A third of Insert() where nothing is in cache. Entering a part is O(its entries).
class TableFiller {
 public:
  // About `expected` entries will come, as far as is known: the table is made ready for as many
  // when the first part is entered. `with_deadlines`: entries may have one, though the table has no
  // clocks. Table and budget outlive the filler.
  TableFiller(Table& table, size_t expected, FillBudget& budget, bool with_deadlines = false);
  // Drops what waits.
  ~TableFiller();
  TableFiller(const TableFiller&) = delete;
  TableFiller& operator=(const TableFiller&) = delete;

  // Copies key and value. REQUIRES: no value without value traits, no clock without clock traits,
  // and no deadline then unless it was said that there may be some.
  void Add(const Hashed& key, Bytes value, uint64_t deadline_ms = 0, uint16_t clock = 0);

  // Whether so much waits that a part should be entered before more is added. What waits elsewhere
  // is no reason to enter next to nothing.
  bool IsFull() const {
    return budget_.waiting_bytes >= budget_.most_bytes && waiting_bytes_ >= budget_.most_bytes / 8;
  }
  bool empty() const { return waiting_bytes_ == 0; }
  // Enters the next part, or makes room for it: so repeat it while there is something to enter.
  // `refused` hears of each entry whose key was there already, or came twice; it is dropped then.
  using Refused = FunctionRef<void(const TableEntry&)>;
  void EnterPart(Refused refused);

 private:
  static constexpr size_t kMostParts = 256;
  // A part takes as many chunks at a time as one slab has, and gives back whole slabs.
  static constexpr size_t kChunksAtOnce = 8;

  // Entries that wait, one behind the other: head, stored bytes of the key, those of the value.
  struct Chunk {
    uint32_t used;  // Written when it is full, or its part is entered.
    char bytes[4096 - sizeof(uint32_t)];
  };
  struct Part {
    std::vector<Chunk*> chunks;
    size_t begun = 0;  // Of the chunks.
  };
  // Where the next entry of a part goes, apart from the rest: these alone stay in the first cache.
  struct Cursor {
    char* at = nullptr;
    char* end = nullptr;
  };
  struct Entry {
    const char* at;
    uint64_t hash;
  };

  char* Room(size_t part_number, size_t bytes);
  void BeginChunk(size_t part_number);
  void Close(size_t part_number);
  void Free(Part& part);
  Slot SlotOf(const char* entry) const;
  // Calls visit(entry, hash).
  template <class Visit>
  void ForEachIn(const Part& part, Visit visit) const;
  bool MakeRoom();
  bool CanEnterByPairs() const;
  void EnterByPairs(size_t first_pair, Refused refused);
  void EnterBucket(size_t bucket, std::span<const char* const> entries, Refused refused);
  void EnterOne(const Slot& slot, Refused refused);
  void Refuse(const Slot& slot, Refused refused);
  void Drop(const Slot& slot);

  Table& table_;
  FillBudget& budget_;
  const size_t expected_;
  const bool has_times_;
  const size_t head_bytes_;
  std::vector<Part> parts_;
  std::vector<Cursor> cursors_;  // Of each part.
  size_t next_part_ = 0;
  bool has_begun_ = false;  // The directory is as large as was expected.
  size_t waiting_ = 0;
  size_t waiting_bytes_ = 0;
  // Of the part that is being entered: its entries as they came and by bucket, and where those of
  // each bucket end.
  std::vector<Entry> entries_;
  std::vector<const char*> sorted_;
  std::vector<uint32_t> ends_;
  std::vector<const char*> late_;  // To be entered one by one.
  // Of one bucket: far more than chance brings.
  std::array<Slot, Table::kMostAtOnce / 2> slots_;
};

}  // namespace thimble
