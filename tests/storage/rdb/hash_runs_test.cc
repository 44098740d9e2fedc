#include "storage/rdb/hash_runs.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/number.h"
#include "storage/compact/run.h"
#include "storage/rdb/listpack.h"

namespace thimble {
namespace {

constexpr size_t kMostFields = 128;

using Items = std::vector<std::string>;

std::string ListpackOf(const Items& items, bool integers = true) {
  size_t bytes = 0;
  for (const std::string& item : items) bytes += item.size();
  std::vector<char> room(ListpackWriter::MostBytes(items.size(), bytes));
  ListpackWriter writer(room.data());
  for (const std::string& item : items) {
    const auto integer = integers ? ParseInt64(item) : std::nullopt;
    writer.Append(integer ? Text(*integer) : Text(Bytes(item)));
  }
  return std::string(writer.Finish());
}

std::string RunOf(const Items& items) {
  ByteBuffer buffer;
  for (const std::string& item : items) RunEditor(buffer).Append(item);
  return std::string(buffer.bytes());
}

std::optional<std::string> Made(HashRuns& runs, Bytes listpack) {
  const std::optional<Bytes> run = runs.Make(listpack, kMostFields);
  return run ? std::optional<std::string>(*run) : std::nullopt;
}

// One that has no other to go by.
std::optional<std::string> MadeAlone(Bytes listpack) {
  HashRuns runs;
  return Made(runs, listpack);
}

const Items kFieldNames = {"name", "email", "", "12", std::string(63, 'f'), std::string(64, 'g'),
                           "x"};
const Items kFieldValues = {"",
                            "short",
                            "0",
                            "-1",
                            "127",
                            "-128",
                            "128",
                            "4095",
                            "-4096",
                            "32767",
                            "8388607",
                            "-2147483648",
                            "9223372036854775807",
                            "01",
                            "2026-11-29",
                            "19.99",
                            std::string(63, 'a'),
                            std::string(64, 'b'),
                            std::string(125, 'c'),
                            std::string(126, 'd'),
                            std::string(247, 'e'),
                            std::string(248, 'f'),
                            std::string(5000, 'g')};

TEST(HashRuns, WhateverCameBeforeTheRunIsTheSame) {
  std::mt19937 random(5);
  HashRuns runs;
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    Items items;
    std::vector<size_t> names;
    bool is_repeated = false;
    const size_t fields = random() % 8 != 0 ? 4 : 1 + random() % kFieldNames.size();
    for (size_t i = 0; i < fields; ++i) {
      const size_t name = random() % 16 != 0 ? i : random() % kFieldNames.size();
      is_repeated |= std::find(names.begin(), names.end(), name) != names.end();
      names.push_back(name);
      items.push_back(kFieldNames[name]);
      items.push_back(kFieldValues[random() % kFieldValues.size()]);
    }
    refused += is_repeated ? 1 : 0;
    const auto expected = is_repeated ? std::nullopt : std::optional(RunOf(items));
    ASSERT_EQ(Made(runs, ListpackOf(items)), expected);
    // Integers as strings, which Redis does not write, are the same to us.
    if (random() % 16 == 0) {
      ASSERT_EQ(Made(runs, ListpackOf(items, false)), expected);
    }
  }
  EXPECT_GT(refused, 1000);
}

TEST(HashRuns, DamageIsSeenBesideALikeOne) {
  std::mt19937 random(6);
  HashRuns runs;
  int sound = 0;
  for (int round = 0; round < 20000; ++round) {
    Items items;
    for (size_t i = 0; i < 4; ++i) {
      items.push_back(kFieldNames[i]);
      items.push_back(kFieldValues[random() % kFieldValues.size()]);
    }
    const std::string whole = ListpackOf(items);
    ASSERT_TRUE(Made(runs, whole));
    std::string damaged = whole;
    if (random() % 4 == 0) {
      damaged.resize(random() % damaged.size());
    } else {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    // In a block of its own, so that a look beyond its end is found.
    const std::vector<char> block(damaged.begin(), damaged.end());
    const auto alone = MadeAlone(Bytes(block.data(), block.size()));
    ASSERT_EQ(Made(runs, Bytes(block.data(), block.size())), alone);
    sound += alone ? 1 : 0;
  }
  EXPECT_GT(sound, 1000);
  EXPECT_LT(sound, 19000);
}

TEST(HashRuns, MoreFieldsThanAllowedAreRefused) {
  HashRuns runs;
  const std::string listpack = ListpackOf({"a", "1", "b", "2"});
  EXPECT_TRUE(runs.Make(listpack, 2));
  EXPECT_FALSE(runs.Make(listpack, 1));
}

}  // namespace
}  // namespace thimble
