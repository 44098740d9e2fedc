#include "server/command/error_text.h"

#include <cctype>

namespace thimble {
namespace {

// How much of a client's own bytes an error repeats.
constexpr size_t kMaxQuoted = 128;

}  // namespace

Bytes Quotable(Bytes bytes, size_t limit) {
  const Bytes start = bytes.substr(0, limit);
  return start.substr(0, start.find('\0'));
}

std::string ErrorText(const Error& error, std::string_view full_name) {
  switch (error.code()) {
    case Errc::kMessage:
      return error.text();
    case Errc::kWrongType:
      return "WRONGTYPE Operation against a key holding the wrong kind of value";
    case Errc::kSyntax:
      return "ERR syntax error";
    case Errc::kArity:
      return "ERR wrong number of arguments for '" + std::string(full_name) + "' command";
    case Errc::kNotInteger:
      return "ERR value is not an integer or out of range";
    case Errc::kNotFloat:
      return "ERR value is not a valid float";
    case Errc::kHashNotInteger:
      return "ERR hash value is not an integer";
    case Errc::kHashNotFloat:
      return "ERR hash value is not a float";
    case Errc::kOverflow:
      return "ERR increment or decrement would overflow";
    case Errc::kNanOrInfinity:
      return "ERR increment would produce NaN or Infinity";
    case Errc::kOutOfRange:
      return "ERR value is out of range";
    case Errc::kNotPositive:
      return "ERR value is out of range, must be positive";
    case Errc::kOffsetOutOfRange:
      return "ERR offset is out of range";
    case Errc::kStringTooLong:
      return "ERR string exceeds maximum allowed size (proto-max-bulk-len)";
    case Errc::kInvalidCursor:
      return "ERR invalid cursor";
    case Errc::kInvalidExpireTime:
      return "ERR invalid expire time in '" + std::string(full_name) + "' command";
    case Errc::kNoSuchKey:
      return "ERR no such key";
    case Errc::kDbOutOfRange:
      return "ERR DB index is out of range";
    case Errc::kInvalidDbIndex:
      return "ERR invalid DB index";
    case Errc::kSameObject:
      return "ERR source and destination objects are the same";
    case Errc::kOutOfMemory:
      return "OOM command not allowed when used memory > 'maxmemory'.";
  }
  return "ERR internal error";
}

std::string UnknownCommandText(std::span<const Bytes> args) {
  std::string beginning;
  for (size_t i = 1; i < args.size() && beginning.size() < kMaxQuoted; ++i) {
    const Bytes shown = Quotable(args[i], kMaxQuoted - beginning.size());
    beginning.append("'").append(shown).append("' ");
  }
  return "ERR unknown command '" + std::string(Quotable(args[0], kMaxQuoted)) +
         "', with args beginning with: " + beginning;
}

std::string UnknownSubcommandText(std::string_view container, Bytes subcommand) {
  std::string upper(container);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return "ERR unknown subcommand '" + std::string(Quotable(subcommand, kMaxQuoted)) + "'. Try " +
         upper + " HELP.";
}

Error WrongSubcommandUse(std::string_view upper_container, Bytes subcommand) {
  return Error::Message("ERR unknown subcommand or wrong number of arguments for '" +
                        std::string(Quotable(subcommand, kMaxQuoted)) + "'. Try " +
                        std::string(upper_container) + " HELP.");
}

}  // namespace thimble
