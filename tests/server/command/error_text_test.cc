#include "server/command/error_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

TEST(ErrorTextTest, EveryCodeHasAText) {
  for (int code = static_cast<int>(Errc::kWrongType); code <= static_cast<int>(Errc::kOutOfMemory);
       ++code) {
    const std::string text = ErrorText(static_cast<Errc>(code), "hset");
    EXPECT_NE(text, "ERR internal error");
    EXPECT_EQ(text.find_first_of("\r\n"), std::string::npos);
    EXPECT_NE(text.find(' '), std::string::npos) << "a prefix, then words";
  }
}

TEST(ErrorTextTest, NamesTheCommand) {
  EXPECT_EQ(ErrorText(Errc::kArity, "config|get"),
            "ERR wrong number of arguments for 'config|get' command");
  EXPECT_EQ(ErrorText(Errc::kInvalidExpireTime, "setex"),
            "ERR invalid expire time in 'setex' command");
  EXPECT_EQ(ErrorText(Error::Message("X y"), "get"), "X y");
}

TEST(ErrorTextTest, UnknownCommandsRepeatABoundedPart) {
  const std::vector<Bytes> two = {"foo", "a", "b"};
  EXPECT_EQ(UnknownCommandText(two),
            "ERR unknown command 'foo', with args beginning with: 'a' 'b' ");
  const std::string huge(10000, 'x');
  const std::vector<Bytes> long_ones = {huge, huge, huge};
  EXPECT_LT(UnknownCommandText(long_ones).size(), 400U);
  const std::vector<Bytes> many(10000, "x");
  EXPECT_LT(UnknownCommandText(many).size(), 400U);
}

TEST(ErrorTextTest, QuotesEndAtNul) {
  EXPECT_EQ(Quotable(Bytes("a\0b", 3)), "a");
  EXPECT_EQ(Quotable("abc", 2), "ab");
  EXPECT_EQ(UnknownSubcommandText("config", Bytes("x\0y", 3)),
            "ERR unknown subcommand 'x'. Try CONFIG HELP.");
}

}  // namespace
}  // namespace thimble
