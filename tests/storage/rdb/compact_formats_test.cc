// Listpacks, ziplists, zipmaps and intsets: what is sound is read, whatever is not is refused.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/number.h"
#include "storage/rdb/listpack.h"
#include "storage/rdb/old_formats.h"

namespace thimble {
namespace {

using Items = std::vector<std::string>;
using ItemWalk = bool (*)(Bytes, FunctionRef<bool(Bytes)>);

std::optional<Items> ItemsOf(ItemWalk walk, Bytes bytes) {
  Items items;
  const bool sound = walk(bytes, [&](Bytes item) {
    items.emplace_back(item);
    return true;
  });
  return sound ? std::optional(items) : std::nullopt;
}

std::optional<std::vector<int64_t>> IntegersOf(Bytes intset) {
  std::vector<int64_t> integers;
  const bool sound = WalkIntset(intset, [&](int64_t integer) {
    integers.push_back(integer);
    return true;
  });
  return sound ? std::optional(integers) : std::nullopt;
}

// Items as storage keeps them, in as little room as is promised to be enough.
std::string Listpack(const Items& items) {
  size_t string_bytes = 0;
  for (const std::string& item : items) string_bytes += ParseInt64(item) ? 0 : item.size();
  std::vector<char> room(ListpackWriter::MostBytes(items.size(), string_bytes));
  ListpackWriter writer(room.data());
  for (const std::string& item : items) {
    const auto integer = ParseInt64(item);
    writer.Append(integer ? Text(*integer) : Text(Bytes(item)));
  }
  return std::string(writer.Finish());
}

// A copy with any one byte changed must be read as something or refused: sanitizers see the rest.
// With any byte missing it must be refused.
void Mangle(ItemWalk walk, const std::string& sound) {
  for (size_t i = 0; i < sound.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = sound;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      ItemsOf(walk, changed);
    }
    const std::string copy = sound.substr(0, i);
    EXPECT_EQ(ItemsOf(walk, copy), std::nullopt) << i;
  }
}

TEST(ListpackTest, RoundTrip) {
  Items items = {"",
                 "a",
                 "0",
                 "127",
                 "128",
                 "-1",
                 "4095",
                 "-4096",
                 "4096",
                 "32767",
                 "32768",
                 "8388607",
                 "-8388608",
                 "8388608",
                 "2147483647",
                 "2147483648",
                 "-9223372036854775808",
                 "01",
                 std::string(63, 'b'),
                 std::string(64, 'c'),
                 std::string(4095, 'd'),
                 std::string(4096, 'e'),
                 std::string(70'000, 'f')};
  EXPECT_EQ(ItemsOf(WalkListpack, Listpack(items)), items);
}

TEST(ListpackTest, AsRedisWritesIt) {
  EXPECT_EQ(Listpack({"f", "1"}), std::string("\x0C\0\0\0\x02\0\x81"
                                              "f\x02\x01\x01\xFF",
                                              12));
}

TEST(ListpackTest, Mangled) {
  Mangle(WalkListpack,
         Listpack({"field", "12", "another", "300", "-5000000000", std::string(200, 'g')}));
}

TEST(ListpackTest, Stops) {
  int visits = 0;
  EXPECT_FALSE(WalkListpack(Listpack({"a", "b"}), [&](Bytes) { return ++visits < 1; }));
  EXPECT_EQ(visits, 1);
}

const std::string kZiplist(
    "\x26\0\0\0\x22\0\0\0\x07\0"
    "\0\x01"
    "f"
    "\x03\xFE\xF9"
    "\x03\xC0\0\x10"
    "\x04\xF3"
    "\x02\xF0\xFF\xFF\xFF"
    "\x05\xFD"
    "\x02\x02gg"
    "\xFF",
    10 + 3 + 3 + 4 + 2 + 5 + 2 + 4 + 1);

TEST(ZiplistTest, Reads) {
  std::string ziplist = kZiplist;
  ziplist[0] = static_cast<char>(ziplist.size());
  ziplist[4] = static_cast<char>(ziplist.size() - 5);
  EXPECT_EQ(ItemsOf(WalkZiplist, ziplist), (Items{"f", "-7", "4096", "2", "-1", "12", "gg"}));
  Mangle(WalkZiplist, ziplist);
}

TEST(ZipmapTest, Reads) {
  const std::string zipmap(
      "\x02\x01"
      "f\x05\0hello\x02gg\x01\x02v\0\0\xFF",
      19);
  EXPECT_EQ(ItemsOf(WalkZipmap, zipmap), (Items{"f", "hello", "gg", "v"}));
  Mangle(WalkZipmap, zipmap);
  EXPECT_EQ(ItemsOf(WalkZipmap, Bytes("\0\xFF", 2)), Items());
}

TEST(IntsetTest, Reads) {
  const std::string intset("\x02\0\0\0\x03\0\0\0\xFE\xFF\x01\0\x02\0", 14);
  EXPECT_EQ(IntegersOf(intset), (std::vector<int64_t>{-2, 1, 2}));
  EXPECT_EQ(IntegersOf(intset.substr(0, 13)), std::nullopt);
  std::string twice = intset;
  twice[12] = 1;
  EXPECT_EQ(IntegersOf(twice), std::nullopt);
  std::string wide = intset;
  wide[0] = 3;
  EXPECT_EQ(IntegersOf(wide), std::nullopt);
  std::string many = intset;
  many[7] = 0x7F;
  EXPECT_EQ(IntegersOf(many), std::nullopt);
}

}  // namespace
}  // namespace thimble
