#include "storage/table/directory.h"

#include <algorithm>
#include <utility>

#include "storage/common/check.h"

namespace thimble {
namespace {

uint64_t ReverseBits(uint64_t bits) {
  bits = (bits >> 1 & 0x5555555555555555) | (bits & 0x5555555555555555) << 1;
  bits = (bits >> 2 & 0x3333333333333333) | (bits & 0x3333333333333333) << 2;
  bits = (bits >> 4 & 0x0f0f0f0f0f0f0f0f) | (bits & 0x0f0f0f0f0f0f0f0f) << 4;
  return __builtin_bswap64(bits);
}

}  // namespace

Directory::Directory(BlobAllocator* allocator) : allocator_(allocator), first_capacity_(2) {
  chunks_.push_back(reinterpret_cast<BucketRef*>(allocator_->Allocate(2 * sizeof(BucketRef))));
  At(0) = At(1) = BucketRef();
}

Directory::~Directory() {
  for (size_t i = 0; i < chunks_.size(); ++i) {
    allocator_->Free(reinterpret_cast<char*>(chunks_[i]), ChunkBytes(i));
  }
}

void Directory::Swap(Directory& other) {
  std::swap(addressing, other.addressing);
  std::swap(epoch, other.epoch);
  std::swap(overfull, other.overfull);
  std::swap(longest, other.longest);
  std::swap(count, other.count);
  std::swap(bytes, other.bytes);
  std::swap(chunks_, other.chunks_);
  std::swap(first_capacity_, other.first_capacity_);
  std::swap(pairs_, other.pairs_);
  std::swap(narrow_mask_, other.narrow_mask_);
}

// Leaves room for a quarter more, so that a table of a thousand entries does not pay for twice its
// directory.
void Directory::ResizeFirstChunk() {
  const size_t wanted = (buckets() + buckets() / 4 + 2) & ~size_t{1};
  const size_t capacity = std::min(wanted, kChunkWords);
  char* const fresh = allocator_->Allocate(capacity * sizeof(BucketRef));
  char* const old = reinterpret_cast<char*>(chunks_[0]);
  std::memcpy(fresh, old, std::min(capacity, first_capacity_) * sizeof(BucketRef));
  allocator_->Free(old, first_capacity_ * sizeof(BucketRef));
  chunks_[0] = reinterpret_cast<BucketRef*>(fresh);
  first_capacity_ = capacity;
}

void Directory::AddPair() {
  const size_t first = buckets();
  if (first < kChunkWords) {
    if (first == first_capacity_) ResizeFirstChunk();
  } else if (first % kChunkWords == 0) {
    char* const chunk = allocator_->Allocate(kChunkWords * sizeof(BucketRef));
    chunks_.push_back(reinterpret_cast<BucketRef*>(chunk));
  }
  ++pairs_;
  if (pairs_ == 2 * (narrow_mask_ + 1)) narrow_mask_ = 2 * narrow_mask_ + 1;
  At(first) = At(first + 1) = BucketRef();
}

bool Directory::CompactWords(size_t bucket) {
  if (bucket % kChunkWords != 0) return false;
  BucketRef*& chunk = chunks_[bucket / kChunkWords];
  char* const moved =
      process_slabs.MoveIfBetter(reinterpret_cast<char*>(chunk), ChunkBytes(bucket / kChunkWords));
  if (moved != nullptr) chunk = reinterpret_cast<BucketRef*>(moved);
  return moved != nullptr;
}

void Directory::DropPair() {
  THIMBLE_DCHECK(pairs_ > 1 && At(buckets() - 1).empty() && At(buckets() - 2).empty());
  --pairs_;
  if (pairs_ == narrow_mask_) narrow_mask_ /= 2;
  if (buckets() >= kChunkWords && buckets() % kChunkWords == 0) {
    allocator_->Free(reinterpret_cast<char*>(chunks_.back()), kChunkWords * sizeof(BucketRef));
    chunks_.pop_back();
  }
  if (buckets() <= first_capacity_ / 2 && first_capacity_ > 8) ResizeFirstChunk();
}

Directory::ScanStep Directory::Scan(uint64_t position) const {
  const size_t narrow = position & narrow_mask_;
  const uint64_t mask = narrow < SplitPair() ? 2 * narrow_mask_ + 1 : narrow_mask_;
  return {position & mask, ReverseBits(ReverseBits(position | ~mask) + 1)};
}

}  // namespace thimble
