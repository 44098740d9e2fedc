#pragma once

#include <cstdint>
#include <string_view>

#include "server/command/spec.h"

namespace thimble {

// What the rows of several families say: what a command does with a key, and its hints for clients
// of a cluster.

constexpr uint16_t kLooks = kKeyReadOnly;  // At the key, or its type or length: not at the value.
constexpr uint16_t kReads = kKeyReadOnly | kKeyAccess;
constexpr uint16_t kUpdates = kKeyReadWrite | kKeyUpdate;
constexpr uint16_t kStores = kKeyOverwrite | kKeyUpdate;
constexpr uint16_t kTakes = kKeyReadWrite | kKeyAccess | kKeyDelete;

constexpr std::string_view kAnyOrder[] = {"nondeterministic_output_order"};
constexpr std::string_view kAnyOutput[] = {"nondeterministic_output"};

}  // namespace thimble
