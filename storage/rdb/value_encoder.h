#pragma once

#include "storage/keyspace/keyspace.h"
#include "storage/rdb/rdb_types.h"
#include "storage/rdb/rdb_writer.h"

namespace thimble {

// How the deadline of a field stands before it in a kHashExpiry, which begins with `earliest_ms`:
// none of its fields' is before.
inline void WriteFieldDeadline(RdbWriter& writer, uint64_t deadline_ms, uint64_t earliest_ms) {
  writer.Length(deadline_ms == 0 ? 0 : deadline_ms - earliest_ms + 1);
}

// How `item` is written: the type that Redis 7.0 would choose for a value of this encoding, or, for
// hashes of which fields have deadlines, Redis 7.4. Sets that are listpacks, which 7.0 does not
// know, are written member by member. `omit_deadlines`: those of fields are left out.
RdbType RdbTypeOf(const Keyspace::Item& item, bool omit_deadlines);
// The same for a hash whose fields follow one by one.
RdbType RdbTypeOfHash(uint64_t earliest_deadline_ms);

// Writes the value in that form: `type` is what was said for `item`. O(size), and for a compact
// hash with deadlines O(n log n).
void WriteValue(RdbWriter& writer, const Keyspace::Item& item, RdbType type);

}  // namespace thimble
