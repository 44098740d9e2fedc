#include "server/session/command_queue.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/command/registry.h"

namespace thimble {
namespace {

using QueuedWords = std::vector<std::vector<std::string>>;

QueuedWords WordsIn(CommandQueue& queue) {
  QueuedWords all;
  queue.ForEach([&](const Command&, std::span<const Bytes> args, HashHints&) {
    all.emplace_back(args.begin(), args.end());
  });
  return all;
}

TEST(CommandQueue, OfNothingNothingComesBack) {
  CommandQueue queue;
  EXPECT_EQ(queue.size(), 0U);
  EXPECT_EQ(queue.MemoryBytes(), 0U);
  EXPECT_EQ(WordsIn(queue), QueuedWords());
}

// Arguments as they stand in a request, as they stand anywhere, and none where the input was.
TEST(CommandQueue, ArgumentsAreCopiedWhereverTheyStand) {
  std::string input = "*3\r\n$4\r\nhset\r\n$0\r\n\r\n$1\r\nf\r\n";
  const std::vector<Bytes> in_order = {Bytes(input).substr(8, 4), Bytes(input).substr(18, 0),
                                       Bytes(input).substr(24, 1)};
  const std::vector<Bytes> backwards = {in_order[2], in_order[1], in_order[0]};
  const std::string elsewhere(3, 'e');
  const std::vector<Bytes> mixed = {in_order[0], elsewhere, in_order[2]};
  const Command command;
  CommandQueue queue;
  queue.Add(command, in_order, {});
  queue.Add(command, backwards, {});
  queue.Add(command, mixed, {});
  input.assign(input.size(), '?');
  EXPECT_EQ(queue.size(), 3U);
  EXPECT_EQ(WordsIn(queue),
            (QueuedWords{{"hset", "", "f"}, {"f", "", "hset"}, {"hset", "eee", "f"}}));
}

TEST(CommandQueue, HashesStayWithTheirArguments) {
  const std::string input = "hset key field value";
  const std::vector<Bytes> args = {Bytes(input).substr(0, 4), Bytes(input).substr(5, 3),
                                   Bytes(input).substr(9, 5), Bytes(input).substr(15)};
  const std::string other = "other";
  const Command command;
  CommandQueue queue;
  queue.Add(command, args, {{args[1], 1, {}}, {args[2], 2, {}}, 44});
  queue.Add(command, args, {{other, 3, {}}, {}, 0});
  std::vector<std::string> hints;
  queue.ForEach([&](const Command& queued, std::span<const Bytes> copies, HashHints& known) {
    EXPECT_EQ(&queued, &command);
    EXPECT_TRUE(known.key.bytes.empty() || known.key.bytes.data() == copies[1].data());
    EXPECT_TRUE(known.field.bytes.empty() || known.field.bytes.data() == copies[2].data());
    hints.push_back(std::string(known.key.bytes) + std::to_string(known.key.hash) +
                    std::string(known.field.bytes) + std::to_string(known.field.hash) + " " +
                    std::to_string(known.input_bytes));
  });
  EXPECT_EQ(hints, (std::vector<std::string>{"key1field2 44", "00 0"}));
}

// Blocks double up to a limit; what is larger has one of its own. What was queued never moves.
TEST(CommandQueue, GrowsWithoutMovingAnything) {
  const Command command;
  CommandQueue queue;
  QueuedWords expected;
  const auto places = [&] {
    std::vector<const char*> all;
    queue.ForEach([&](const Command&, std::span<const Bytes> copies, HashHints&) {
      all.push_back(copies[1].data());
    });
    return all;
  };
  for (const size_t size : {1U, 100U, 5000U, 3'000'000U, 0U, 70'000U}) {
    for (int i = 0; i < 40 && (i == 0 || size < 100'000); ++i) {
      expected.push_back({"set", std::string(size, 'x'), std::to_string(i)});
      const std::vector<Bytes> args(expected.back().begin(), expected.back().end());
      const std::vector<const char*> before = places();
      queue.Add(command, args, {});
      std::vector<const char*> after = places();
      after.pop_back();
      ASSERT_EQ(after, before);
    }
  }
  EXPECT_EQ(WordsIn(queue), expected);
  EXPECT_LE(queue.used_bytes(), queue.MemoryBytes());
  EXPECT_LE(queue.MemoryBytes(), queue.used_bytes() * 2);
}

}  // namespace
}  // namespace thimble
