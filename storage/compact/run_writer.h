#pragma once

#include <array>
#include <cstdint>

#include "storage/common/bytes.h"

namespace thimble {

// Writes a run (run.h) from front to back where there is room for it: far less than an edit for
// each item. Tells of fields and members that come twice.
class RunWriter {
 public:
  // What a run takes at most whose strings are of so many bytes together.
  static constexpr size_t MostBytes(size_t items, size_t string_bytes) {
    return kMostCountBytes + items * kMostHeadBytes + string_bytes;
  }

  // Exactly so many items follow. `room` is MostBytes() long.
  RunWriter(char* room, size_t items);
  void Append(Bytes text);
  void Append(int64_t integer);
  // The same for a field or a member. False if one that was appended so before is equal: they are
  // `stride` items apart, from the first item on.
  bool AppendNew(Bytes text, size_t stride);
  bool AppendNew(int64_t integer, size_t stride);
  bool IsLastInteger() const;

  // What was written so far; a run when all items are there.
  Bytes run() const { return {room_, static_cast<size_t>(end_ - room_)}; }

 private:
  bool MayRepeat(uint64_t bits);
  bool RepeatsOne(size_t stride) const;

  static constexpr size_t kMostCountBytes = 1 + sizeof(uint32_t);
  static constexpr size_t kMostHeadBytes = 1 + sizeof(uint64_t);
  static constexpr unsigned kFilterBits = 10;  // Of a place in the filter.

  char* room_;
  char* last_;  // The last item.
  char* end_;
  // A bit for each field or member, at a place that its bytes choose.
  std::array<uint64_t, (1U << kFilterBits) / 64> filter_{};
};

}  // namespace thimble
