#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "protocol/frame_log.h"
#include "storage/common/bytes.h"
#include "storage/common/check.h"

namespace thimble {

// Bytes on their way to a client: written at the end, taken from the front. A list of chunks, so
// that neither a large reply nor a long backlog is ever copied to grow. One that was consumed to
// its end, or cleared, holds no memory.
//
// Chunks      The first is small, for the one short reply of an idle client; the next ones are
//             kChunkBytes; a piece larger than that gets a chunk of just its size. Bytes never move
//             while they wait, except by InsertAt, which moves what stands behind its mark. A
//             frame that other buffers show as well is a chunk that holds a reference to it.
// Cost        Writing is a bounds check and a copy. A thread keeps a few freed chunks for reuse.
class OutputBuffer {
 public:
  static constexpr size_t kFirstChunkBytes = 1024;
  static constexpr size_t kChunkBytes = size_t{16} << 10U;

  // A place in the buffer. Valid until something before it is consumed or cut off.
  struct Mark {
    uint32_t chunk = 0;
    uint32_t offset = 0;
  };

  OutputBuffer() = default;
  ~OutputBuffer() { Clear(); }
  OutputBuffer(const OutputBuffer&) = delete;
  OutputBuffer& operator=(const OutputBuffer&) = delete;

  // Bytes waiting.
  size_t size() const { return full_bytes_ + static_cast<size_t>(write_ - read_); }
  bool empty() const { return size() == 0; }
  // Bytes written, ever: those consumed and those waiting. What Take() brought counts.
  uint64_t written() const { return consumed_ + size(); }
  size_t chunks() const { return full_.size() - head_ + (memory_ != nullptr ? 1 : 0); }
  size_t MemoryBytes() const;  // Bytes held, unused tails included. O(chunks).

  // --- Writing ------------------------------------------------------------------------------
  // Room for `count` contiguous bytes; Advance(n <= count) makes the first n of them content.
  char* Reserve(size_t count) {
    if (static_cast<size_t>(limit_ - write_) < count) [[unlikely]]
      AddChunk(count);
    return write_;
  }
  void Advance(size_t count) {
    THIMBLE_DCHECK(count <= static_cast<size_t>(limit_ - write_));
    write_ += count;
  }
  void Append(Bytes bytes) {
    if (bytes.size() > static_cast<size_t>(limit_ - write_)) [[unlikely]]
      return AppendAcrossChunks(bytes);
    if (bytes.empty()) return;
    std::memcpy(write_, bytes.data(), bytes.size());
    write_ += bytes.size();
  }
  // Shows what others show too. O(1); right behind the frame before it in its block, no more than
  // moving an end.
  void AppendShared(const SharedFrame& frame) {
    if (write_ != frame.begin() || !shared_) AddShared(frame);
    write_ = limit_ = frame.end();
  }

  // --- Changing one's mind ------------------------------------------------------------------
  Mark End() const {
    return {static_cast<uint32_t>(full_.size()), static_cast<uint32_t>(write_ - memory_)};
  }
  // Drops what was written since written() was `position` and is not consumed yet.
  void TruncateTo(uint64_t position);
  // Puts a few bytes before what was written after `mark`: the length of an aggregate that was not
  // known ahead. Marks behind `mark` die. O(bytes in that chunk after the mark).
  void InsertAt(Mark mark, Bytes bytes);

  // --- Reading ------------------------------------------------------------------------------
  // The first chunks, front to back: up to `max` of them. What they show stays in place until it
  // is consumed, whatever is written behind it.
  size_t Peek(Bytes* pieces, size_t max) const;
  // The same, calling visit(Bytes) for each.
  template <class Visit>
  void VisitFront(size_t max, Visit visit) const {
    for (size_t i = head_; i < full_.size() && max > 0; ++i) {
      const Chunk& chunk = full_[i];
      if (chunk.begin == chunk.end) continue;
      visit(Bytes(chunk.memory + chunk.begin, chunk.end - chunk.begin));
      --max;
    }
    if (max > 0 && read_ != write_) visit(Bytes(read_, static_cast<size_t>(write_ - read_)));
  }
  // REQUIRES: count <= size().
  void Consume(size_t count);
  void Clear();
  // Moves all content of `other` behind this one's. Small contents are copied, chunks are moved.
  void Take(OutputBuffer& other);

 private:
  // A chunk that is written no more: content is [begin, end).
  struct Chunk {
    char* memory = nullptr;
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t capacity = 0;  // Of a shared one, its end: nothing is written behind it.
    bool shared = false;    // `memory` is that of a SharedBlock.
  };

  static void Free(const Chunk& chunk);
  void AddChunk(size_t room);
  void AddShared(const SharedFrame& frame);
  void AppendAcrossChunks(Bytes bytes);
  void InsertChunk(size_t index, size_t offset, Bytes bytes);
  Chunk TakeLast();            // Detaches the chunk being written.
  void MakeLast(Chunk chunk);  // REQUIRES: none is being written.
  void CloseLast();            // Moves it behind the full ones.
  void DropConsumedChunks();

  // The chunk being written, kept in plain pointers; all null if there is none.
  char* memory_ = nullptr;
  char* read_ = nullptr;   // First byte not consumed.
  char* write_ = nullptr;  // One past the last byte.
  char* limit_ = nullptr;  // End of the chunk.
  bool shared_ = false;    // It is a shared one.
  // The chunks before it. Those below head_ have been consumed and freed.
  std::vector<Chunk> full_;
  size_t head_ = 0;
  size_t full_bytes_ = 0;
  uint64_t consumed_ = 0;  // Or cleared.
};

}  // namespace thimble
