#include "storage/value/set_algebra.h"

#include <algorithm>
#include <vector>

namespace thimble {
namespace {

constexpr TableTraits kMembersOnly{.values = false, .clocks = false};
// From so many sets on, a table of what was seen is cheaper than asking every earlier set.
constexpr size_t kManySets = 4;

// A member of one set, made ready to be looked up in others: flattened once, hashed only if one of
// them is a table.
class Probe {
 public:
  Probe(const Text& member, const HashKey* hash_key)
      : text_(member),
        hashed_{text_.bytes(), hash_key == nullptr ? 0 : hash_key->Hash(text_.bytes())} {}

  const Hashed& hashed() const { return hashed_; }
  bool IsInAny(std::span<const SetView> sets) const {
    return std::any_of(sets.begin(), sets.end(),
                       [this](const SetView& set) { return set.Contains(hashed_); });
  }
  bool IsInAll(std::span<const SetView> sets) const {
    return std::all_of(sets.begin(), sets.end(),
                       [this](const SetView& set) { return set.Contains(hashed_); });
  }

 private:
  FlatText text_;
  Hashed hashed_;
};

// The key to hash with for lookups in `sets`; null if none of them looks at the hash.
const HashKey* KeyFor(std::span<const SetView> sets) {
  for (const SetView& set : sets) {
    if (set.wants_hash()) return set.hash_key();
  }
  return nullptr;
}

std::vector<SetView> SortedBySize(std::span<const SetView> sets) {
  std::vector<SetView> sorted(sets.begin(), sets.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const SetView& a, const SetView& b) { return a.size() < b.size(); });
  return sorted;
}

// The non-empty ones, largest first: most members need not be looked up anywhere.
std::vector<SetView> LargestFirst(std::span<const SetView> sets) {
  std::vector<SetView> sorted = SortedBySize(sets);
  std::reverse(sorted.begin(), sorted.end());
  while (!sorted.empty() && sorted.back().empty()) sorted.pop_back();
  return sorted;
}

// The union of many sets: remembers all it has shown.
void UniteMany(std::span<const SetView> sets, MemberVisitor visit) {
  const HashKey& hash_key = *sets[0].hash_key();
  Table seen(hash_key, kMembersOnly);
  for (const SetView& set : sets) {
    const bool go_on = set.ForEachWhile([&](const Text& member) {
      const Probe probe(member, &hash_key);
      return !seen.Add(probe.hashed()) || visit(member);
    });
    if (!go_on) return;
  }
}

// The difference by taking the other sets' members out of a copy of the first.
void SubtractFromCopy(const SetView& first, std::span<const SetView> others, MemberVisitor visit) {
  const HashKey& hash_key = *first.hash_key();
  Table left(hash_key, kMembersOnly);
  first.ForEach([&](const Text& member) { left.Add(Probe(member, &hash_key).hashed()); });
  for (const SetView& other : others) {
    const bool go_on = other.ForEachWhile([&](const Text& member) {
      left.Remove(Probe(member, &hash_key).hashed());
      return !left.empty();
    });
    if (!go_on) return;
  }
  bool go_on = true;
  left.ForEach([&](const TableEntry& entry) { go_on = go_on && visit(entry.key); });
}

}  // namespace

void Intersect(std::span<const SetView> sets, MemberVisitor visit) {
  if (sets.empty()) return;
  const std::vector<SetView> sorted = SortedBySize(sets);
  const std::span<const SetView> others = std::span(sorted).subspan(1);
  const HashKey* const hash_key = KeyFor(others);
  sorted.front().ForEachWhile([&](const Text& member) {
    return !Probe(member, hash_key).IsInAll(others) || visit(member);
  });
}

void Unite(std::span<const SetView> sets, MemberVisitor visit) {
  const std::vector<SetView> sorted = LargestFirst(sets);
  if (sorted.size() >= kManySets) return UniteMany(sorted, visit);
  const HashKey* const hash_key = KeyFor(sorted);
  for (size_t i = 0; i < sorted.size(); ++i) {
    const std::span<const SetView> earlier = std::span(sorted).first(i);
    const bool go_on = sorted[i].ForEachWhile([&](const Text& member) {
      return (i > 0 && Probe(member, hash_key).IsInAny(earlier)) || visit(member);
    });
    if (!go_on) return;
  }
}

void Subtract(std::span<const SetView> sets, MemberVisitor visit) {
  if (sets.empty() || sets[0].empty()) return;
  const SetView& first = sets[0];
  const std::vector<SetView> others = LargestFirst(sets.subspan(1));
  size_t other_members = 0;
  for (const SetView& other : others) other_members += other.size();
  // Half of the lookups are never made, on average: a member is dropped where it is first met.
  const size_t lookups = first.size() * others.size() / 2;
  if (lookups > first.size() + other_members) return SubtractFromCopy(first, others, visit);

  const HashKey* const hash_key = KeyFor(others);
  first.ForEachWhile(
      [&](const Text& member) { return Probe(member, hash_key).IsInAny(others) || visit(member); });
}

}  // namespace thimble
