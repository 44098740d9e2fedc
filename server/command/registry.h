#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "server/command/spec.h"
#include "storage/common/bytes.h"

namespace thimble {

// A row of the table with what the server adds to it at start.
struct Command {
  const CommandSpec* spec = nullptr;
  const Command* container = nullptr;  // "config" for "config|get".
  std::string full_name;               // "hset", "config|get".
  uint32_t id = 0;                     // Index into ServerStatistics::commands.
  // It reads or writes keys at fixed places among its arguments and does nothing else: the clients,
  // and whatever else the server is about, are after it as they were before.
  bool plain = false;
  bool renamed = false;  // It answers to another name than its spec's, or to none.
  std::vector<std::unique_ptr<Command>> subcommands;

  // The subcommand of that name in any case, or null. O(subcommands).
  const Command* FindSubcommand(Bytes name) const;
};

// All commands by name.
class CommandRegistry {
 public:
  CommandRegistry();

  // Adds the rows of one table. They must outlive the registry.
  void Add(std::span<const CommandSpec> specs);

  // The command of that name in any case, or null. O(1); never a subcommand.
  const Command* Find(Bytes name) const;
  // By full name, "config|get" included.
  const Command* FindFull(Bytes full_name) const;
  // Top-level commands, in the order they were added.
  std::span<const std::unique_ptr<Command>> commands() const { return commands_; }
  // Commands and subcommands together: one more than the highest id.
  size_t total() const { return total_; }

  // Takes a command out, or gives it another name (rename-command). False if there is no `from`, or
  // `to` is taken.
  bool Rename(Bytes from, Bytes to);

 private:
  struct Slot {
    std::string name;  // Lower case; the name it answers to.
    Command* command = nullptr;
  };
  void Insert(std::string name, Command* command);
  size_t SlotOf(Bytes name) const;

  std::vector<std::unique_ptr<Command>> commands_;
  std::vector<Slot> slots_;  // Open addressing, linear probing, a power of two, never half full.
  size_t used_ = 0;
  uint32_t total_ = 0;
};

}  // namespace thimble
