#include "storage/rdb/skip_value.h"

namespace thimble {
namespace {

// Doubles as text: a length byte and so many digits, or one of three bytes that stand alone.
constexpr uint8_t kFirstLoneDouble = 253;
constexpr uint64_t kStreamIdBytes = 16;

void SkipStrings(RdbReader& reader, uint64_t count) {
  for (; count > 0 && reader.ok(); --count) reader.SkipString();
}

void SkipLengths(RdbReader& reader, int count) {
  for (; count > 0 && reader.ok(); --count) reader.Length();
}

void SkipZset(RdbReader& reader, bool binary_scores) {
  for (uint64_t left = reader.Length(); left > 0 && reader.ok(); --left) {
    reader.SkipString();
    if (binary_scores) {
      reader.Skip(sizeof(double));
    } else if (const uint8_t length = reader.Byte(); length < kFirstLoneDouble) {
      reader.Skip(length);
    }
  }
}

void SkipQuicklist2(RdbReader& reader) {
  for (uint64_t left = reader.Length(); left > 0 && reader.ok(); --left) {
    reader.Length();  // How the node is packed.
    reader.SkipString();
  }
}

void SkipConsumers(RdbReader& reader, RdbType type) {
  for (uint64_t left = reader.Length(); left > 0 && reader.ok(); --left) {
    reader.SkipString();  // The name.
    reader.Skip(sizeof(uint64_t));
    if (type == RdbType::kStream3) reader.Skip(sizeof(uint64_t));
    for (uint64_t pending = reader.Length(); pending > 0 && reader.ok(); --pending) {
      reader.Skip(kStreamIdBytes);
    }
  }
}

void SkipStream(RdbReader& reader, RdbType type) {
  const bool has_more_ids = type != RdbType::kStream;
  for (uint64_t left = reader.Length(); left > 0 && reader.ok(); --left) SkipStrings(reader, 2);
  SkipLengths(reader, 3);                    // Entries, and the last id.
  if (has_more_ids) SkipLengths(reader, 5);  // First id, greatest deleted id, entries ever added.
  for (uint64_t groups = reader.Length(); groups > 0 && reader.ok(); --groups) {
    reader.SkipString();
    SkipLengths(reader, has_more_ids ? 3 : 2);  // Last id, entries read.
    for (uint64_t pending = reader.Length(); pending > 0 && reader.ok(); --pending) {
      reader.Skip(kStreamIdBytes + sizeof(uint64_t));
      reader.Length();
    }
    SkipConsumers(reader, type);
  }
}

// What a module wrote says of each piece what it is. False if it wrote nothing but zeros.
bool SkipModulePieces(RdbReader& reader) {
  enum : uint64_t { kEnd, kSigned, kUnsigned, kFloat, kDouble, kString };
  bool says_something = false;
  while (reader.ok()) {
    const uint64_t kind = reader.Length();
    if (kind == kEnd) break;
    if (kind == kSigned || kind == kUnsigned) {
      says_something |= reader.Length() != 0;
      continue;
    }
    says_something = true;
    switch (kind) {
      case kFloat:
        reader.Skip(sizeof(float));
        break;
      case kDouble:
        reader.Skip(sizeof(double));
        break;
      case kString:
        reader.SkipString();
        break;
      default:
        reader.Fail("a module's value is malformed");
    }
  }
  return says_something;
}

// Nine characters of six bits each, above ten bits of version.
std::string ModuleName(uint64_t id) {
  constexpr Bytes kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string name;
  for (unsigned shift = 64 - 6; shift >= 10; shift -= 6) name += kAlphabet[id >> shift & 63U];
  return name;
}

}  // namespace

void SkipForeignValue(RdbReader& reader, RdbType type) {
  switch (type) {
    case RdbType::kList:
    case RdbType::kListQuicklist:
      return SkipStrings(reader, reader.Length());
    case RdbType::kListQuicklist2:
      return SkipQuicklist2(reader);
    case RdbType::kZset:
      return SkipZset(reader, false);
    case RdbType::kZsetBinary:
      return SkipZset(reader, true);
    case RdbType::kListZiplist:
    case RdbType::kZsetZiplist:
    case RdbType::kZsetListpack:
      return reader.SkipString();
    case RdbType::kStream:
    case RdbType::kStream2:
    case RdbType::kStream3:
      return SkipStream(reader, type);
    case RdbType::kModule:
      reader.Length();  // Which module.
      SkipModulePieces(reader);
      return;
    default:
      return reader.Fail("a value of unknown form");
  }
}

std::optional<std::string> SkipModuleAux(RdbReader& reader) {
  const uint64_t id = reader.Length();
  SkipLengths(reader, 2);  // The form of the next, when it was written.
  return SkipModulePieces(reader) ? std::optional(ModuleName(id)) : std::nullopt;
}

}  // namespace thimble
