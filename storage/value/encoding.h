#pragma once

#include <cstddef>
#include <cstdint>

namespace thimble {

enum class ObjectType : uint8_t { kString, kHash, kSet };

// "string", "hash", "set": what TYPE answers.
const char* TypeName(ObjectType type);

// The names OBJECT ENCODING reports, which tools look for. They tell how a value behaves to its
// user; the bytes behind them are ours.
enum class Encoding : uint8_t { kInt, kEmbstr, kRaw, kListpack, kListpackEx, kIntset, kHashtable };

const char* EncodingName(Encoding encoding);

// Up to where a collection stays compact. The user's configuration, read at each growth; a
// collection already past a limit does not come back.
struct EncodingLimits {
  size_t hash_max_listpack_entries = 512;
  size_t hash_max_listpack_value = 64;  // Bytes of one field or value.
  size_t set_max_intset_entries = 512;
  size_t set_max_listpack_entries = 128;
  size_t set_max_listpack_value = 64;
};

}  // namespace thimble
