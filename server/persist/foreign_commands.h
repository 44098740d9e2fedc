#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "storage/common/bytes.h"

namespace thimble {

// What other servers' logs hold beyond this one's commands, as far as it concerns keys held here.

// Of a request, in messages.
constexpr size_t kMostShownBytes = 128;

// Why a request of an unknown command stands in a log, and how to load it without: a line for the
// log. `database` is where it would run. REQUIRES: there is a name.
std::string WhyForeign(std::span<const Bytes> args, int database);

struct ReplacedKey {
  Bytes key;
  std::optional<int64_t> database;  // If it is another one.
};
// The key that the request gave a new value where it succeeded, or took away, or changed in a way
// unknown here: what is held of it is of the time before. Nothing if only keys not held here can
// have changed, or it is of no such command. Views are those of `args`. REQUIRES: there is a name.
std::optional<ReplacedKey> KeyReplacedBy(std::span<const Bytes> args);

}  // namespace thimble
