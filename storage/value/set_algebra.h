#pragma once

#include <span>

#include "storage/value/set_value.h"

namespace thimble {

// Intersection, union and difference of any number of sets, whatever their encodings. Each visits
// the members of the result exactly once, in no promised order; `visit` returns false to stop. The
// Texts belong to the sets and live as long as those.

using MemberVisitor = FunctionRef<bool(const Text& member)>;

// Smallest set first: O(smallest * number of sets). Two tables of like size are walked in step, two
// integer sets merged; any other members are looked up in batches.
void Intersect(std::span<const SetView> sets, MemberVisitor visit);
// How many that are, counted up to `most` (0: all): of two tables without looking at their members.
size_t CountIntersection(std::span<const SetView> sets, size_t most);
// O(sum of sizes).
void Unite(std::span<const SetView> sets, MemberVisitor visit);
// What is in the first set and in no other. O(min of the two ways to go about it).
void Subtract(std::span<const SetView> sets, MemberVisitor visit);

}  // namespace thimble
