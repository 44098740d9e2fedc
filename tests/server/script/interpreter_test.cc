#include "server/script/interpreter.h"

#include <string>

#include <gtest/gtest.h>

#include "server/script/base_library.h"
#include "server/script/redis_library.h"
#include "server/script/sandbox.h"

namespace thimble {
namespace {

int PassOn(lua_State*) {
  return 1;
}

// Lets a script go on for so many looks.
class CountingWatch final : public ScriptWatch {
 public:
  explicit CountingWatch(int looks) : looks_(looks) {}
  const char* WhyStop() override { return looks_-- > 0 ? nullptr : "enough"; }
  bool asked_too_often() const { return looks_ < -1; }

 private:
  int looks_;
};

// An interpreter with a script's world, without a server behind it.
class InterpreterTest : public testing::Test {
 protected:
  InterpreterTest() {
    EXPECT_TRUE(interpreter_.Run(
        [](lua_State* lua, void*) {
          PushSandbox(lua, PushRedisLibrary);
          return 0;
        },
        nullptr, 0));
  }

  // What the script returns as text, or its error's message behind "error: ".
  std::string Run(const std::string& source) {
    struct Job {
      Bytes source;
      std::string result;
    } job{source, {}};
    const int top = lua_gettop(interpreter_.state());
    const bool ok = interpreter_.Run(
        [](lua_State* lua, void* argument) {
          auto& wanted = *static_cast<Job*>(argument);
          if (!CompileText(lua, wanted.source, "@test")) return lua_error(lua);
          lua_call(lua, 0, 1);
          const char* const text = lua_tostring(lua, -1);
          wanted.result = text == nullptr ? luaL_typename(lua, -1) : text;
          return 0;
        },
        &job, 0);
    if (ok) return job.result;
    if (lua_istable(interpreter_.state(), -1)) lua_getfield(interpreter_.state(), -1, "err");
    const char* const text = lua_tostring(interpreter_.state(), -1);
    job.result = std::string("error: ") + (text == nullptr ? "" : text);
    lua_settop(interpreter_.state(), top);
    return job.result;
  }

  Interpreter interpreter_{size_t{8} << 20U, PassOn};
};

TEST_F(InterpreterTest, RunsAndLeavesTheStackAsItWas) {
  const int before = lua_gettop(interpreter_.state());
  EXPECT_EQ(Run("return 1 + 1"), "2");
  EXPECT_EQ(Run("error('no', 0)"), "error: no");
  EXPECT_EQ(lua_gettop(interpreter_.state()), before);
}

TEST_F(InterpreterTest, RefusesMemoryBeyondItsLimitAndGoesOn) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Run("local s = 'x' while true do s = s .. s end"), "error: not enough memory");
    EXPECT_EQ(Run("local t = {} for i = 1, 1e9 do t[i] = i end"), "error: not enough memory");
    EXPECT_EQ(Run("return #string.rep('x', 1e6)"), "1000000");
    EXPECT_LE(interpreter_.memory_bytes(), interpreter_.memory_limit_bytes());
  }
}

TEST_F(InterpreterTest, AScriptMayCatchThatItHasNoMemory) {
  EXPECT_EQ(Run("return (select(2, pcall(string.rep, 'x', 1e8)))"), "not enough memory");
  EXPECT_EQ(Run("for i = 1, 10 do pcall(string.rep, 'x', 7e6) end return 'here'"), "here");
}

TEST_F(InterpreterTest, EndsWhatMayNotGoOnWhereverItIs) {
  constexpr const char* kEndless[] = {
      "while true do end",
      "while true do pcall(function() while true do end end) end",
      "while true do xpcall(function() while true do end end, function() end) end",
      "while true do coroutine.wrap(function() while true do end end)() end",
      "while true do pcall(coroutine.wrap(function() while true do end end)) end",
      "local function f() return f() end return f()",
      "local function f() while true do end end return xpcall(f, f)",
      "while true do string.find(string.rep('a', 40), string.rep('a-', 40) .. 'b') end",
      "return string.match(string.rep('a', 40), string.rep('.-', 40) .. 'b')",
      "local t = {} for i = 0, 29 do t[2 ^ i] = 1 end while true do table.remove(t, 1) end",
      "local t = {1} for i = 1, 60 do t = {t, t} end return cjson.encode(t)",
      "table.sort({1, 2, 3}, function() while true do end end)",
      "return string.gsub('abc', '.', function() while true do end end)",
      "return load(function() return ' ' end)",
      "return setmetatable({}, {__index = function() while true do end end}).x",
  };
  for (const char* source : kEndless) {
    CountingWatch watch(3);
    interpreter_.SetWatch(&watch);
    const std::string result = Run(source);
    interpreter_.SetWatch(nullptr);
    EXPECT_TRUE(result == "error: enough" || result == "error: not enough memory")
        << source << ": " << result;
    EXPECT_EQ(Run("return 'as ever'"), "as ever");
  }
}

TEST_F(InterpreterTest, UnfinishedTextOfACaughtErrorTakesNoRoom) {
  EXPECT_EQ(Run(R"(
    for i = 1, 10000 do
      pcall(cjson.encode, {string.rep('x', 10000), function() end})
      pcall(string.gsub, string.rep('x', 1000), '.', function() error('no') end)
    end
    return 'here')"),
            "here");
}

}  // namespace
}  // namespace thimble
