#include "server/script/bytecode.h"

#include <string>

#include <gtest/gtest.h>

#include "server/script/base_library.h"
#include "server/script/interpreter.h"

namespace thimble {
namespace {

CodeTraits TraitsOf(const std::string& source) {
  Interpreter interpreter(size_t{1} << 24U, [](lua_State*) { return 1; });
  struct Job {
    Bytes source;
    CodeTraits traits;
  } job{source, {}};
  EXPECT_TRUE(interpreter.Run(
      [](lua_State* lua, void* argument) {
        auto& wanted = *static_cast<Job*>(argument);
        if (!CompileText(lua, wanted.source, "@test")) return lua_error(lua);
        wanted.traits = Examine(lua);
        return 0;
      },
      &job, 0));
  return job.traits;
}

bool Assigns(const std::string& source) {
  return TraitsOf(source).assigns_globals;
}

bool ChangesTables(const std::string& source) {
  return TraitsOf(source).changes_tables;
}

TEST(BytecodeTest, SeesAssignments) {
  EXPECT_TRUE(Assigns("x = 1"));
  EXPECT_TRUE(Assigns("KEYS = nil"));
  EXPECT_TRUE(Assigns("function f() end"));
  EXPECT_TRUE(Assigns("if false then x = 1 end"));
  EXPECT_TRUE(Assigns("local a, b; a, x, b = 1, 2, 3"));
  EXPECT_TRUE(Assigns("for i = 1, 2 do local y = i; x = y end"));
}

TEST(BytecodeTest, LooksIntoEveryFunction) {
  EXPECT_TRUE(Assigns("local function f() return function() x = 1 end end"));
  EXPECT_TRUE(Assigns("local t = {function() end, function() return 1 end, function() x = 1 end}"));
  EXPECT_TRUE(Assigns("local u = 1; local f = function() u = 'text'; x = u; return nil, true end"));
  std::string nested = "x = 1";
  for (int i = 0; i < 40; ++i) nested = "return function() " + nested + " end";
  EXPECT_TRUE(Assigns(nested));
}

TEST(BytecodeTest, WalksPastWhatElseThereIs) {
  EXPECT_FALSE(Assigns(""));
  EXPECT_FALSE(Assigns("return redis.call('GET', KEYS[1])"));
  EXPECT_FALSE(Assigns("local t = {x = 1}; t.y = 2; t['z'] = t.x"));
  EXPECT_FALSE(Assigns("local a, b, c, d = nil, true, 1.5, 'text\\0with zero'; return a, b, c, d"));
  EXPECT_FALSE(Assigns("local u = 1; local f = function() local g = function() u = u + 1 end end"));
  std::string many = "local t = {}";
  for (int i = 0; i < 1000; ++i) many += "\nt[#t + 1] = 'constant " + std::to_string(i) + "'";
  EXPECT_FALSE(Assigns(many));
  EXPECT_TRUE(Assigns(many + "\nx = 1"));
}

TEST(BytecodeTest, KnowsWhatLeavesTablesAlone) {
  EXPECT_FALSE(ChangesTables(""));
  EXPECT_FALSE(ChangesTables("return redis.call('HGET', KEYS[1], ARGV[1])"));
  EXPECT_FALSE(ChangesTables("local t = {1, 'two', {3}}; return t"));
  EXPECT_FALSE(ChangesTables("for i, key in ipairs(KEYS) do redis.call('DEL', key) end"));
  EXPECT_FALSE(ChangesTables("local function f(n) return math.floor(tonumber(n)) end return f(1)"));
  EXPECT_FALSE(ChangesTables("return cjson.encode({KEYS, unpack(ARGV)})"));
}

TEST(BytecodeTest, SeesWhatMayChangeTables) {
  EXPECT_TRUE(ChangesTables("KEYS[1] = 'x'"));
  EXPECT_TRUE(ChangesTables("local k = KEYS; k.x = 1"));
  EXPECT_TRUE(ChangesTables("KEYS = {}"));
  EXPECT_TRUE(ChangesTables("table.insert(ARGV, 1)"));
  EXPECT_TRUE(ChangesTables("local f = rawset; f(KEYS, 1, 2)"));
  EXPECT_TRUE(ChangesTables("setmetatable(KEYS, {})"));
  EXPECT_TRUE(ChangesTables("_G.rawset(KEYS, 1, 2)"));
  EXPECT_TRUE(ChangesTables("return loadstring('KEYS[1] = 1')()"));
  EXPECT_TRUE(ChangesTables("local f = function() return function() KEYS.x = 1 end end f()()"));
  EXPECT_TRUE(ChangesTables("return unheard_of"));
  EXPECT_TRUE(ChangesTables("return {x = 1}"));  // By the same instruction as in any table.
}

}  // namespace
}  // namespace thimble
