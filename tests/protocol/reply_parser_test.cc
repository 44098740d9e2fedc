#include "protocol/reply_parser.h"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "protocol/reply_writer.h"

namespace thimble {
namespace {

// One line that shows a reply whole, so that expectations read at a glance.
std::string Show(const Reply& reply) {
  std::string out;
  if (!reply.attributes.empty()) {
    out += "|";
    for (const Reply& attribute : reply.attributes) out += Show(attribute) + ";";
    out += "|";
  }
  const auto list = [&](const char* open, const char* close) {
    out += open;
    for (const Reply& element : reply.elements) out += Show(element) + ",";
    out += close;
  };
  switch (reply.type) {
    case Reply::Type::kNull:
      return out + "null";
    case Reply::Type::kStatus:
      return out + "+" + reply.text;
    case Reply::Type::kError:
      return out + "-" + reply.text;
    case Reply::Type::kInteger:
      return out + std::to_string(reply.integer);
    case Reply::Type::kBulk:
      return out + "'" + reply.text + "'";
    case Reply::Type::kBoolean:
      return out + (reply.integer != 0 ? "true" : "false");
    case Reply::Type::kDouble:
      return out + "d" + reply.text;
    case Reply::Type::kBigNumber:
      return out + "n" + reply.text;
    case Reply::Type::kVerbatim:
      return out + reply.format + ":" + reply.text;
    case Reply::Type::kArray:
      list("[", "]");
      return out;
    case Reply::Type::kMap:
      list("{", "}");
      return out;
    case Reply::Type::kSet:
      list("<", ">");
      return out;
    case Reply::Type::kPush:
      list("(", ")");
      return out;
  }
  return out;
}

// All replies of `stream`, which arrives `step` bytes at a time; "broken" at the end if it is.
std::vector<std::string> ReadAll(Bytes stream, size_t step) {
  ReplyParser parser;
  std::vector<std::string> replies;
  std::string waiting;
  while (!stream.empty()) {
    const Bytes arrived = stream.substr(0, step);
    stream.remove_prefix(arrived.size());
    waiting += arrived;
    while (true) {
      Reply reply;
      const auto read = parser.Parse(waiting, reply);
      waiting.erase(0, read.consumed);
      if (read.outcome == ReplyParser::Outcome::kNeedMore) break;
      if (read.outcome == ReplyParser::Outcome::kBroken) {
        replies.emplace_back("broken");
        return replies;
      }
      replies.push_back(Show(reply));
    }
  }
  return replies;
}

struct ReplyStream {
  const char* why;
  std::string stream;
  std::vector<std::string> expected;
};

class ReplyParserTest : public testing::TestWithParam<ReplyStream> {};

TEST_P(ReplyParserTest, ReadsInPiecesOfEverySize) {
  const ReplyStream& c = GetParam();
  for (size_t step = 1; step <= c.stream.size(); ++step)
    ASSERT_EQ(ReadAll(c.stream, step), c.expected) << "in pieces of " << step;
}

const ReplyStream kReplyStreams[] = {
    {"Scalars", "+OK\r\n-ERR x y\r\n:-12\r\n", {"+OK", "-ERR x y", "-12"}},
    {"Bulks", "$5\r\na\r\nbc\r\n$0\r\n\r\n", {"'a\r\nbc'", "''"}},
    {"Nulls", "$-1\r\n*-1\r\n_\r\n", {"null", "null", "null"}},
    {"Resp3Scalars",
     "#t\r\n#f\r\n,1.5\r\n,-inf\r\n(123\r\n=8\r\ntxt:abcd\r\n!5\r\nERR x\r\n",
     {"true", "false", "d1.5", "d-inf", "n123", "txt:abcd", "-ERR x"}},
    {"Nested", "*3\r\n:1\r\n*2\r\n+a\r\n*0\r\n$1\r\nb\r\n:5\r\n", {"[1,[+a,[],],'b',]", "5"}},
    {"Aggregates", "%1\r\n+k\r\n~2\r\n:1\r\n:2\r\n>1\r\n+push\r\n", {"{+k,<1,2,>,}", "(+push,)"}},
    {"Attribute",
     "|1\r\n+ttl\r\n:9\r\n*2\r\n|1\r\n+a\r\n+b\r\n:1\r\n:2\r\n",
     {"|+ttl;9;|[|+a;+b;|1,2,]"}},
    {"EmptyAttribute", "|0\r\n:1\r\n", {"1"}},
    {"UnknownType", "?x\r\n", {"broken"}},
    {"EmptyLine", "\r\n", {"broken"}},
    {"BadInteger", ":1x\r\n", {"broken"}},
    {"BadBoolean", "#x\r\n", {"broken"}},
    {"BadLength", "$x\r\n", {"broken"}},
    {"LengthTooShort", "$2\r\nabc\r\n", {"broken"}},
    {"BadCount", "*-2\r\n", {"broken"}},
    {"StreamedString", "$?\r\n", {"broken"}},
    {"VerbatimWithoutFormat", "=3\r\nabc\r\n", {"broken"}},
};
INSTANTIATE_TEST_SUITE_P(Cases, ReplyParserTest, testing::ValuesIn(kReplyStreams),
                         [](const auto& info) { return std::string(info.param.why); });

TEST(ReplyParserLimitsTest, DepthLengthAndLine) {
  std::string deep;
  for (size_t i = 0; i < ReplyParser::kMaxDepth; ++i) deep += "*1\r\n";
  EXPECT_EQ(ReadAll(deep + ":1\r\n", deep.size() + 4).size(), 1U);
  EXPECT_EQ(ReadAll("*1\r\n" + deep, 1000), std::vector<std::string>{"broken"});
  EXPECT_EQ(ReadAll("$536870913\r\n", 100), std::vector<std::string>{"broken"});
  EXPECT_EQ(ReadAll(std::string(70'000, '+'), 70'000), std::vector<std::string>{"broken"});
}

// Whatever the writer writes, the parser reads back.
TEST(ReplyParserRoundTripTest, BothProtocols) {
  for (const Protocol protocol : {Protocol::kResp2, Protocol::kResp3}) {
    OutputBuffer buffer;
    ReplyWriter writer(buffer, protocol);
    writer.Array(9);
    writer.Ok();
    writer.Error("ERR bad\r\nline");
    writer.Integer(-5);
    writer.Bulk(Bytes("bytes"));
    writer.Null();
    writer.Boolean(true);
    writer.Double(0.25);
    writer.Verbatim("txt", "some text");
    writer.Map(1);
    writer.Bulk(Bytes("key"));
    writer.Set(1);
    writer.Integer(1);

    Bytes whole;
    ASSERT_EQ(buffer.Peek(&whole, 1), 1U);
    const bool resp3 = protocol == Protocol::kResp3;
    const std::string expected =
        resp3 ? "[+OK,-ERR bad  line,-5,'bytes',null,true,d0.25,txt:some text,{'key',<1,>,},]"
              : "[+OK,-ERR bad  line,-5,'bytes',null,1,'0.25','some text',['key',[1,],],]";
    EXPECT_EQ(ReadAll(whole, 1), std::vector<std::string>{expected});
  }
}

}  // namespace
}  // namespace thimble
