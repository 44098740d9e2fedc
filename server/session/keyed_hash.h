#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/table/hash_key.h"

namespace thimble {

// The process's keyed hash for standard containers whose keys clients choose.
struct KeyedHash {
  using is_transparent = void;
  const HashKey* key;
  size_t operator()(std::string_view text) const { return key->Hash(text); }
};

// Names that clients choose, looked up without a copy.
template <class T>
class NameMap : public std::unordered_map<std::string, T, KeyedHash, std::equal_to<>> {
 public:
  explicit NameMap(const HashKey& key)
      : std::unordered_map<std::string, T, KeyedHash, std::equal_to<>>(0, KeyedHash{&key}) {}
};

}  // namespace thimble
