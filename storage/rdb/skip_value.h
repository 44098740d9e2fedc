#pragma once

#include <optional>
#include <string>

#include "storage/rdb/rdb_reader.h"
#include "storage/rdb/rdb_types.h"

namespace thimble {

// Passes over a value whose type is not the product's. Fails the reader where it cannot: for types
// of unknown form.
void SkipForeignValue(RdbReader& reader, RdbType type);

// Passes over what a module wrote beside keys, after its opcode. Returns the module's name; nothing
// if there is nothing of its own, for modules that nobody uses write how many things they have: 0.
std::optional<std::string> SkipModuleAux(RdbReader& reader);

}  // namespace thimble
