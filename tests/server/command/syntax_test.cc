#include "server/command/syntax.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

// "key!0", "[pattern:pattern MATCH]", "data{field value}...": an argument in one line.
std::string Show(const std::vector<ArgumentDoc>& arguments) {
  std::string text;
  for (const ArgumentDoc& argument : arguments) {
    if (!text.empty()) text += ' ';
    if (argument.optional) text += '[';
    text += argument.name + ":" + argument.type;
    if (!argument.token.empty()) text += "=" + argument.token;
    if (argument.key_spec >= 0) text += "!" + std::to_string(argument.key_spec);
    if (!argument.arguments.empty()) text += "{" + Show(argument.arguments) + "}";
    if (argument.multiple) text += "...";
    if (argument.optional) text += ']';
  }
  return text;
}

struct SyntaxCase {
  std::string_view syntax;
  std::string_view shown;
};

class SyntaxTest : public testing::TestWithParam<SyntaxCase> {};

TEST_P(SyntaxTest, Reads) {
  EXPECT_EQ(Show(ParseSyntax(GetParam().syntax)), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SyntaxTest,
    testing::Values(SyntaxCase{"", ""}, SyntaxCase{"key", "key:key!0"},
                    SyntaxCase{"key field", "key:key!0 field:string"},
                    SyntaxCase{"key seconds", "key:key!0 seconds:integer"},
                    SyntaxCase{"key increment:double", "key:key!0 increment:double"},
                    SyntaxCase{"ip:port", "ip:port:string"},
                    SyntaxCase{"member [member ...]", "member:string..."},
                    SyntaxCase{"key [key ...]", "key:key!0..."},
                    SyntaxCase{"key field value [field value ...]",
                               "key:key!0 data:block{field:string value:string}..."},
                    SyntaxCase{"[NX | XX]", "[choice:oneof{nx:pure-token=NX xx:pure-token=XX}]"},
                    SyntaxCase{"[GET]", "[get:pure-token=GET]"},
                    SyntaxCase{"<EX seconds | PERSIST>",
                               "choice:oneof{seconds:integer=EX persist:pure-token=PERSIST}"},
                    SyntaxCase{"cursor [MATCH pattern] [COUNT count]",
                               "cursor:integer [pattern:pattern=MATCH] [count:integer=COUNT]"},
                    SyntaxCase{"[LIMIT offset count]",
                               "[limit:block=LIMIT{offset:integer count:integer}]"},
                    SyntaxCase{"source destination", "source:key!0 destination:key!1"},
                    SyntaxCase{"FIELDS numfields field [field ...]",
                               "numfields:integer=FIELDS field:string..."},
                    SyntaxCase{"[GET get-pattern ...]", "[get-pattern:pattern=GET...]"}));

TEST(SyntaxRobustnessTest, MalformedTextEnds) {
  for (const std::string_view text :
       {"[",        "]",   "<",   ">",  "|",  "[a",  "a]", "[a | b", "<a|", "...",  "[...]",
        "a [b ...", "[[[", "]]]", "[]", "<>", "[|]", " ",  "a:",     ":a",  "A B C"}) {
    ParseSyntax(text);
  }
}

TEST(SyntaxRobustnessTest, EveryTextOfFiveSigns) {
  constexpr std::string_view kSigns[] = {"a", "A", "[", "]", "<", ">", "|", " ", "..."};
  constexpr int kDepth = 5;
  std::vector<std::string> texts{""};
  for (int depth = 0; depth < kDepth; ++depth) {
    std::vector<std::string> longer;
    for (const std::string& text : texts) {
      for (const std::string_view sign : kSigns) longer.push_back(text + std::string(sign));
    }
    texts = std::move(longer);
  }
  for (const std::string& text : texts) ParseSyntax(text);
}

}  // namespace
}  // namespace thimble
