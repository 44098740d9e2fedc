#include "storage/slab/slab_allocator.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

#include "storage/common/check.h"
#include "storage/slab/heap_room.h"

namespace thimble {

constinit SlabAllocator process_slabs;

namespace {

constexpr size_t kMinRegion = SlabAllocator::kStepBytes;

// Twice the machine's memory: fragmentation included, the slabs never need more.
size_t WantedRegion() {
  const auto pages = static_cast<size_t>(std::max(sysconf(_SC_PHYS_PAGES), 1L));
  const size_t bytes = 2 * pages * static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return std::max(std::bit_ceil(bytes), kMinRegion);
}

char* ReserveAddresses(size_t bytes) {
  void* const start =
      mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return start == MAP_FAILED ? nullptr : static_cast<char*>(start);
}

bool Open(char* start, size_t bytes) {
  return mprotect(start, bytes, PROT_READ | PROT_WRITE) == 0;
}

}  // namespace

// --- Slabs ------------------------------------------------------------------------------------

// Takes what address space there is to have; under a limit that may be less than wanted.
bool SlabAllocator::Reserve() {
  if (reservation_tried_) return region_ != nullptr;
  reservation_tried_ = true;
  for (size_t bytes = WantedRegion(); bytes >= kMinRegion && region_ == nullptr; bytes /= 2) {
    region_ = ReserveAddresses(bytes);
    reserved_ = bytes;
  }
  if (region_ == nullptr) return false;
  const size_t slabs = reserved_ / kSlabBytes;
  slabs_ = reinterpret_cast<Slab*>(ReserveAddresses(slabs * sizeof(Slab)));
  if (slabs_ == nullptr) {
    munmap(region_, reserved_);
    region_ = nullptr;
    return false;
  }
  // Huge pages would keep the memory of slabs that were given back.
  madvise(region_, reserved_, MADV_NOHUGEPAGE);
  return true;
}

bool SlabAllocator::OpenStep() {
  if (!Reserve() || opened_ == reserved_) return false;
  constexpr size_t kSlabsPerStep = kStepBytes / kSlabBytes;
  char* const slabs = reinterpret_cast<char*>(slabs_ + opened_ / kSlabBytes);
  static_assert(kSlabsPerStep * sizeof(Slab) % 4096 == 0);  // Whole pages.
  if (!Open(slabs, kSlabsPerStep * sizeof(Slab)) || !Open(region_ + opened_, kStepBytes)) {
    return false;
  }
  PoisonMemory(region_ + opened_, kStepBytes);
  opened_ += kStepBytes;
  return true;
}

// One step is kept in hand, so that a refusal is known before the memory is gone.
bool SlabAllocator::AddSlab(unsigned size_class) {
  uint32_t index = kNone;
  if (pool_ != kNone) {
    index = pool_;
    pool_ = slabs_[index].next;
    --pooled_;
    least_pooled_ = std::min(least_pooled_, pooled_);
  } else if (cold_ != kNone) {
    index = cold_;
    cold_ = slabs_[index].next;
  } else {
    const size_t in_hand = opened_ - next_ * kSlabBytes;
    if (in_hand <= kStepBytes) step_refused_ = !OpenStep() && region_ != nullptr;
    if (next_ * kSlabBytes == opened_) return false;
    index = next_++;
  }
  SizeClass& of = classes_[size_class];
  Slab& slab = slabs_[index];
  slab = Slab{.previous = kNone,
              .next = kNone,
              .free_list = kNoBlock,
              .fresh = 0,
              .used = 0,
              .size_class = static_cast<uint8_t>(size_class),
              .list = kInNoList};
  Enlist(of, index, 0);
  ++used_slabs_;
  usable_bytes_ += of.capacity * SizeOfClass(size_class);
  return true;
}

void SlabAllocator::RetireSlab(SizeClass& of, uint32_t index) {
  Slab& slab = slabs_[index];
  if (slab.list != kInNoList) Delist(of, index);
  --used_slabs_;
  usable_bytes_ -= of.capacity * SizeOfClass(slab.size_class);
  slab.next = pool_;
  pool_ = index;
  ++pooled_;
}

void SlabAllocator::TakePooled(size_t count, std::vector<uint32_t>& taken) {
  pooled_ -= count;
  for (; count > 0; --count) {
    taken.push_back(pool_);
    pool_ = slabs_[pool_].next;
  }
}

void SlabAllocator::TakeSurplus(size_t most, std::vector<uint32_t>& taken) {
  TakePooled(std::min(most, pooled_ - std::min(pooled_, kPooledSlabs)), taken);
  least_pooled_ = std::min(least_pooled_, pooled_);
}

void SlabAllocator::TakeIdle(std::vector<uint32_t>& taken) {
  TakePooled(std::min(least_pooled_, kTakenIdle), taken);
  least_pooled_ = pooled_;
}

// Neighbours go with one call.
void SlabAllocator::Release(std::vector<uint32_t>& taken) const {
  std::sort(taken.begin(), taken.end());
  for (size_t begin = 0, end = 0; begin < taken.size(); begin = end) {
    end = begin + 1;
    while (end < taken.size() && taken[end] == taken[end - 1] + 1) ++end;
    madvise(StartOf(taken[begin]), (end - begin) * kSlabBytes, MADV_DONTNEED);
  }
}

void SlabAllocator::PutBack(std::vector<uint32_t>& released) {
  for (const uint32_t index : released) {
    slabs_[index].next = cold_;
    cold_ = index;
  }
  released.clear();
}

void SlabAllocator::Trim() {
  std::vector<uint32_t> taken;
  TakePooled(pooled_, taken);
  least_pooled_ = 0;
  Release(taken);
  PutBack(taken);
}

// --- Lists by fullness ------------------------------------------------------------------------

void SlabAllocator::Enlist(SizeClass& of, uint32_t index, uint8_t list) {
  Slab& slab = slabs_[index];
  slab.list = list;
  slab.previous = kNone;
  slab.next = of.heads[list];
  if (slab.next != kNone) slabs_[slab.next].previous = index;
  of.heads[list] = index;
  of.usable |= static_cast<uint8_t>(1U << list);
}

void SlabAllocator::Delist(SizeClass& of, uint32_t index) {
  Slab& slab = slabs_[index];
  if (slab.next != kNone) slabs_[slab.next].previous = slab.previous;
  if (slab.previous != kNone) {
    slabs_[slab.previous].next = slab.next;
  } else {
    of.heads[slab.list] = slab.next;
    if (slab.next == kNone) of.usable &= static_cast<uint8_t>(~(1U << slab.list));
  }
  slab.list = kInNoList;
}

// --- Blocks -----------------------------------------------------------------------------------

void SlabAllocator::Free(char* block, size_t size) {
  if (block == nullptr) return;
  if (size > kMaxSlabBlock || !Owns(block)) [[unlikely]]
    return std::free(block);
  const uint32_t index = IndexOf(block);
  Slab& slab = slabs_[index];
  THIMBLE_DCHECK(slab.size_class == SizeClassOf(size) && slab.used > 0);
  const size_t block_bytes = SizeOfClass(slab.size_class);
  std::memcpy(block, &slab.free_list, sizeof slab.free_list);
  slab.free_list =
      static_cast<uint16_t>(static_cast<size_t>(block - StartOf(index)) / kBlockAlignment);
  PoisonMemory(block, block_bytes);
  --slab.used;
  --live_blocks_;
  live_bytes_ -= block_bytes;
  SizeClass& of = classes_[slab.size_class];
  if (slab.used == 0) return RetireSlab(of, index);
  const uint8_t list = ListFor(of, slab.used);
  if (list == slab.list) return;
  if (slab.list != kInNoList) Delist(of, index);
  Enlist(of, index, list);
}

char* SlabAllocator::Reallocate(char* block, size_t old_size, size_t new_size, size_t keep) {
  if (block != nullptr && old_size > kMaxSlabBlock && new_size > kMaxSlabBlock) {
    char* moved = static_cast<char*>(std::realloc(block, new_size));
    if (moved == nullptr && GiveUpHeapSpare()) {
      moved = static_cast<char*>(std::realloc(block, new_size));
    }
    THIMBLE_CHECK(moved != nullptr);
    return moved;
  }
  char* const fresh = Allocate(new_size);
  if (block != nullptr) std::memcpy(fresh, block, keep);
  Free(block, old_size);
  return fresh;
}

char* SlabAllocator::MoveIfBetter(char* block, size_t size) {
  if (!ShouldMove(block, size)) return nullptr;
  char* const moved = Allocate(size);
  std::memcpy(moved, block, size);
  Free(block, size);
  return moved;
}

// Addresses only: memory comes behind them when somebody writes. Where there are none, what was
// freed inside the heap does as well; it need not be held, since nobody else uses it. Who needs
// much in one piece asks for that besides (HeapHas).
bool SlabAllocator::TakeHeapSpare() {
  void* const start = mmap(nullptr, kHeapSpareBytes, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) return HeapHasPieces(kHeapSpareBytes);
  heap_spare_ = start;
  return true;
}

bool SlabAllocator::HasHeapFor(size_t bytes) {
  if (bytes < kHeapPiece) [[likely]]
    return true;
  return HeapHas(bytes) || (GiveUpHeapSpare() && HeapHas(bytes));
}

bool SlabAllocator::GiveUpHeapSpare() {
  void* const spare = heap_spare_.exchange(nullptr);
  return spare != nullptr && munmap(spare, kHeapSpareBytes) == 0;
}

char* SlabAllocator::AllocateFromHeap(size_t size) {
  char* block = static_cast<char*>(std::malloc(size));
  if (block == nullptr && GiveUpHeapSpare()) block = static_cast<char*>(std::malloc(size));
  THIMBLE_CHECK(block != nullptr && reinterpret_cast<uintptr_t>(block) % kBlockAlignment == 0);
  return block;
}

// --- Checks -----------------------------------------------------------------------------------

std::optional<std::string> SlabAllocator::CheckInvariants() const {
  size_t listed = 0;
  for (unsigned i = 0; i < kSizeClasses; ++i) {
    const SizeClass& of = classes_[i];
    for (uint8_t list = 0; list < kLists; ++list) {
      if ((of.heads[list] != kNone) != ((of.usable >> list & 1) != 0)) return "stale usable bit";
      for (uint32_t index = of.heads[list]; index != kNone; index = slabs_[index].next) {
        const Slab& slab = slabs_[index];
        ++listed;
        if (slab.size_class != i || slab.list != list) return "a slab in a foreign list";
        if (ListFor(of, slab.used) != list) return "a slab in the list of another fullness";
        size_t free = of.capacity - slab.fresh;
        for (uint16_t at = slab.free_list; at != kNoBlock; ++free) {
          const char* const block = StartOf(index) + at * kBlockAlignment;
          UnpoisonMemory(block, sizeof at);
          std::memcpy(&at, block, sizeof at);
          PoisonMemory(block, SizeOfClass(i));
        }
        if (free + slab.used != of.capacity) return "blocks of a slab do not add up";
      }
    }
  }
  if (listed > used_slabs_) return "more slabs in lists than in use";
  if (live_bytes_ > usable_bytes_ || usable_bytes_ > used_slabs_ * kSlabBytes) {
    return "bytes do not add up";
  }
  return std::nullopt;
}

}  // namespace thimble
