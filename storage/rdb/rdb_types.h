#pragma once

#include <cstdint>

namespace thimble {

// The version this writes, so that servers from Redis 7.0 on read it, and the one that has
// deadlines of fields, from 7.4 on; the newest of Redis's it reads. Valkey counts its own from 80
// on.
constexpr int kRdbVersionWritten = 10;
constexpr int kRdbVersionWithFieldDeadlines = 12;
constexpr int kNewestRedisRdbVersion = 12;
constexpr int RdbVersionFor(bool field_deadlines) {
  return field_deadlines ? kRdbVersionWithFieldDeadlines : kRdbVersionWritten;
}
constexpr int kFirstSummedRdbVersion = 5;  // Older files end without a checksum.
constexpr int kOldestValkeyRdbVersion = 80;
constexpr int kNewestValkeyRdbVersion = 80;

// Whether a file or a payload of that version can be read, and whether it is Valkey's.
constexpr bool IsValkeyRdb(int version) {
  return version >= kOldestValkeyRdbVersion;
}
constexpr bool IsReadableRdb(int version) {
  if (IsValkeyRdb(version)) return version <= kNewestValkeyRdbVersion;
  return version >= 1 && version <= kNewestRedisRdbVersion;
}

// How a value is written. Numbers of the format.
enum class RdbType : uint8_t {
  kString = 0,
  kList = 1,
  kSet = 2,
  kZset = 3,
  kHash = 4,
  kZsetBinary = 5,
  kModuleOld = 6,
  kModule = 7,
  kHashZipmap = 9,
  kListZiplist = 10,
  kSetIntset = 11,
  kZsetZiplist = 12,
  kHashZiplist = 13,
  kListQuicklist = 14,
  kStream = 15,
  kHashListpack = 16,
  kZsetListpack = 17,
  kListQuicklist2 = 18,
  kStream2 = 19,
  kSetListpack = 20,
  kStream3 = 21,
  // With a deadline for each field. Valkey's own 22 is another format.
  kHashExpiryEarly = 22,
  kHashListpackExpiryEarly = 23,
  kHashExpiry = 24,
  kHashListpackExpiry = 25,
};

// Whether fields in that form may have deadlines.
constexpr bool HoldsDeadlines(RdbType type) {
  return type >= RdbType::kHashExpiryEarly && type <= RdbType::kHashListpackExpiry;
}

// What stands in a file between values. Numbers of the format, which share a byte with RdbType.
enum class RdbOpcode : uint8_t {
  kSlotInfo = 244,
  kFunction = 245,
  kFunctionOld = 246,
  kModuleAux = 247,
  kIdle = 248,
  kFrequency = 249,
  kAux = 250,
  kResizeDb = 251,
  kExpiryMs = 252,
  kExpiryS = 253,
  kSelectDb = 254,
  kEnd = 255,
};

// "list", "zset", "stream", "module" for a type that is known but not held here; null for the
// product's own types and for numbers that mean nothing.
const char* ForeignTypeName(RdbType type);
// Whether ValueDecoder reads it, in a file or a payload of Valkey's versions or of Redis's.
bool IsOwnRdbType(RdbType type, bool valkey);

// How strings and lengths begin: the two upper bits of the first byte.
enum class RdbLengthForm : uint8_t { kSixBits = 0, kFourteenBits = 1, kLong = 2, kSpecial = 3 };
constexpr uint8_t kRdbLength32 = 0x80;
constexpr uint8_t kRdbLength64 = 0x81;
// What a special length announces in its lower six bits.
enum class RdbStringForm : uint8_t { kInt8 = 0, kInt16 = 1, kInt32 = 2, kLzf = 3 };

}  // namespace thimble
