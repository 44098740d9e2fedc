// RdbWriter and RdbReader: what one writes the other reads, however it is cut, and nothing else.
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/random.h"
#include "storage/rdb/rdb_reader.h"
#include "storage/rdb/rdb_writer.h"

namespace thimble {
namespace {

// Gives its bytes `step` at a time.
class SlowSource final : public ByteSource {
 public:
  SlowSource(Bytes bytes, size_t step) : left_(bytes), step_(step) {}
  Bytes Next() override {
    const Bytes piece = left_.substr(0, step_);
    left_.remove_prefix(piece.size());
    return piece;
  }

 private:
  Bytes left_;
  size_t step_;
};

class RefusingSink final : public ByteSink {
 public:
  bool Write(Bytes) override { return false; }
};

constexpr uint64_t kLengths[] = {0,     1,     63,         64,         16383,     16384,
                                 65535, 65536, UINT32_MAX, 1ULL << 32, UINT64_MAX};

std::string Written(const std::vector<std::string>& strings, bool compress) {
  std::string out;
  StringSink sink(out);
  RdbWriter writer(sink, {.compress = compress, .checksum = true});
  for (const uint64_t length : kLengths) writer.Length(length);
  for (const std::string& string : strings) writer.String(Bytes(string));
  writer.Fixed64(writer.Checksum());
  EXPECT_TRUE(writer.Flush());
  return out;
}

std::vector<std::string> Strings() {
  Random random(3);
  std::vector<std::string> strings = {"",
                                      "0",
                                      "-1",
                                      "127",
                                      "128",
                                      "-129",
                                      "32768",
                                      "2147483647",
                                      "2147483648",
                                      "-2147483648",
                                      "01",
                                      "+1",
                                      "1 ",
                                      std::string("a\0b", 3),
                                      std::string(100'000, 'x')};
  for (int i = 0; i < 50; ++i) {
    std::string string;
    for (uint64_t n = random.Below(300); n > 0; --n) {
      string += static_cast<char>(random.Below(i % 2 == 0 ? 256 : 3));
    }
    strings.push_back(string);
  }
  return strings;
}

TEST(RdbPrimitivesTest, RoundTrip) {
  const std::vector<std::string> strings = Strings();
  for (const bool compress : {false, true}) {
    const std::string bytes = Written(strings, compress);
    for (const size_t step : {size_t{1}, size_t{2}, size_t{7}, size_t{4096}, bytes.size()}) {
      SlowSource source(bytes, step);
      RdbReader reader(source);
      for (const uint64_t length : kLengths) EXPECT_EQ(reader.Length(), length);
      for (const std::string& string : strings) EXPECT_EQ(reader.String(), string);
      const uint64_t checksum = reader.Checksum();
      EXPECT_EQ(reader.Fixed64(), checksum);
      EXPECT_TRUE(reader.ok());
      EXPECT_TRUE(reader.AtEnd());
      EXPECT_EQ(reader.position(), bytes.size());
    }
  }
}

// Of short strings none of which gets shorter few are tried; once they do get shorter, or are long,
// all are packed again.
TEST(RdbPrimitivesTest, CompressionIsTriedWhereItPays) {
  Random random(4);
  std::vector<std::string> noise;
  for (int i = 0; i < 10'000; ++i) {
    std::string& string = noise.emplace_back(100, ' ');
    for (char& byte : string) byte = static_cast<char>(random.Next());
  }
  const std::vector<std::string> pattern(10'000, std::string(100, 'p'));
  const auto size_of = [](const std::vector<std::string>& strings) {
    return Written(strings, true).size();
  };
  const size_t packed = size_of(pattern);
  EXPECT_LT(packed, pattern.size() * 20);
  std::vector<std::string> mixed = noise;
  mixed.insert(mixed.end(), pattern.begin(), pattern.end());
  const size_t passed_over = (size_of(mixed) - size_of(noise) - packed) / 100;
  EXPECT_GT(passed_over, 32u);
  EXPECT_LT(passed_over, 5000u);
  std::vector<std::string> in_turn;
  for (size_t i = 0; i < noise.size(); ++i) in_turn.insert(in_turn.end(), {noise[i], pattern[i]});
  EXPECT_LT(size_of(in_turn), size_of(noise) + packed + 1000);
  std::vector<std::string> with_long = noise;
  with_long.emplace_back(1000, 'p');
  EXPECT_LT(size_of(with_long), size_of(noise) + 50);
}

TEST(RdbPrimitivesTest, SkippingReadsAsFar) {
  const std::vector<std::string> strings = Strings();
  const std::string bytes = Written(strings, true);
  SlowSource source(bytes, 5);
  RdbReader reader(source);
  for (size_t i = 0; i < std::size(kLengths); ++i) reader.Length();
  for (size_t i = 0; i < strings.size(); ++i) reader.SkipString();
  reader.Skip(8);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.position(), bytes.size());
}

TEST(RdbPrimitivesTest, IntegersAreWrittenAsSuch) {
  std::string out;
  StringSink sink(out);
  RdbWriter writer(sink, {});
  writer.String(Bytes("-1"));
  writer.String(Text(int64_t{300}));
  writer.String(Text(int64_t{1} << 40));
  writer.Flush();
  EXPECT_EQ(out, std::string("\xC0\xFF\xC1\x2C\x01\x0D", 6) + "1099511627776");
}

// Every prefix of what is sound ends in an error that says so, and never in anything worse.
TEST(RdbPrimitivesTest, Truncated) {
  const std::vector<std::string> strings = {"hello", "12", std::string(100, 'z')};
  const std::string bytes = Written(strings, true);
  for (size_t size = 0; size < bytes.size(); ++size) {
    MemorySource source(Bytes(bytes).substr(0, size));
    RdbReader reader(source);
    for (size_t i = 0; i < std::size(kLengths); ++i) reader.Length();
    for (size_t i = 0; i < strings.size(); ++i) reader.String();
    reader.Fixed64();
    EXPECT_FALSE(reader.ok()) << size;
    EXPECT_TRUE(reader.truncated()) << size;
    EXPECT_EQ(reader.String(), "");
    EXPECT_EQ(reader.Length(), 0U);
  }
}

struct Malformed {
  const char* why;
  std::string bytes;
};

// Lengths that nothing backs must fail without being allocated.
TEST(RdbPrimitivesTest, Malformed) {
  const Malformed cases[] = {
      {"a length of 2^62", std::string("\x81\x40\0\0\0\0\0\0\0", 9)},
      {"an unknown length", std::string("\x82\0\0\0\0", 5)},
      {"an unknown string", "\xC4"},
      {"packed bytes that are not there", std::string("\xC3\x80\x7F\xFF\xFF\xFF\x01", 7)},
      {"more than packing can give", std::string("\xC3\x01\x80\x7F\xFF\xFF\xFF"
                                                 "a",
                                                 8)},
      {"nothing packed", std::string("\xC3\0\0", 3)},
      {"packed bytes that end too early", std::string("\xC3\x01\x05\x04", 4)},
  };
  for (const Malformed& tested : cases) {
    MemorySource source(tested.bytes);
    RdbReader reader(source);
    EXPECT_EQ(reader.String(), "") << tested.why;
    EXPECT_FALSE(reader.ok()) << tested.why;
  }
}

TEST(RdbPrimitivesTest, ASinkThatRefuses) {
  RefusingSink sink;
  RdbWriter writer(sink, {});
  writer.String(Bytes(std::string(1 << 20, 'r')));
  EXPECT_FALSE(writer.Flush());
  EXPECT_FALSE(writer.ok());
}

}  // namespace
}  // namespace thimble
