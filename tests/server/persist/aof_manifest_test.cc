#include "server/persist/aof_manifest.h"

#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

TEST(AofManifestTest, RoundTrip) {
  const Bytes text =
      "file appendonly.aof.2.base.rdb seq 2 type b\n"
      "file appendonly.aof.1.incr.aof seq 1 type h\n"
      "file appendonly.aof.2.incr.aof seq 2 type i\n"
      "file \"a b.3.incr.aof\" seq 3 type i\n";
  auto manifest = AofManifest::Parse(text);
  ASSERT_TRUE(manifest.ok());
  EXPECT_EQ(manifest->ToText(), text);
  EXPECT_EQ(manifest->NextBaseSequence(), 3U);
  EXPECT_EQ(manifest->NextIncrementSequence(), 4U);
  EXPECT_EQ(manifest->increments[1].name, "a b.3.incr.aof");
}

// What is still to be removed is called so until it is.
TEST(AofManifestTest, NumbersAreNotTakenTwice) {
  auto manifest = AofManifest::Parse(
      "file a.2.base.rdb seq 2 type b\n"
      "file a.1.base.rdb seq 1 type h\n"
      "file a.7.incr.aof seq 7 type h\n"
      "file a.3.incr.aof seq 3 type i\n");
  ASSERT_TRUE(manifest.ok());
  EXPECT_EQ(manifest->NextBaseSequence(), 8U);
  EXPECT_EQ(manifest->NextIncrementSequence(), 8U);
  EXPECT_TRUE(manifest->Names("a.2.base.rdb"));
  EXPECT_TRUE(manifest->Names("a.3.incr.aof"));
  EXPECT_TRUE(manifest->Names("a.7.incr.aof"));
  EXPECT_FALSE(manifest->Names("a.8.incr.aof"));
}

TEST(AofManifestTest, CommentsAndUnknownWords) {
  auto manifest = AofManifest::Parse("# a comment\nfile a seq 1 type i startoffset 7\r\n");
  ASSERT_TRUE(manifest.ok());
  EXPECT_EQ(manifest->increments.size(), 1U);
  EXPECT_FALSE(manifest->base);
}

TEST(AofManifestTest, AnyNameComesBack) {
  for (const std::string name : {"a b", "a\nb", "a\rb", "a\vb", "a\"b", "a'b", "\t", "\xff"}) {
    AofManifest manifest;
    manifest.base = AofManifest::File{name, 1};
    auto read = AofManifest::Parse(manifest.ToText());
    ASSERT_TRUE(read.ok()) << manifest.ToText();
    EXPECT_EQ(read->base->name, name);
  }
}

struct Damaged {
  Bytes text;
  Bytes why;
};

TEST(AofManifestTest, Damaged) {
  constexpr Bytes kFormat = "Invalid AOF manifest file format";
  const Damaged cases[] = {
      {"", "Found an empty AOF manifest"},
      {"# nothing\n", "Found an empty AOF manifest"},
      {"\n", kFormat},
      {"file a seq 1\n", kFormat},
      {"file a seq 0 type i\n", kFormat},
      {"file a seq x type i\n", kFormat},
      {"file a seq 18446744073709551615 type i\n", kFormat},
      {"file a seq 1 type\n", kFormat},
      {"file \"a seq 1 type i\n", kFormat},
      {"file a seq 1 type i", "too long line"},
      {"file a seq 1 type x\n", "Unknown AOF file type"},
      {"file a/b seq 1 type i\n", "File can't be a path, just a filename"},
      {"file a seq 1 type b\nfile b seq 2 type b\n", "Found duplicate base file information"},
      {"file a seq 1 type b\nfile a seq 1 type h\n", "Found a file that is named twice"},
      {"file a seq 1 type h\nfile a seq 2 type i\n", "Found a file that is named twice"},
      {"file a seq 2 type i\nfile b seq 2 type i\n", "Found a non-monotonic sequence number"},
  };
  for (const Damaged& tested : cases) {
    auto manifest = AofManifest::Parse(tested.text);
    ASSERT_FALSE(manifest.ok()) << tested.text;
    const Error error = manifest.error();
    EXPECT_NE(error.text().find(tested.why), std::string::npos) << tested.text << error.text();
  }
}

}  // namespace
}  // namespace thimble
