#pragma once

#include <cstdint>

#include "storage/common/bytes.h"
#include "storage/common/function_ref.h"

namespace thimble {

// The other compact forms that files and payloads hold collections in. Each walk visits the items
// in order and stops when `visit` returns false; it returns false if that happened or the form is
// malformed in any part. An item's bytes live for its visit and the next two.

// Integers in ascending order: [width: 4] [count: 4] [integer of that width]...
bool WalkIntset(Bytes intset, FunctionRef<bool(int64_t)> visit);

// What came before the listpack:
//
//   [bytes in all: 4] [offset of the last item: 4] [items: 2, 0xFFFF = unknown] [item]... [0xFF]
//   item = [size of the item before: 1, or 0xFE and 4] [code and length: 1, 2 or 5] [bytes]
bool WalkZiplist(Bytes ziplist, FunctionRef<bool(Bytes item)> visit);

// What hashes were before that: [pairs: 1, 0xFE or more = unknown] ([length] [field] [length]
// [unused: 1] [value] [unused bytes])... [0xFF], a length being a byte, or 0xFE and 4. Fields and
// values are visited in turn.
bool WalkZipmap(Bytes zipmap, FunctionRef<bool(Bytes item)> visit);

}  // namespace thimble
