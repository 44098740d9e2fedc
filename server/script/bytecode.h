#pragma once

#include "server/script/lua.h"

namespace thimble {

// What can be said beforehand of a Lua function and those defined within it.
struct CodeTraits {
  bool assigns_globals = true;  // To a global variable by name.
  // May change a table that it did not make itself: assigns to an element, or uses a global but for
  // few that are known to change nothing.
  bool changes_tables = true;
};

// Examines the function on top of the stack. Says yes where it is not sure. Costs a walk over the
// compiled code; raises nothing.
CodeTraits Examine(lua_State* lua);

}  // namespace thimble
