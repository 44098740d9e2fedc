#pragma once

#include <cstddef>
#include <cstdint>

#include "storage/common/function_ref.h"
#include "storage/common/text.h"

namespace thimble {

class Table;

// Two tables of one process hash alike, so a pair of buckets of one holds the same addresses as a
// pair, or a few, of the other. Walking both directories in step finds what they share by comparing
// stored tags: no key is hashed or printed, and every next bucket is known in time to prefetch it.

enum class Shown : uint8_t { kShared, kUnshared, kEither };

// Whether the two can be walked so, and whether that is cheaper than looking the entries of `table`
// up in `other` one by one. Salted tables, and those being rebuilt, cannot. O(1).
bool CanWalkAligned(const Table& table, const Table& other);

// Visits the entries of `table` that `other` has as well, or those that it has not, or what either
// has, each once, until `visit` returns false. True if the walk was completed. O(buckets of both).
// Neither table may be changed meanwhile. REQUIRES: CanWalkAligned(table, other), and keys only, no
// values.
bool WalkAligned(const Table& table, const Table& other, Shown shown,
                 FunctionRef<bool(const Text& key)> visit);

// How many entries both have, counted up to `most` (0: all). As WalkAligned, but for the visits.
size_t CountShared(const Table& table, const Table& other, size_t most);

}  // namespace thimble
