#include "server/session/command_queue.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace thimble {
namespace {

constexpr size_t kFirstBlockBytes = 4096;
constexpr size_t kLargestBlockBytes = size_t{1} << 20U;
// What stands between two arguments of a request, at most.
constexpr size_t kMostFraming = 32;

// To where a record may stand.
constexpr size_t Aligned(size_t bytes) {
  constexpr size_t kMask = alignof(void*) - 1;
  return (bytes + kMask) & ~kMask;
}

// In order, with something between them but no more than a request has: as a rule they are where
// they were read.
bool StandTogether(std::span<const Bytes> args) {
  const auto begin = [](Bytes arg) { return reinterpret_cast<uintptr_t>(arg.data()); };
  for (size_t i = 1; i < args.size(); ++i) {
    // Wraps around where the second stands before the end of the first.
    const uintptr_t between = begin(args[i]) - begin(args[i - 1]) - args[i - 1].size();
    if (between - 1 >= kMostFraming) return false;
  }
  return true;
}

// Makes `copy` what is known of an argument, if it is of one of them; none is of the name.
void TakeAlong(std::span<const Bytes> args, std::span<const Bytes> copies, const Hashed& known,
               Hashed& copy) {
  if (known.bytes.data() == nullptr) return;
  for (size_t i = 1; i < args.size(); ++i) {
    if (args[i].data() != known.bytes.data()) continue;
    copy.bytes = copies[i];
    copy.hash = known.hash;
    return;
  }
}

}  // namespace

CommandQueue::~CommandQueue() {
  while (first_ != nullptr) ::operator delete(std::exchange(first_, first_->next));
}

// Room behind what was taken before.
char* CommandQueue::Take(size_t bytes) {
  used_bytes_ += bytes;
  if (last_ == nullptr || last_->capacity - last_->used < bytes) [[unlikely]] {
    const size_t usual = last_ == nullptr ? kFirstBlockBytes - sizeof(Block)
                                          : std::min(2 * last_->capacity, kLargestBlockBytes);
    const size_t capacity = std::max(bytes, usual);
    auto* const block = static_cast<Block*>(::operator new(sizeof(Block) + capacity));
    *block = {nullptr, capacity, 0};
    (last_ == nullptr ? first_ : last_->next) = block;
    last_ = block;
    memory_bytes_ += sizeof(Block) + capacity;
  }
  char* const taken = Start(last_) + last_->used;
  last_->used += bytes;
  return taken;
}

// Hashes are recognised by where an argument begins, so no two may begin at one place, though some
// be empty: between those that stand together there is a byte at least, and one is put behind each
// of the others.
void CommandQueue::Add(const Command& command, std::span<const Bytes> args,
                       const HashHints& hints) {
  const char* const first = args.front().data();
  const bool together = StandTogether(args);
  size_t bytes = 0;
  if (together) {
    bytes = static_cast<size_t>(args.back().data() + args.back().size() - first);
  } else {
    for (const Bytes arg : args) bytes += arg.size() + 1;
  }
  static_assert(alignof(Record) == alignof(void*) && sizeof(Block) % alignof(Record) == 0);
  const size_t size = Aligned(sizeof(Record) + args.size_bytes() + bytes);
  auto* const record = new (Take(size)) Record{&command, args.size(), size, {}};
  Bytes* const copies = ArgsOf(record);
  char* to = reinterpret_cast<char*>(copies + args.size());
  if (together) {
    std::memcpy(to, first, bytes);
    for (size_t i = 0; i < args.size(); ++i) {
      copies[i] = {to + (args[i].data() - first), args[i].size()};
    }
  } else {
    for (size_t i = 0; i < args.size(); ++i) {
      std::memcpy(to, args[i].data(), args[i].size());
      copies[i] = {to, args[i].size()};
      to += args[i].size() + 1;
    }
  }
  const std::span<const Bytes> copied(copies, args.size());
  TakeAlong(args, copied, hints.key, record->hints.key);
  TakeAlong(args, copied, hints.field, record->hints.field);
  record->hints.input_bytes = hints.input_bytes;
  ++size_;
}

}  // namespace thimble
