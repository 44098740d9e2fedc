#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "storage/table/hash_key.h"
#include "storage/value/hash_value.h"
#include "storage/value/set_value.h"

namespace thimble {

// The same cases run over every encoding: the limits force one, and a test asserts that it got it.

inline const HashKey& TestKey() {
  static const HashKey key = HashKey::FromSeed(20);
  return key;
}

inline Hashed H(Bytes bytes) {
  return TestKey().Of(bytes);
}

struct EncodingCase {
  const char* name;
  EncodingLimits limits;
  Encoding expected;  // Of anything that is not empty.
};

inline EncodingLimits LimitsForTables() {
  return {.hash_max_listpack_entries = 0,
          .hash_max_listpack_value = 0,
          .set_max_intset_entries = 0,
          .set_max_listpack_entries = 0,
          .set_max_listpack_value = 0};
}

inline EncodingLimits LimitsForCompact() {
  return {.hash_max_listpack_entries = 100'000,
          .hash_max_listpack_value = 100'000,
          .set_max_intset_entries = 100'000,
          .set_max_listpack_entries = 100'000,
          .set_max_listpack_value = 100'000};
}

inline std::string EncodingCaseName(const testing::TestParamInfo<EncodingCase>& info) {
  return info.param.name;
}

inline HashValue NewHash(const EncodingLimits& limits) {
  return {{}, TestKey(), limits};
}
inline SetValue NewSet(const EncodingLimits& limits) {
  return {{}, TestKey(), limits};
}

}  // namespace thimble
