#pragma once

#include <cstdint>

#include "storage/common/text.h"

namespace thimble {

// What a table keeps beside its keys.
struct TableTraits {
  bool values = false;  // A value for each key: hashes and the keyspace, not sets.
  bool clocks = false;  // A 16-bit access clock for each key: the keyspace only. REQUIRES: values.
};

// What is stored under a key. Borrows from the table: dies at the table's next non-const call.
struct TableValue {
  Text value;                // Empty where the traits have no values.
  uint64_t deadline_ms = 0;  // Absolute, wall clock; 0 = none.
  uint16_t clock = 0;
};

// One entry as stored. Borrows likewise.
struct TableEntry : TableValue {
  Text key;
};

}  // namespace thimble
