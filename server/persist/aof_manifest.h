#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/common/bytes.h"
#include "storage/common/result.h"

namespace thimble {

// Which files an append-only log is made of: a line each, in the order in which they are read.
//
//   file appendonly.aof.1.base.rdb seq 1 type b
//   file appendonly.aof.1.incr.aof seq 1 type i
struct AofManifest {
  static constexpr uint64_t kMostSequence = INT64_MAX;  // As in Redis, which has it signed.

  struct File {
    std::string name;
    uint64_t sequence = 0;
  };
  std::optional<File> base;      // The data as it once was.
  std::vector<File> increments;  // What happened since, oldest first.
  std::vector<File> history;     // Replaced, still to be removed.
  uint64_t taken = 0;            // Up to here names are taken by files of which it says nothing.

  // An error's text is what was found, with the line.
  static Result<AofManifest> Parse(Bytes text);
  std::string ToText() const;

  // Of the next file of its kind: beyond all, for what is still to be removed has a name as well.
  uint64_t NextBaseSequence() const;
  uint64_t NextIncrementSequence() const;
  // Whether one of its files is called so.
  bool Names(const std::string& name) const;
};

}  // namespace thimble
