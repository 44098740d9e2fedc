// What was once possible against scripts of servers of this kind, by behaviour: none of it may read
// or change what is not the script's, nor end the process.

#include <string>

#include <gtest/gtest.h>

#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

class AttacksTest : public testing::Test {
 protected:
  std::string Eval(std::string_view source) { return client_.Call({"EVAL", source, "0"}); }
  // True for an error reply that contains `text`.
  bool Refuses(std::string_view source, std::string_view text) {
    const std::string reply = Eval(source);
    const bool refused = reply.starts_with("-") && reply.find(text) != std::string::npos;
    if (!refused) ADD_FAILURE() << source << ": " << reply;
    return refused;
  }

  test::InProcessServer server_;
  test::InProcessClient client_{server_};
};

// A package library left in the sandbox loaded any shared object.
TEST_F(AttacksTest, Cve2022_0543) {
  for (const char* name : {"package", "require", "module", "debug", "io", "loadfile", "dofile"}) {
    Refuses(std::string("return ") + name, "nonexistent global variable");
    Refuses("return loadstring('return " + std::string(name) + "')()",
            "nonexistent global variable");
  }
  EXPECT_EQ(Eval("return {os.execute, os.exit, os.getenv, os.remove}"), "*0\r\n");
}

// bit.tohex counted past the lowest integer.
TEST_F(AttacksTest, Cve2024_31449) {
  EXPECT_EQ(Eval("return bit.tohex(65535, -2147483648)"), "$8\r\n0000FFFF\r\n");
  EXPECT_EQ(Eval("return bit.tohex(1, 2147483647)"), "$8\r\n00000001\r\n");
}

// unpack's count of results overflowed.
TEST_F(AttacksTest, Cve2025_46817) {
  Refuses("return {unpack({'a'}, 0, 2147483647)}", "too many results to unpack");
  Refuses("return {unpack({'a'}, -2147483648, 2147483647)}", "too many results to unpack");
  Refuses("return {unpack({}, 1, 1e6)}", "too many results to unpack");
}

// Metatables of basic types were shared, and writable.
TEST_F(AttacksTest, Cve2025_46818) {
  Refuses("getmetatable('').__index = function() return 'mine' end", "readonly table");
  Refuses("getmetatable('').__add = function() end", "readonly table");
  Refuses("rawset(getmetatable(''), '__index', {})", "readonly table");
  Refuses("setmetatable(getmetatable(''), {})", "readonly table");
  Refuses("getmetatable(_G).__index = nil", "readonly table");
  EXPECT_EQ(Eval("return ('x'):upper()"), "$1\r\nX\r\n");
}

// A long bracket at the end of the source was read past it.
TEST_F(AttacksTest, Cve2025_46819) {
  for (const char* source :
       {"return [[", "return [=", "return [==[ x ]=", "--[[", "--[=", "[", "--["}) {
    EXPECT_TRUE(Eval(source).starts_with("-") || Eval(source) == "$-1\r\n") << source;
  }
}

// A chunk's name was freed while the parser still used it.
TEST_F(AttacksTest, Cve2025_49844) {
  Refuses(R"(
    local name = string.rep('n', 100) .. 'ame'
    local pieces = 0
    local f, why = load(function()
      name = nil
      collectgarbage()
      for i = 1, 100 do local x = string.rep('z', 100 + i) end
      pieces = pieces + 1
      if pieces < 50 then return 'x' .. pieces .. ' = ' end
    end, '@' .. string.rep('n', 100) .. 'ame')
    error(why))",
          "unexpected symbol");
}

// Use after free by scripts that outlive what they were given.
TEST_F(AttacksTest, Cve2026_23631) {
  EXPECT_EQ(Eval("KEEP = 1"), Eval("KEEP = 1"));
  Refuses("_G.keep = function() return KEYS end", "readonly table");
  Refuses("string.keep = KEYS", "readonly table");
  EXPECT_EQ(client_.Call({"EVAL", "return KEYS[1]", "1", "first"}), "$5\r\nfirst\r\n");
  EXPECT_EQ(client_.Call({"EVAL", "return #KEYS", "0"}), ":0\r\n");
}

TEST_F(AttacksTest, BytecodeIsText) {
  Refuses("return assert(loadstring(string.dump(function() end)))", "unexpected symbol");
  Refuses("return assert(load(coroutine.wrap(function() coroutine.yield('\\27Lua') end)))",
          "unexpected symbol");
  EXPECT_TRUE(Eval("\x1bLua").starts_with("-ERR Error compiling script"));
}

TEST_F(AttacksTest, NothingHandsOutARealLibrary) {
  Refuses("local f, t = pairs(string) t.x = 1", "readonly table");
  Refuses("for k, v in pairs(_G) do if type(v) == 'table' then v.x = 1 end end", "readonly table");
  Refuses("table.insert(table, 1)", "readonly table");
  Refuses("table.foreach(_G, function() end) _G.x = 1", "readonly table");
  Refuses("getmetatable('').__index.x = 1", "readonly table");
  Refuses("coroutine.wrap(function() string.x = 1 end)()", "readonly table");
  Refuses("loadstring('string.x = 1')()", "readonly table");
  Refuses("xpcall(function() error('x') end, function() string.x = 1 end) string.x = 1",
          "readonly table");
}

TEST_F(AttacksTest, SourceNestedBeyondReason) {
  constexpr const char* kNests[][2] = {{"(", ")"},
                                       {"{", "}"},
                                       {"- ", ""},
                                       {"not ", ""},
                                       {"f(", ")"},
                                       {"a[", "]"},
                                       {"do ", " end "},
                                       {"if x then ", " end "},
                                       {"function() return ", " end"},
                                       {"a..", ""},
                                       {"a^", ""}};
  for (const auto& nest : kNests) {
    for (const char* start : {"return ", ""}) {
      std::string source = start;
      for (int i = 0; i < 100'000; ++i) source += nest[0];
      source += "1";
      for (int i = 0; i < 100'000; ++i) source += nest[1];
      EXPECT_TRUE(Eval(source).starts_with("-")) << nest[0];
    }
  }
}

TEST_F(AttacksTest, DeepRecursionIsAnError) {
  Refuses("local function f() return 1 + f() end return f()", "stack overflow");
  Refuses("local function f(s) return (string.gsub(s, '.', f)) end return f('a')",
          "stack overflow");
  Refuses("return string.find(string.rep('a', 1e5), string.rep('a?', 1e5))", "too complex");
  Refuses("cjson.decode_max_depth(2147483647) return cjson.decode(string.rep('[', 1e6))",
          "too many nested");
  Refuses(
      "cjson.encode_max_depth(2147483647) local t = {} for i = 1, 1e5 do t = {t} end "
      "return cjson.encode(t)",
      "excessive nesting");
  Refuses("return cmsgpack.unpack(string.rep('\\145', 1e6))", "stack overflow");
  EXPECT_EQ(Eval("local t = {} for i = 1, 1e5 do t = {t} end return t").substr(0, 2), "*1");
  EXPECT_EQ(Eval("local t = {} t[1] = t return t").substr(0, 2), "*1");
  EXPECT_EQ(Eval("local co co = coroutine.wrap(function() co() end) return pcall(co)"), "$-1\r\n");
  EXPECT_EQ(Eval("local function f(g) return coroutine.wrap(g)(g) end return pcall(f, f)"),
            "$-1\r\n");
}

TEST_F(AttacksTest, NumbersAtTheEdges) {
  constexpr const char* kCalls[] = {
      "struct.pack('i2147483647', 1)",
      "struct.unpack('c2147483647', 'x')",
      "struct.unpack('!1073741824i8', 'x', 2147483647)",
      "struct.unpack('bc0', '\\255x')",
      "struct.unpack('b', 'x', -9223372036854775808)",
      "cmsgpack.unpack('\\221\\255\\255\\255\\255')",
      "cmsgpack.unpack_limit('abc', 2147483647, 2147483647)",
      "string.rep('x', 2147483647)",
      "string.byte(string.rep('x', 1e5), 1, -1)",
      "string.char(-1)",
      "string.format('%2147483647d', 1)",
      "string.sub('x', -2147483648, 2147483647) + 1",
      "table.concat({}, 'x', 1, 2147483647)",
      "select(-2147483648, 1)",
  };
  for (const char* call : kCalls) Refuses(std::string("return ") + call, "");
  EXPECT_EQ(Eval("return 1e300"), ":-9223372036854775808\r\n");
  EXPECT_EQ(Eval("return 0/0"), ":-9223372036854775808\r\n");
}

TEST_F(AttacksTest, ErrorsOfAnyKindAreReplies) {
  for (const char* value : {"", "nil", "true", "12", "{}", "{1, 2}", "{ok = 'x'}",
                            "setmetatable({}, {__index = function() error('y') end})",
                            "setmetatable({}, {__tostring = function() error('y') end})",
                            "cjson.null", "function() end", "coroutine.create(function() end)"}) {
    EXPECT_TRUE(Eval("error(" + std::string(value) + ")").starts_with("-ERR")) << value;
  }
}

}  // namespace
}  // namespace thimble
