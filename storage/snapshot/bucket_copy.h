#pragma once

#include "storage/common/function_ref.h"
#include "storage/snapshot/snapshot_stream.h"
#include "storage/table/bucket.h"

namespace thimble {

// Appends a bucket to what is gathered, so that it can be read when the table has gone on: long
// strings and, of a keyspace's bucket, the blobs that values point to are copied along. Tables and
// blobs beyond SnapshotKeeper::kLargeBytes are not: `apart` is called with their entries, behind
// the bucket. O(bytes).
void CopyKeys(BucketRef ref, SnapshotBuffer& out, FunctionRef<void(const TableEntry&)> apart);
void CopyElements(BucketRef ref, bool has_values, SnapshotBuffer& out);

// The entries of such a copy, but for those of what is apart; with those of a keyspace's bucket the
// blob, empty if there is none. What a value points to must not be looked at.
void ReadKeys(const SnapshotRecord& record,
              FunctionRef<void(const TableEntry& entry, Bytes blob)> visit);
void ReadElements(const SnapshotRecord& record, FunctionRef<void(const TableEntry&)> visit);

}  // namespace thimble
