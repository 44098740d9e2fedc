#include "storage/value/set_algebra.h"

#include <algorithm>
#include <vector>

#include "storage/compact/int_set.h"
#include "storage/table/aligned_walk.h"
#include "storage/value/member_batch.h"

namespace thimble {
namespace {

constexpr TableTraits kMembersOnly{.values = false, .clocks = false};
// What entering a member into a table costs, in lookups made in batches.
constexpr size_t kLookupsPerInsert = 5;
// How many items of a run are looked through in the time of one lookup in a table.
constexpr size_t kItemsPerLookup = 16;

enum class Keep : bool { kIfInNone, kIfInAll };

// Shows the members it is given that are in all of its sets, or in none of them.
class Sieve {
 public:
  Sieve(std::span<const SetView> sets, Keep keep) : sets_(sets), keep_(keep) {}

  // False as soon as `visit` was, and then at once. A member waits until its batch is full.
  bool Take(const Text& member, MemberVisitor visit) {
    if (sets_.empty()) return visit(member);
    batch_.Add(member);
    return !batch_.full() || Finish(visit);
  }

  bool Finish(MemberVisitor visit) {
    for (const SetView& set : sets_) batch_.Filter(set, keep_ == Keep::kIfInAll);
    const bool go_on = batch_.ForEachWhile(visit);
    batch_.Clear();
    return go_on;
  }

 private:
  std::span<const SetView> sets_;
  Keep keep_;
  MemberBatch batch_;
};

// --- Two sets in step ---------------------------------------------------------------------------

bool CanWalkInStep(const SetView& set, const SetView& other) {
  if (set.form() == Form::kIntSet) return other.form() == Form::kIntSet;
  return set.form() == Form::kTable && other.form() == Form::kTable &&
         CanWalkAligned(*set.table(), *other.table());
}

// The first index from `index` on whose member is not less than `value`. Searches in strides that
// double: next to nothing if it is near, and never more than twice a binary search.
size_t Advance(const IntSetView& set, size_t index, int64_t value) {
  const size_t count = set.count();
  size_t stride = 1;
  size_t low = index;  // What is before it is less.
  while (low + stride <= count && set.At(low + stride - 1) < value) {
    low += stride;
    stride *= 2;
  }
  size_t high = std::min(low + stride - 1, count);
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (set.At(middle) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool WalkIntSets(const IntSetView& set, const IntSetView& other, Shown shown, MemberVisitor visit) {
  size_t theirs = 0;
  for (size_t mine = 0; mine < set.count(); ++mine) {
    const int64_t value = set.At(mine);
    theirs = Advance(other, theirs, value);
    const bool shared = theirs < other.count() && other.At(theirs) == value;
    if (shared == (shown == Shown::kShared) && !visit(Text(value))) return false;
  }
  return true;
}

bool WalkInStep(const SetView& set, const SetView& other, Shown shown, MemberVisitor visit) {
  if (set.form() == Form::kTable) return WalkAligned(*set.table(), *other.table(), shown, visit);
  return WalkIntSets(IntSetView(set.compact()), IntSetView(other.compact()), shown, visit);
}

// Shows the members of `set` that are in all of `others`, or in none. One of the others is walked
// in step with it, if one can be; in the rest, what that leaves is looked up.
bool Sift(const SetView& set, std::span<const SetView> others, Keep keep, MemberVisitor visit) {
  std::vector<SetView> rest(others.begin(), others.end());
  const auto partner = std::find_if(
      rest.begin(), rest.end(), [&](const SetView& other) { return CanWalkInStep(set, other); });
  const SetView in_step = partner == rest.end() ? SetView() : *partner;
  if (partner != rest.end()) rest.erase(partner);

  Sieve sieve(rest, keep);
  const auto take = [&](const Text& member) { return sieve.Take(member, visit); };
  const Shown shown = keep == Keep::kIfInAll ? Shown::kShared : Shown::kUnshared;
  const bool go_on = in_step.form() == Form::kNone ? set.ForEachWhile(take)
                                                   : WalkInStep(set, in_step, shown, take);
  return go_on && sieve.Finish(visit);
}

// --- Sets in a good order -----------------------------------------------------------------------

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

size_t SumOfSizes(std::span<const SetView> sets) {
  size_t sum = 0;
  for (const SetView& set : sets) sum += set.size();
  return sum;
}

// --- With a table aside -------------------------------------------------------------------------

// Calls visit(text, hashed) for the members of a set that `other` has, or for those it has not.
template <class Visitor>
bool ForEachHashed(const SetView& set, const SetView& other, Shown shown, Visitor visit) {
  MemberBatch batch;
  const auto flush = [&] {
    batch.Filter(other, shown == Shown::kShared);
    const bool go_on = batch.ForEachHashed(*set.hash_key(), visit);
    batch.Clear();
    return go_on;
  };
  return set.ForEachWhile([&](const Text& member) {
    batch.Add(member);
    return !batch.full() || flush();
  }) && flush();
}

// The union of many sets, largest first: remembers what it has shown of all but the largest.
void UniteMany(std::span<const SetView> sets, MemberVisitor visit) {
  Table seen(*sets[0].hash_key(), kMembersOnly);
  if (!sets[0].ForEachWhile(visit)) return;
  for (const SetView& set : sets.subspan(1)) {
    const auto show_new = [&](const Text& member, const Hashed& hashed) {
      return !seen.Add(hashed) || visit(member);
    };
    if (!ForEachHashed(set, sets[0], Shown::kUnshared, show_new)) return;
  }
}

// The difference by gathering what the first set shares with the others: one walk is left.
void SubtractGathered(const SetView& first, std::span<const SetView> others, MemberVisitor visit) {
  Table gathered(*first.hash_key(), kMembersOnly);
  for (const SetView& other : others) {
    ForEachHashed(other, first, Shown::kShared, [&](const Text&, const Hashed& hashed) {
      gathered.Add(hashed);
      return true;
    });
  }
  const SetView shared({Form::kTable, {}, &gathered, first.hash_key()});
  Sift(first, {&shared, 1}, Keep::kIfInNone, visit);
}

// Whether that is cheaper than looking each member of the first set up in the others. Half of the
// lookups are never made, on average: a member is dropped where it is first met.
bool ShouldGather(const SetView& first, std::span<const SetView> others) {
  size_t lookups = 0;
  for (const SetView& other : others) {
    lookups += 1 + (other.form() == Form::kRun ? other.size() / kItemsPerLookup : 0);
  }
  return first.size() * lookups / 2 > first.size() + kLookupsPerInsert * SumOfSizes(others);
}

}  // namespace

void Intersect(std::span<const SetView> sets, MemberVisitor visit) {
  if (sets.empty()) return;
  const std::vector<SetView> sorted = SortedBySize(sets);
  if (sorted[0].empty()) return;
  Sift(sorted[0], std::span(sorted).subspan(1), Keep::kIfInAll, visit);
}

size_t CountIntersection(std::span<const SetView> sets, size_t most) {
  const std::vector<SetView> sorted = SortedBySize(sets);
  if (sorted.size() == 2 && sorted[0].form() == Form::kTable &&
      CanWalkInStep(sorted[0], sorted[1])) {
    return CountShared(*sorted[0].table(), *sorted[1].table(), most);
  }
  size_t count = 0;
  Intersect(sorted, [&](const Text&) { return ++count != most; });
  return count;
}

void Unite(std::span<const SetView> sets, MemberVisitor visit) {
  const std::vector<SetView> sorted = LargestFirst(sets);
  size_t lookups = 0;
  for (size_t i = 1; i < sorted.size(); ++i) lookups += i * sorted[i].size();
  if (sorted.size() > 1 && lookups > kLookupsPerInsert * SumOfSizes(std::span(sorted).subspan(1))) {
    return UniteMany(sorted, visit);
  }
  size_t shown = 0;
  if (sorted.size() > 1 && sorted[1].form() == Form::kTable &&
      CanWalkInStep(sorted[1], sorted[0])) {
    if (!WalkInStep(sorted[1], sorted[0], Shown::kEither, visit)) return;
    shown = 2;
  }
  for (; shown < sorted.size(); ++shown) {
    if (!Sift(sorted[shown], std::span(sorted).first(shown), Keep::kIfInNone, visit)) return;
  }
}

void Subtract(std::span<const SetView> sets, MemberVisitor visit) {
  if (sets.empty() || sets[0].empty()) return;
  const std::vector<SetView> others = LargestFirst(sets.subspan(1));
  if (ShouldGather(sets[0], others)) return SubtractGathered(sets[0], others, visit);
  Sift(sets[0], others, Keep::kIfInNone, visit);
}

}  // namespace thimble
