#include "server/command/effect_stream.h"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

void Add(EffectStream& stream, int database, Bytes name, std::initializer_list<Bytes> args) {
  stream.Add(database, name, std::span(args.begin(), args.size()));
}

constexpr Bytes kSelect0 = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n";
constexpr Bytes kSelect12 = "*2\r\n$6\r\nSELECT\r\n$2\r\n12\r\n";
constexpr Bytes kDelA = "*2\r\n$3\r\nDEL\r\n$1\r\na\r\n";
constexpr Bytes kDelB = "*2\r\n$3\r\nDEL\r\n$1\r\nb\r\n";

std::string Joined(std::initializer_list<Bytes> pieces) {
  std::string joined;
  for (const Bytes piece : pieces) joined += piece;
  return joined;
}

TEST(EffectStreamTest, SelectsWhereTheDatabaseChanges) {
  EffectStream stream;
  EXPECT_TRUE(stream.empty());
  for (const int database : {0, 0, 12}) {
    Add(stream, database, "DEL", {"a"});
    stream.EndGroup();
  }
  EXPECT_EQ(stream.Take(), Joined({kSelect0, kDelA, kDelA, kSelect12, kDelA}));
  EXPECT_TRUE(stream.empty());
  Add(stream, 12, "DEL", {"b"});
  stream.EndGroup();
  EXPECT_EQ(stream.Take(), kDelB);
  stream.StartAnew();
  Add(stream, 12, "DEL", {"b"});
  stream.EndGroup();
  EXPECT_EQ(stream.Take(), Joined({kSelect12, kDelB}));
}

TEST(EffectStreamTest, WhatBelongsTogetherStandsInATransaction) {
  EffectStream stream;
  Add(stream, 0, "DEL", {"a"});
  Add(stream, 12, "DEL", {"b"});
  Add(stream, 12, "DEL", {"a"});
  stream.EndGroup();
  EXPECT_EQ(stream.Take(), Joined({kSelect0, "*1\r\n$5\r\nMULTI\r\n", kDelA, kSelect12, kDelB,
                                   kDelA, "*1\r\n$4\r\nEXEC\r\n"}));
}

TEST(EffectStreamTest, OnlyWholeGroupsAreTaken) {
  EffectStream stream;
  Add(stream, 0, "DEL", {"a"});
  stream.EndGroup();
  const size_t whole = stream.size();
  Add(stream, 0, "DEL", {"b"});
  EXPECT_TRUE(stream.in_group());
  EXPECT_EQ(stream.size(), whole);
  EXPECT_EQ(stream.Take(), Joined({kSelect0, kDelA}));
  EXPECT_TRUE(stream.empty());
  Add(stream, 0, "DEL", {"a"});
  stream.EndGroup();
  EXPECT_EQ(stream.Take(), Joined({"*1\r\n$5\r\nMULTI\r\n", kDelB, kDelA, "*1\r\n$4\r\nEXEC\r\n"}));
}

// What is in memory that is used again does not show.
TEST(EffectStreamTest, GoesOnInMemoryThatWasTaken) {
  EffectStream stream;
  std::string expected(kSelect0);
  for (size_t round = 0; round < 20; ++round) {
    for (size_t i = 0; i < 1000 * (round % 3); ++i) {
      stream.AddRequest(0, kDelA);
      stream.EndGroup();
      expected += kDelA;
    }
    stream.AddRequest(0, kDelB);  // Stays for the next round.
    std::string taken = stream.Take();
    ASSERT_EQ(taken, expected) << round;
    std::fill(taken.begin(), taken.end(), '#');
    stream.Reuse(std::move(taken));
    stream.EndGroup();
    expected = kDelB;
  }
}

TEST(EffectStreamTest, StampsEachSecondOnceAndNeverWithinAGroup) {
  EffectStream stream;
  stream.Stamp(1000);
  Add(stream, 0, "DEL", {"a"});
  stream.Stamp(1001);
  stream.EndGroup();
  stream.Stamp(1000);
  stream.Stamp(1001);
  EXPECT_EQ(stream.Take(), Joined({"#TS:1000\r\n", kSelect0, kDelA, "#TS:1001\r\n"}));
}

TEST(EffectStreamTest, LongArgumentsAndManyOfThem) {
  EffectStream stream;
  const std::string text(100'000, 'x');
  std::vector<Bytes> args(1000, "12345678901");
  args[500] = text;
  stream.Add(0, "SADD", args);
  stream.EndGroup();
  const std::string taken = stream.Take();
  EXPECT_TRUE(taken.starts_with(std::string(kSelect0) + "*1001\r\n$4\r\nSADD\r\n$11\r\n123"));
  EXPECT_NE(taken.find("\r\n$100000\r\nxxx"), std::string::npos);
}

}  // namespace
}  // namespace thimble
