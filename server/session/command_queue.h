#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "server/command/args.h"
#include "storage/common/bytes.h"

namespace thimble {

struct Command;

// Commands to run later, in order, with copies of their arguments and what was hashed of them
// ahead.
//
// Memory    Blocks of records that are never moved. A record is a command, the views of its
//           arguments, and their bytes. The first block holds what most transactions need.
// Cost      Add copies the arguments, as a rule all at once; ForEach visits them where they are.
class CommandQueue {
 public:
  CommandQueue() = default;
  ~CommandQueue();
  CommandQueue(const CommandQueue&) = delete;
  CommandQueue& operator=(const CommandQueue&) = delete;

  // `args` with the command's name. Hashes in `hints` that are of none of them are left out.
  void Add(const Command& command, std::span<const Bytes> args, const HashHints& hints);

  size_t size() const { return size_; }
  // What the commands take, without room for more.
  size_t used_bytes() const { return used_bytes_; }
  size_t MemoryBytes() const { return memory_bytes_; }

  // Calls visit(const Command&, std::span<const Bytes> args, HashHints&) for each. What it notes in
  // the hints stays noted.
  template <class Visit>
  void ForEach(Visit visit);

 private:
  struct Block {
    Block* next;
    size_t capacity;
    size_t used;
  };
  // Its arguments stand behind it, then their bytes.
  struct Record {
    const Command* command;
    size_t arg_count;
    size_t size;  // Of all that stands there, a multiple of the alignment.
    HashHints hints;
  };
  static char* Start(Block* block) { return reinterpret_cast<char*>(block + 1); }
  static Bytes* ArgsOf(Record* record) { return reinterpret_cast<Bytes*>(record + 1); }
  char* Take(size_t bytes);

  Block* first_ = nullptr;
  Block* last_ = nullptr;
  size_t size_ = 0;
  size_t used_bytes_ = 0;
  size_t memory_bytes_ = 0;
};

template <class Visit>
void CommandQueue::ForEach(Visit visit) {
  for (Block* block = first_; block != nullptr; block = block->next) {
    for (size_t at = 0; at < block->used;) {
      auto* const record = reinterpret_cast<Record*>(Start(block) + at);
      at += record->size;
      visit(*record->command, std::span<const Bytes>(ArgsOf(record), record->arg_count),
            record->hints);
    }
  }
}

}  // namespace thimble
