#include <string>

#include "server/commands/debug_handlers.h"

namespace thimble {
namespace {

using Sample = Result<void> (*)(ReplyWriter& reply);

Result<void> SampleArray(ReplyWriter& reply) {
  reply.Array(3);
  for (int i = 0; i < 3; ++i) reply.Integer(i);
  return Ok();
}

Result<void> SampleSet(ReplyWriter& reply) {
  reply.Set(3);
  for (int i = 0; i < 3; ++i) reply.Integer(i);
  return Ok();
}

Result<void> SampleMap(ReplyWriter& reply) {
  reply.Map(3);
  for (int i = 0; i < 3; ++i) {
    reply.Integer(i);
    reply.Boolean(i == 1);
  }
  return Ok();
}

// An attribute is nothing by itself: in RESP2 only the reply behind it is sent.
Result<void> SampleAttribute(ReplyWriter& reply) {
  if (reply.protocol() == Protocol::kResp3) {
    reply.Attribute(1);
    reply.Bulk(Bytes("key-popularity"));
    reply.Array(2);
    reply.Bulk(Bytes("key:123"));
    reply.Integer(90);
  }
  reply.Bulk(Bytes("Some real reply following the attribute"));
  return Ok();
}

Result<void> SamplePush(ReplyWriter& reply) {
  if (reply.protocol() == Protocol::kResp2) {
    return Error::Message("ERR RESP2 is not supported by this command");
  }
  reply.Push(2);
  reply.Bulk(Bytes("server-cpu-usage"));
  reply.Integer(42);
  reply.Bulk(Bytes("Some real reply following the push reply"));
  return Ok();
}

constexpr struct {
  Bytes name;
  Sample write;
} kSamples[] = {
    {"string",
     [](ReplyWriter& reply) {
       reply.Bulk(Bytes("Hello World"));
       return Ok();
     }},
    {"integer",
     [](ReplyWriter& reply) {
       reply.Integer(12345);
       return Ok();
     }},
    {"double",
     [](ReplyWriter& reply) {
       reply.Double(3.141);
       return Ok();
     }},
    {"bignum",
     [](ReplyWriter& reply) {
       reply.BigNumber("1234567999999999999999999999999999999");
       return Ok();
     }},
    {"null",
     [](ReplyWriter& reply) {
       reply.Null();
       return Ok();
     }},
    {"array", SampleArray},
    {"set", SampleSet},
    {"map", SampleMap},
    {"attrib", SampleAttribute},
    {"push", SamplePush},
    {"verbatim",
     [](ReplyWriter& reply) {
       reply.Verbatim("txt", "This is a verbatim\nstring");
       return Ok();
     }},
    {"true",
     [](ReplyWriter& reply) {
       reply.Boolean(true);
       return Ok();
     }},
    {"false",
     [](ReplyWriter& reply) {
       reply.Boolean(false);
       return Ok();
     }},
};

}  // namespace

// DEBUG PROTOCOL type
Result<void> DebugProtocol(CommandContext& ctx, ArgCursor args) {
  const Bytes wanted = args.Next();
  std::string names;
  for (const auto& sample : kSamples) {
    if (EqualsIgnoringCase(wanted, sample.name)) return sample.write(ctx.reply());
    if (!names.empty()) names += '|';
    names += sample.name;
  }
  return Error::Message("ERR Wrong protocol type name. Please use one of the following: " + names);
}

}  // namespace thimble
