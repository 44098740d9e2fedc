#pragma once

#include <span>

#include "server/script/lua.h"
#include "storage/common/bytes.h"

namespace thimble {

// A global list that every script finds filled anew: KEYS, ARGV.
//
// The table is used again unless the script before put something else into it, or much: nothing a
// script can reach outlives it, so nobody else holds the table. Making one costs four allocations
// and as much again for the collector.
class ArgumentList {
 public:
  explicit ArgumentList(const char* name) : name_(name) {}

  // Sets the global in the table on top of the stack, which stays. `kept`: it is sure to be as the
  // last call left it.
  void Fill(lua_State* lua, std::span<const Bytes> items, bool kept);
  // The interpreter was replaced.
  void Forget() { table_ = LUA_NOREF; }

 private:
  static constexpr int kRoom = 8;

  bool PushReusable(lua_State* lua, int& highest) const;
  void MakeTable(lua_State* lua, size_t room);

  const char* const name_;
  int table_ = LUA_NOREF;  // Its place in the registry.
  int count_ = 0;          // What was last put into it.
};

}  // namespace thimble
