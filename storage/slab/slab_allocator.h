#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/common/check.h"
#include "storage/slab/poison.h"
#include "storage/slab/size_class.h"

namespace thimble {

// Where buckets, blobs and directories live: the process's own slabs, because a general allocator
// loses a tenth to headers and size classes, and cannot say which blocks to move to free a page.
//
// Layout      One region of address space, reserved whole and opened in steps of 32 MB, of slabs of
//             32 KB; each slab has blocks of one size class. What is known of a slab stands in an
//             array apart: headers inside would all fall into the same cache sets. A free block
//             holds the place of the next.
// Policy      A class keeps its slabs with free blocks in eight lists by fullness and takes from
//             the fullest; so gaps gather where few blocks stand in the way. Empty slabs go to a
//             pool for all classes; of more than 32 the memory goes back to the kernel, on a thread
//             of its own (slab_releaser.h).
// Compaction  ShouldMove() tells a block's only owner that a copy elsewhere would help to empty a
//             slab. Owners walk through their blocks while WantsCompaction().
// Limits      Larger blocks, and all when the region is used up or could not be had, come from the
//             C library. Allocate() never returns null: it aborts when there is no memory at all.
//             Before that, HasReserve() turns false: time to refuse whoever wants to store more.
//             For the library's heap that time comes when the addresses kept in hand were needed.
// Cost        Allocate, Free: O(1), a few cache lines.
// Threads     None: the loop thread's alone, but for GiveUpHeapSpare() and Release(). Under
//             AddressSanitizer free blocks and the unused tails of blocks are poisoned.
class SlabAllocator {
 public:
  static constexpr size_t kSlabBytes = 32 * 1024;
  static constexpr size_t kStepBytes = 32 * 1024 * 1024;
  static constexpr size_t kPooledSlabs = 32;

  constexpr SlabAllocator() = default;
  SlabAllocator(const SlabAllocator&) = delete;
  SlabAllocator& operator=(const SlabAllocator&) = delete;

  // 16-aligned. `size` must be more than 0, and given to Free() again.
  char* Allocate(size_t size);
  void Free(char* block, size_t size);
  // As realloc: the block may move; the first `keep` bytes go with it.
  char* Reallocate(char* block, size_t old_size, size_t new_size, size_t keep);

  // --- Compaction -------------------------------------------------------------------------------
  // More than this part of the slabs in use, one in so many, is free, and more than a little.
  bool WantsCompaction() const { return free_bytes() > live_bytes_ / compact_above_ + kTolerated; }
  // 20: above 5 %. From 1 on; the larger, the tighter and the more work.
  void CompactAbove(size_t one_in) { compact_above_ = one_in; }
  // Whether freeing this block and allocating another of its size would leave the slabs better. If
  // its own slab is the better one of two about as full, that will serve from now on.
  bool ShouldMove(const char* block, size_t size);
  // Moves the block if it should. Its new place, or null if it is well where it is.
  char* MoveIfBetter(char* block, size_t size);

  // --- Empty slabs back to the kernel: see SlabReleaser -----------------------------------------
  // Whether the pool holds more than kPooledSlabs.
  bool HasSurplus() const { return pooled_ > kPooledSlabs; }
  // Takes slabs out of the pool: up to `most` of what is beyond kPooledSlabs, or a few of those
  // that nobody needed since the last call.
  void TakeSurplus(size_t most, std::vector<uint32_t>& taken);
  void TakeIdle(std::vector<uint32_t>& taken);
  // Gives their memory back; for any thread. Reorders them.
  void Release(std::vector<uint32_t>& taken) const;
  // What was released may be used again. Empties the list.
  void PutBack(std::vector<uint32_t>& released);
  // All of that at once, for the whole pool.
  void Trim();

  // --- Account ----------------------------------------------------------------------------------
  // Of blocks in slabs, by class size; the C library's are not in it.
  size_t live_bytes() const { return live_bytes_; }
  size_t live_blocks() const { return live_blocks_; }
  // Of free blocks in slabs where others are in use.
  size_t free_bytes() const { return usable_bytes_ - live_bytes_; }
  // Of the memory behind the slabs, pooled ones included.
  size_t held_bytes() const { return (used_slabs_ + pooled_) * kSlabBytes; }
  // False when the kernel, or the end of the region, refused the next step and what is left of the
  // last is running out.
  bool HasReserve() {
    const bool has_slabs = !step_refused_ || SpareSlabs() * kSlabBytes > kStepBytes / 2;
    return has_slabs && (heap_spare_.load(std::memory_order_relaxed) != nullptr || TakeHeapSpare());
  }
  // Whether the C library's heap has room for a block of so many bytes, what is kept for it given
  // up if need be. Small blocks need not ask, and are told yes: HasReserve() speaks for them.
  bool HasHeapFor(size_t bytes);
  // Gives up the addresses kept for the C library's heap, once: what could not be had then may be
  // had now. False if they are gone already. For any thread: operator new asks as well.
  bool GiveUpHeapSpare();
  // What is wrong, or nothing. O(slabs + free blocks).
  std::optional<std::string> CheckInvariants() const;

 private:
  static constexpr size_t kTolerated = 128 * 1024;
  static constexpr size_t kHeapSpareBytes = 32 * 1024 * 1024;
  static constexpr size_t kTakenIdle = 2;
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint16_t kNoBlock = UINT16_MAX;
  static constexpr unsigned kLists = 8;
  static constexpr uint8_t kInNoList = kLists;  // Full.
  static constexpr unsigned kRatioShift = 16;

  struct Slab {
    uint32_t previous;   // Of its list.
    uint32_t next;       // Of its list, or of a pool.
    uint16_t free_list;  // The first free block, in units of kBlockAlignment; kNoBlock = none.
    uint16_t fresh;      // Blocks from this number on were never used.
    uint16_t used;
    uint8_t size_class;
    uint8_t list;
  };
  static_assert(sizeof(Slab) == 16);

  struct SizeClass {
    uint32_t heads[kLists] = {kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone};
    uint8_t usable = 0;  // Bit i: list i has slabs.
    uint16_t capacity = 0;
    uint32_t lists_per_block = 0;  // kLists / capacity, as a fraction of 2^kRatioShift.
  };

  static constexpr std::array<SizeClass, kSizeClasses> MakeClasses() {
    std::array<SizeClass, kSizeClasses> classes{};
    for (unsigned i = 0; i < kSizeClasses; ++i) {
      classes[i].capacity = static_cast<uint16_t>(kSlabBytes / SizeOfClass(i));
      classes[i].lists_per_block = (kLists << kRatioShift) / classes[i].capacity;
    }
    return classes;
  }

  bool Owns(const char* block) const {
    return reinterpret_cast<uintptr_t>(block) - reinterpret_cast<uintptr_t>(region_) < opened_;
  }
  uint32_t IndexOf(const char* block) const {
    return static_cast<uint32_t>(static_cast<size_t>(block - region_) / kSlabBytes);
  }
  char* StartOf(uint32_t index) const { return region_ + index * kSlabBytes; }
  // The slab that Allocate would take from. REQUIRES: the class has a usable one.
  static uint32_t Fullest(const SizeClass& of) { return of.heads[std::bit_width(of.usable) - 1u]; }
  static uint8_t ListFor(const SizeClass& of, unsigned used) {
    if (used == of.capacity) return kInNoList;
    return static_cast<uint8_t>(used * of.lists_per_block >> kRatioShift);
  }

  size_t SpareSlabs() const { return opened_ / kSlabBytes - used_slabs_; }
  void Enlist(SizeClass& of, uint32_t index, uint8_t list);
  void Delist(SizeClass& of, uint32_t index);
  bool AddSlab(unsigned size_class);
  void RetireSlab(SizeClass& of, uint32_t index);
  void TakePooled(size_t count, std::vector<uint32_t>& taken);
  bool Reserve();
  bool OpenStep();
  bool TakeHeapSpare();
  char* AllocateFromHeap(size_t size);

  std::array<SizeClass, kSizeClasses> classes_ = MakeClasses();
  char* region_ = nullptr;
  Slab* slabs_ = nullptr;
  size_t reserved_ = 0;    // Bytes of the region.
  size_t opened_ = 0;      // Of it, readable and writable.
  uint32_t next_ = 0;      // The first slab never used.
  uint32_t pool_ = kNone;  // Empty slabs that still have their memory.
  uint32_t cold_ = kNone;  // Empty slabs whose memory the kernel has back.
  size_t pooled_ = 0;
  size_t least_pooled_ = 0;  // Since the last TakeIdle().
  size_t used_slabs_ = 0;
  size_t usable_bytes_ = 0;  // Blocks of used slabs, free ones included.
  size_t live_bytes_ = 0;
  size_t live_blocks_ = 0;
  size_t compact_above_ = 20;
  std::atomic<void*> heap_spare_ = nullptr;
  bool reservation_tried_ = false;
  bool step_refused_ = false;
};

// The process's slabs.
extern constinit SlabAllocator process_slabs;

// --- Hot and small -----------------------------------------------------------------------------

inline char* SlabAllocator::Allocate(size_t size) {
  THIMBLE_DCHECK(size > 0);
  if (size > kMaxSlabBlock) [[unlikely]]
    return AllocateFromHeap(size);
  const unsigned size_class = SizeClassOf(size);
  SizeClass& of = classes_[size_class];
  if (of.usable == 0 && !AddSlab(size_class)) [[unlikely]]
    return AllocateFromHeap(size);
  const uint32_t index = Fullest(of);
  Slab& slab = slabs_[index];
  char* block = StartOf(index);
  if (slab.free_list != kNoBlock) {
    block += slab.free_list * kBlockAlignment;
    UnpoisonMemory(block, std::max(size, sizeof slab.free_list));
    __builtin_memcpy(&slab.free_list, block, sizeof slab.free_list);
  } else {
    block += slab.fresh++ * SizeOfClass(size_class);
    UnpoisonMemory(block, std::max(size, sizeof slab.free_list));
  }
  ++slab.used;
  ++live_blocks_;
  live_bytes_ += SizeOfClass(size_class);
  const uint8_t list = ListFor(of, slab.used);
  if (list != slab.list) {
    Delist(of, index);
    if (list != kInNoList) Enlist(of, index, list);
  }
  return block;
}

inline bool SlabAllocator::ShouldMove(const char* block, size_t size) {
  if (size > kMaxSlabBlock || !Owns(block)) return false;
  SizeClass& of = classes_[SizeClassOf(size)];
  if (of.usable == 0) return false;
  const uint32_t from = IndexOf(block);
  const uint32_t to = Fullest(of);
  if (from == to) return false;
  if (slabs_[from].used <= slabs_[to].used) return true;
  // Else none would move while the least full of a list is at its head.
  if (slabs_[from].list == slabs_[to].list) {
    Delist(of, from);
    Enlist(of, from, slabs_[to].list);
  }
  return false;
}

}  // namespace thimble
