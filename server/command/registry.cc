#include "server/command/registry.h"

#include <cstring>

#include "server/command/args.h"
#include "storage/common/check.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

constexpr size_t kSlots = 1024;

// Folds the first and last eight bytes; case does not matter because bit 5 is set in all of them.
// Spread by Fibonacci hashing. The final comparison is exact.
size_t HashName(Bytes name) {
  uint64_t first = 0;
  uint64_t last = 0;
  const size_t width = name.size() < 8 ? name.size() : 8;
  std::memcpy(&first, name.data(), width);
  std::memcpy(&last, name.data() + name.size() - width, width);
  constexpr uint64_t kCaseBits = 0x2020202020202020U;
  const uint64_t mixed = (first | kCaseBits) * 0x9E3779B97F4A7C15U ^ (last | kCaseBits);
  return (mixed * 0x9E3779B97F4A7C15U) >> 54U;
}

bool IsPlain(const CommandSpec& spec) {
  constexpr uint32_t kPlainFlags = kWrite | kReadOnly | kDenyOom | kFast | kLoading | kStale;
  constexpr uint16_t kPlainKeyFlags = ~(kKeyIncomplete | kNotKey);
  const KeyRange& keys = spec.keys.ranges[0];
  return spec.run != nullptr && spec.subcommands.empty() && (spec.flags & ~kPlainFlags) == 0 &&
         (spec.flags & (kWrite | kReadOnly)) != 0 && keys.kind == KeyRange::Kind::kRange &&
         (keys.flags & ~kPlainKeyFlags) == 0;
}

}  // namespace

const Command* Command::FindSubcommand(Bytes name) const {
  for (const auto& subcommand : subcommands) {
    if (EqualsIgnoringCase(name, subcommand->spec->name)) return subcommand.get();
  }
  return nullptr;
}

CommandRegistry::CommandRegistry() : slots_(kSlots) {}

void CommandRegistry::Add(std::span<const CommandSpec> specs) {
  for (const CommandSpec& spec : specs) {
    auto command = std::make_unique<Command>();
    command->spec = &spec;
    command->full_name = spec.name;
    command->id = total_++;
    command->plain = IsPlain(spec);
    for (const CommandSpec& sub : spec.subcommands) {
      auto subcommand = std::make_unique<Command>();
      subcommand->spec = &sub;
      subcommand->container = command.get();
      subcommand->full_name = std::string(spec.name) + "|" + std::string(sub.name);
      subcommand->id = total_++;
      command->subcommands.push_back(std::move(subcommand));
    }
    Insert(std::string(spec.name), command.get());
    commands_.push_back(std::move(command));
  }
}

size_t CommandRegistry::SlotOf(Bytes name) const {
  size_t slot = HashName(name) & (kSlots - 1);
  while (!slots_[slot].name.empty() && !EqualsIgnoringCase(name, slots_[slot].name)) {
    slot = (slot + 1) & (kSlots - 1);
  }
  return slot;
}

void CommandRegistry::Insert(std::string name, Command* command) {
  THIMBLE_CHECK(++used_ < kSlots / 2);
  const size_t slot = SlotOf(name);
  THIMBLE_CHECK(slots_[slot].command == nullptr);  // Two rows of one name.
  slots_[slot] = {std::move(name), command};
}

const Command* CommandRegistry::Find(Bytes name) const {
  return name.empty() ? nullptr : slots_[SlotOf(name)].command;
}

const Command* CommandRegistry::FindFull(Bytes full_name) const {
  const size_t bar = full_name.find('|');
  const Command* command = Find(full_name.substr(0, bar));
  if (command == nullptr || bar == Bytes::npos) return command;
  return command->FindSubcommand(full_name.substr(bar + 1));
}

bool CommandRegistry::Rename(Bytes from, Bytes to) {
  Slot& slot = slots_[SlotOf(from)];
  if (slot.command == nullptr) return false;
  if (!to.empty() && Find(to) != nullptr) return false;
  Command* const command = slot.command;
  command->renamed = true;
  slot.command = nullptr;  // The name stays as a tombstone, so that probes go past it.
  if (!to.empty()) {
    Slot& target = slots_[SlotOf(to)];
    if (target.name.empty()) {
      Insert(LowerCase(to), command);
    } else {
      target.command = command;
    }
  }
  return true;
}

}  // namespace thimble
