#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thimble {

// One argument of a command, as COMMAND DOCS describes it to tools and to redis-cli's hints.
struct ArgumentDoc {
  std::string name{};
  std::string
      type{};  // key, string, integer, double, pattern, unix-time, pure-token, oneof, block.
  std::string token{};  // "MATCH" where a word announces the argument.
  bool optional = false;
  bool multiple = false;
  int key_spec = -1;                     // Which KeyRange the key belongs to.
  std::vector<ArgumentDoc> arguments{};  // Of oneof and block.
};

// Reads the notation of CommandSpec::syntax:
//
//   key field              arguments in order; UPPER CASE words are typed as they stand
//   [NX | XX]              an optional choice
//   <EX seconds | PERSIST> a choice that must be made
//   [MATCH pattern]        a word and the argument it announces
//   member [member ...]    one or more; also "field value [field value ...]"
//   increment:double       a type where the name does not tell it
//
// A malformed text (unbalanced brackets) yields what was understood; a test reads every row.
std::vector<ArgumentDoc> ParseSyntax(std::string_view syntax);

}  // namespace thimble
