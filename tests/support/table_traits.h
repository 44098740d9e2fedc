#pragma once

#include "storage/table/table.h"

namespace thimble {

// The three kinds of table that the product has.
constexpr TableTraits kSetTraits{};
constexpr TableTraits kHashTraits{.values = true};
constexpr TableTraits kKeyspaceTraits{.values = true, .clocks = true};

}  // namespace thimble
