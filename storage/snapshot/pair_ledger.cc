#include "storage/snapshot/pair_ledger.h"

namespace thimble {
namespace {

constexpr size_t kPairsAhead = 4;
constexpr size_t kMostPassedOver = 16;

}  // namespace

PairLedger::PairLedger(const Table& table) {
  const uint32_t latest = table.latest_epoch();
  for (size_t i = 0; i < parts_.size(); ++i) {
    Part& part = parts_[i];
    part.epoch = latest - static_cast<uint32_t>(parts_.size() - 1 - i);
    if (const Directory* const directory = table.DirectoryOf(part.epoch)) {
      part.end = directory->pairs();
    }
  }
}

bool PairLedger::IsOpen(const Directory& directory, size_t pair) const {
  for (const Part& part : parts_) {
    if (part.epoch == directory.epoch) return part.Has(pair);
  }
  return false;
}

bool PairLedger::Take(const Directory& directory, size_t pair) {
  for (Part& part : parts_) {
    if (part.epoch != directory.epoch || !part.Has(pair)) continue;
    if (part.taken.empty()) part.taken.resize(part.end);
    part.taken[pair] = true;
    return true;
  }
  return false;
}

PairLedger::Pair PairLedger::TakeNext(const Table& table) {
  size_t passed_over = 0;
  for (Part& part : parts_) {
    // What is gone has been taken, or was empty.
    const Directory* const directory = table.DirectoryOf(part.epoch);
    if (directory == nullptr) part.next = part.end;
    while (part.next < part.end) {
      const size_t pair = part.next;
      const bool open = part.Has(pair);
      ++part.next;
      const size_t ahead = pair + kPairsAhead;
      if (part.Has(ahead) && ahead < directory->pairs()) directory->PrefetchPair(ahead);
      if (open && pair < directory->pairs()) return {.directory = directory, .number = pair};
      if (++passed_over == kMostPassedOver) return {};
    }
  }
  return {.is_end = true};
}

}  // namespace thimble
