#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "storage/common/prefetch.h"
#include "storage/table/addressing.h"
#include "storage/table/blob_allocator.h"
#include "storage/table/bucket.h"

namespace thimble {

// The directory of a table: one word a bucket, in pairs, addressed by linear hashing. With
// pairs() = 2^level + split, the pairs below `split` and their images above 2^level are told apart
// by level + 1 hash bits, the others by level bits. Growing adds one pair, shrinking takes the last
// away; no word moves, because words live in chunks of 512 (the first, alone, grows up to that).
class Directory {
 public:
  explicit Directory(BlobAllocator* allocator);  // One pair, empty.
  ~Directory();
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  void Swap(Directory& other);

  size_t pairs() const { return pairs_; }
  size_t buckets() const { return 2 * pairs_; }
  // Bytes of the chunk list; chunks and blobs are in the allocator's account.
  size_t ListBytes() const { return chunks_.capacity() * sizeof chunks_[0]; }

  size_t PairOf(uint64_t address) const {
    const size_t pair = address & (2 * narrow_mask_ + 1);
    return pair < pairs_ ? pair : address & narrow_mask_;
  }
  // The half that an entry prefers.
  size_t BucketOf(uint64_t address) const { return 2 * PairOf(address) + HalfOf(address); }

  // A word. The reference dies when a pair is added.
  BucketRef& At(size_t bucket) { return chunks_[bucket / kChunkWords][bucket % kChunkWords]; }
  const BucketRef& At(size_t bucket) const {
    return chunks_[bucket / kChunkWords][bucket % kChunkWords];
  }

  // The pair that the next split will divide; the pair that takes the last one back in a merge.
  size_t SplitPair() const { return pairs_ - (narrow_mask_ + 1); }
  size_t MergePair() const {
    // With a power of two pairs, the last came from the level below.
    return (pairs_ - 1) & (pairs_ == narrow_mask_ + 1 ? narrow_mask_ / 2 : narrow_mask_);
  }
  void AddPair();
  // REQUIRES: pairs() > 1, and the last pair is empty.
  void DropPair();
  // If this bucket's word is the first of a block, moves that out of a slab that could be empty.
  // True if it moved: all references to words in it die.
  bool CompactWords(size_t bucket);

  // For a reverse-binary scan: the pair at this position, and the position after it, 0 at the end.
  // The position counts in bit-reversed hash space, where a pair is an interval: splits and merges
  // cut and join intervals and never move an entry past the position.
  struct ScanStep {
    size_t pair;
    uint64_t next;
  };
  ScanStep Scan(uint64_t position) const;

  // Asks for the blobs of a pair that a walk will come to soon.
  void PrefetchPair(size_t pair) const {
    constexpr size_t kMostBytes = 512;
    for (const size_t bucket : {2 * pair, 2 * pair + 1}) {
      const BucketRef ref = At(bucket);
      PrefetchBytes(ref.blob(), std::min(ref.bytes(), kMostBytes));
    }
  }

  // --- Kept by the table ---
  Addressing addressing;
  uint32_t epoch = 0;     // Which rebuild of the table this directory came from.
  bool overfull = false;  // A pair outgrew what chance explains: rebuild with another salt.
  uint8_t longest = 0;    // No bucket has more entries. An upper bound.
  size_t count = 0;       // Entries.
  size_t bytes = 0;       // Of blobs.

 private:
  static constexpr size_t kChunkWords = 512;

  void ResizeFirstChunk();
  size_t ChunkBytes(size_t chunk) const {
    return (chunk == 0 ? first_capacity_ : kChunkWords) * sizeof(BucketRef);
  }

  BlobAllocator* allocator_;
  std::vector<BucketRef*> chunks_;
  size_t first_capacity_ = 0;  // Words in the first chunk.
  size_t pairs_ = 1;
  size_t narrow_mask_ = 0;  // 2^level - 1.
};

}  // namespace thimble
