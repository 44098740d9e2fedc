#include "protocol/output_buffer.h"

#include <algorithm>
#include <array>
#include <new>

namespace thimble {
namespace {

// A chunk's offsets are 32 bits; a longer piece is cut into several chunks.
constexpr size_t kMaxChunkBytes = size_t{1} << 30U;
// Room left behind a piece that got a chunk of its own: its line end and the next short reply.
constexpr size_t kOwnChunkSlack = 64;
// Contents up to this are copied by Take: cheaper than a chunk more in every gathered write.
constexpr size_t kCopyAtMost = 2048;

// Chunks of one of the usual sizes that were freed and wait for reuse. A busy server empties every
// buffer once per batch; going to the allocator each time would cost more than filling it.
template <size_t kBytes>
class FreeChunks {
 public:
  ~FreeChunks() {
    while (count_ > 0) ::operator delete(chunks_[--count_]);
  }
  char* Get() {
    return count_ > 0 ? chunks_[--count_] : static_cast<char*>(::operator new(kBytes));
  }
  void Put(char* chunk) {
    if (count_ < chunks_.size()) {
      chunks_[count_++] = chunk;
    } else {
      ::operator delete(chunk);
    }
  }

 private:
  std::array<char*, 16> chunks_;
  size_t count_ = 0;
};

thread_local FreeChunks<OutputBuffer::kFirstChunkBytes> free_first_chunks;
thread_local FreeChunks<OutputBuffer::kChunkBytes> free_chunks;

char* Allocate(size_t capacity) {
  if (capacity == OutputBuffer::kFirstChunkBytes) return free_first_chunks.Get();
  if (capacity == OutputBuffer::kChunkBytes) return free_chunks.Get();
  return static_cast<char*>(::operator new(capacity));
}

}  // namespace

void OutputBuffer::Free(const Chunk& chunk) {
  if (chunk.shared) {
    SharedBlock::Of(chunk.memory)->Release();
  } else if (chunk.capacity == kFirstChunkBytes) {
    free_first_chunks.Put(chunk.memory);
  } else if (chunk.capacity == kChunkBytes) {
    free_chunks.Put(chunk.memory);
  } else {
    ::operator delete(chunk.memory);
  }
}

size_t OutputBuffer::MemoryBytes() const {
  size_t bytes = static_cast<size_t>(limit_ - memory_) + full_.capacity() * sizeof(Chunk);
  for (size_t i = head_; i < full_.size(); ++i) bytes += full_[i].capacity;
  return bytes;
}

void OutputBuffer::AddChunk(size_t room) {
  size_t capacity = chunks() == 0 ? kFirstChunkBytes : kChunkBytes;
  if (room > capacity) capacity = room <= kChunkBytes ? kChunkBytes : room + kOwnChunkSlack;
  THIMBLE_CHECK(capacity <= UINT32_MAX);
  CloseLast();
  MakeLast({.memory = Allocate(capacity), .capacity = static_cast<uint32_t>(capacity)});
}

void OutputBuffer::AddShared(const SharedFrame& frame) {
  CloseLast();
  frame.block().AddReference();
  memory_ = frame.block().memory();
  read_ = write_ = limit_ = frame.begin();
  shared_ = true;
}

void OutputBuffer::AppendAcrossChunks(Bytes bytes) {
  while (!bytes.empty()) {
    if (write_ == limit_) AddChunk(std::min(bytes.size(), kMaxChunkBytes));
    const size_t part = std::min(bytes.size(), static_cast<size_t>(limit_ - write_));
    std::memcpy(write_, bytes.data(), part);
    write_ += part;
    bytes.remove_prefix(part);
  }
}

OutputBuffer::Chunk OutputBuffer::TakeLast() {
  const Chunk last{.memory = memory_,
                   .begin = static_cast<uint32_t>(read_ - memory_),
                   .end = static_cast<uint32_t>(write_ - memory_),
                   .capacity = static_cast<uint32_t>(limit_ - memory_),
                   .shared = shared_};
  memory_ = read_ = write_ = limit_ = nullptr;
  shared_ = false;
  return last;
}

void OutputBuffer::MakeLast(Chunk chunk) {
  THIMBLE_DCHECK(memory_ == nullptr);
  memory_ = chunk.memory;
  read_ = memory_ + chunk.begin;
  write_ = memory_ + chunk.end;
  limit_ = memory_ + chunk.capacity;
  shared_ = chunk.shared;
}

void OutputBuffer::CloseLast() {
  if (memory_ == nullptr) return;
  const Chunk last = TakeLast();
  full_bytes_ += last.end - last.begin;
  full_.push_back(last);
}

void OutputBuffer::TruncateTo(uint64_t position) {
  THIMBLE_DCHECK(position <= written());
  size_t excess = position <= consumed_ ? size() : static_cast<size_t>(written() - position);
  while (excess > static_cast<size_t>(write_ - read_)) {
    excess -= static_cast<size_t>(write_ - read_);
    if (memory_ != nullptr) Free(TakeLast());
    const Chunk previous = full_.back();
    full_.pop_back();
    full_bytes_ -= previous.end - previous.begin;
    MakeLast(previous);
  }
  write_ -= excess;
  if (shared_) limit_ = write_;
}

void OutputBuffer::InsertAt(Mark mark, Bytes bytes) {
  THIMBLE_DCHECK(mark.chunk >= head_ && mark.chunk <= full_.size());
  if (mark.chunk == full_.size()) {
    if (static_cast<size_t>(limit_ - write_) < bytes.size()) {
      if (memory_ == nullptr) return Append(bytes);
      CloseLast();
      InsertChunk(mark.chunk, mark.offset, bytes);
      const Chunk last = full_.back();
      full_.pop_back();
      full_bytes_ -= last.end - last.begin;
      return MakeLast(last);
    }
    char* const at = memory_ + mark.offset;
    std::memmove(at + bytes.size(), at, static_cast<size_t>(write_ - at));
    std::memcpy(at, bytes.data(), bytes.size());
    write_ += bytes.size();
    return;
  }
  Chunk& chunk = full_[mark.chunk];
  if (chunk.capacity - chunk.end < bytes.size()) return InsertChunk(mark.chunk, mark.offset, bytes);
  char* const at = chunk.memory + mark.offset;
  std::memmove(at + bytes.size(), at, chunk.end - mark.offset);
  std::memcpy(at, bytes.data(), bytes.size());
  chunk.end += static_cast<uint32_t>(bytes.size());
  full_bytes_ += bytes.size();
}

// Cuts full chunk `index` at `offset` and puts a new chunk behind it: `bytes`, then what was cut.
void OutputBuffer::InsertChunk(size_t index, size_t offset, Bytes bytes) {
  Chunk& cut = full_[index];
  offset = std::max<size_t>(offset, cut.begin);
  const size_t tail = cut.end - offset;
  const size_t capacity = std::max(bytes.size() + tail + kOwnChunkSlack, kChunkBytes);
  THIMBLE_CHECK(capacity <= UINT32_MAX);
  char* const memory = Allocate(capacity);
  std::memcpy(memory, bytes.data(), bytes.size());
  std::memcpy(memory + bytes.size(), cut.memory + offset, tail);
  cut.end = static_cast<uint32_t>(offset);
  full_bytes_ += bytes.size();
  full_.insert(full_.begin() + static_cast<std::ptrdiff_t>(index) + 1,
               {.memory = memory,
                .end = static_cast<uint32_t>(bytes.size() + tail),
                .capacity = static_cast<uint32_t>(capacity)});
}

size_t OutputBuffer::Peek(Bytes* pieces, size_t max) const {
  size_t count = 0;
  VisitFront(max, [&](Bytes piece) { pieces[count++] = piece; });
  return count;
}

void OutputBuffer::Consume(size_t count) {
  THIMBLE_CHECK(count <= size());
  if (count == size()) return Clear();
  consumed_ += count;
  while (head_ < full_.size()) {
    Chunk& first = full_[head_];
    const size_t part = std::min<size_t>(count, first.end - first.begin);
    first.begin += static_cast<uint32_t>(part);
    full_bytes_ -= part;
    count -= part;
    if (first.begin < first.end) break;
    Free(first);
    ++head_;
  }
  read_ += count;
  DropConsumedChunks();
}

// Keeps the list of chunks from growing at its front for as long as a slow client lives.
void OutputBuffer::DropConsumedChunks() {
  if (head_ < 32 || head_ * 2 < full_.size()) return;
  full_.erase(full_.begin(), full_.begin() + static_cast<std::ptrdiff_t>(head_));
  head_ = 0;
}

void OutputBuffer::Clear() {
  consumed_ += size();
  if (memory_ != nullptr) Free(TakeLast());
  if (full_.capacity() == 0) return;
  for (size_t i = head_; i < full_.size(); ++i) Free(full_[i]);
  std::vector<Chunk>().swap(full_);
  head_ = 0;
  full_bytes_ = 0;
}

void OutputBuffer::Take(OutputBuffer& other) {
  THIMBLE_DCHECK(&other != this);
  if (other.size() <= kCopyAtMost) {
    Bytes pieces[8];
    while (const size_t count = other.Peek(pieces, std::size(pieces))) {
      size_t bytes = 0;
      for (size_t i = 0; i < count; ++i) {
        Append(pieces[i]);
        bytes += pieces[i].size();
      }
      other.Consume(bytes);
    }
    return other.Clear();
  }
  CloseLast();
  for (size_t i = other.head_; i < other.full_.size(); ++i) full_.push_back(other.full_[i]);
  full_bytes_ += other.full_bytes_;
  other.consumed_ += other.size();
  MakeLast(other.TakeLast());
  std::vector<Chunk>().swap(other.full_);
  other.head_ = 0;
  other.full_bytes_ = 0;
}

}  // namespace thimble
