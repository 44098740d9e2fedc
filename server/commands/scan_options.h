#pragma once

#include <cstdint>
#include <optional>

#include "server/command/args.h"
#include "storage/common/glob.h"
#include "storage/value/encoding.h"

namespace thimble {

// The words behind a cursor in SCAN, HSCAN and SSCAN.
struct ScanOptions {
  size_t count = 10;
  std::optional<Bytes> pattern;
  std::optional<Bytes> type;  // SCAN only.
  bool no_values = false;     // HSCAN only.

  bool Matches(Bytes name) const { return !pattern || GlobMatch(*pattern, name); }
  // How many steps one call may take when few entries match: ten for each asked for.
  size_t MaxSteps() const { return count > SIZE_MAX / 10 ? SIZE_MAX : count * 10; }
};

enum class ScanOf : uint8_t { kKeys, kHash, kSet };

// Fails with kNotInteger or kSyntax; NOVALUES and TYPE only where they belong.
Result<ScanOptions> ParseScanOptions(ArgCursor args, ScanOf what);

// A cursor as text: unsigned, leading blanks tolerated. Fails with kInvalidCursor.
Result<uint64_t> ParseCursor(Bytes text);

}  // namespace thimble
