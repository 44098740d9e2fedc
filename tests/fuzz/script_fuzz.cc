// Scripts: any source text, and any bytes through the libraries and the conversions both ways. The
// server must answer with one well-formed reply, whatever it is, and go on answering.

#include <cstdint>
#include <string>

#include "protocol/reply_parser.h"
#include "storage/common/check.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

// Each takes the input as its arguments.
constexpr const char* kScripts[] = {
    "return cjson.decode(ARGV[1])",
    "local ok, v = pcall(cjson.decode, ARGV[1]) if ok then return cjson.encode(v) end",
    "return {cmsgpack.unpack(ARGV[1])}",
    "local ok, v = pcall(cmsgpack.unpack, ARGV[1]) if ok then return cmsgpack.pack(v) end",
    "return {struct.unpack(ARGV[1], ARGV[2])}",
    "return struct.pack(ARGV[1], ARGV[2], 1, 2, 3, ARGV[2])",
    "return {string.find(ARGV[1], ARGV[2])}",
    "return {string.gsub(ARGV[1], ARGV[2], ARGV[3], 100)}",
    "local r = {} for a, b in string.gmatch(ARGV[1], ARGV[2]) do r[#r + 1] = a end return r",
    "return string.format(ARGV[1], ARGV[2], 1, 2.5)",
    "return {loadstring(ARGV[1])}",
    "return redis.call(ARGV[1], ARGV[2], ARGV[3])",
    "redis.setresp(3) return redis.pcall(ARGV[1], ARGV[2], ARGV[3])",
    "return {ok = ARGV[1]}",
    "return {err = ARGV[1]}",
    "return {map = {[ARGV[1]] = {double = tonumber(ARGV[2])}, x = {set = {[ARGV[3]] = true}}}}",
    "return {big_number = ARGV[1]}",
    "return {verbatim_string = {format = ARGV[1], string = ARGV[2]}}",
    "return redis.error_reply(ARGV[1])",
    "error(ARGV[1])",
    "return {tonumber(ARGV[1]), tostring(tonumber(ARGV[2])), bit.tohex(tonumber(ARGV[3]) or 0)}",
};
constexpr size_t kScriptCount = sizeof kScripts / sizeof *kScripts;

// Up to three arguments, cut where the input has its first two zeros.
struct Arguments {
  std::string parts[3];
  explicit Arguments(std::string_view input) {
    for (std::string& part : parts) {
      const size_t end = &part == &parts[2] ? input.size() : input.find('\0');
      part = input.substr(0, end);
      input.remove_prefix(end < input.size() ? end + 1 : input.size());
    }
  }
};

// One whole reply, or several where the script could send pushes: all well-formed.
void CheckReplies(std::string_view bytes) {
  constexpr size_t kMaxDepth = 100'000;  // Lua's stack sets the limit, not the protocol.
  ReplyParser parser(bytes.size(), kMaxDepth);
  while (!bytes.empty()) {
    Reply reply;
    const ReplyParser::Step step = parser.Parse(bytes, reply);
    THIMBLE_CHECK(step.outcome != ReplyParser::Outcome::kBroken);
    if (step.outcome == ReplyParser::Outcome::kNeedMore) return;  // Nested beyond what it reads.
    bytes.remove_prefix(step.consumed);
  }
}

void Play(std::string_view input) {
  test::InProcessServer server({{"rename-command", "debug none"}, {"busy-reply-threshold", "50"}});
  server.clock().set_step_us(1000);
  test::InProcessClient client(server);
  test::InProcessClient other(server);
  const auto what = static_cast<unsigned char>(input[0]);
  input.remove_prefix(1);
  if ((what & 128U) != 0) client.Call({"HELLO", "3"});
  const Arguments arguments(input);
  const size_t script = what % (kScriptCount + 1);
  const std::string request =
      script < kScriptCount ? test::Request({"EVAL", kScripts[script], "0", arguments.parts[0],
                                             arguments.parts[1], arguments.parts[2]})
                            : test::Request({"EVAL", input, "1", "key", "argument"});
  (void)send(client.fd(), request.data(), request.size(), MSG_NOSIGNAL);
  for (int i = 0; i < 20; ++i) server.Turn();
  while (server.services().scripts.runner.busy()) {
    if (other.Call({"SCRIPT", "KILL"}).starts_with("-UNKILLABLE")) {
      return server.services().scripts.runner.Stop();
    }
  }
  CheckReplies(client.Pending());
  THIMBLE_CHECK(!server.CheckInvariants());
  THIMBLE_CHECK(other.Call({"EVAL", "return 'alive'", "0"}) == "$5\r\nalive\r\n");
}

}  // namespace
}  // namespace thimble

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 0) thimble::Play({reinterpret_cast<const char*>(data), size});
  return 0;
}
