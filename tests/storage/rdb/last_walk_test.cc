// A file written by a copy of the process that forgets what it has written.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/mman.h>

#include "storage/rdb/file_reader.h"
#include "storage/rdb/file_writer.h"
#include "storage/slab/slab_allocator.h"
#include "tests/storage/keyspace/fixture.h"
#include "tests/support/forked_child.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

class DescriptorSink final : public ByteSink {
 public:
  explicit DescriptorSink(int file) : file_(file) {}
  bool Write(Bytes bytes) override {
    return write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  }

 private:
  const int file_;
};

class Ignorer final : public RdbReadListener {
 public:
  void OnAux(Bytes, Bytes) override {}
  bool OnFunction(Bytes) override { return true; }
  void OnEmptyKey(Bytes) override {}
  void OnDatabase(uint64_t) override {}
};

class LastWalkTest : public KeyspaceTest {
 protected:
  // The file as a copy of this process writes it; empty if it could not.
  std::string WriteInChild() {
    const int file = memfd_create("rdb", MFD_CLOEXEC);
    const bool written = HoldsInForkedChild([&] {
      process_slabs.BeginForgetting();
      DescriptorSink sink(file);
      RdbWriter writer(sink, {});
      return WriteRdbFile(writer, databases_, {}, {.walk = Walk::kForget}, [] {});
    });
    std::string content(static_cast<size_t>(lseek(file, 0, SEEK_END)), '\0');
    EXPECT_EQ(pread(file, content.data(), content.size(), 0), static_cast<ssize_t>(content.size()));
    close(file);
    return written ? content : std::string();
  }

  void Read(Bytes file, Databases& databases) {
    MemorySource source(file);
    Ignorer listener;
    RdbFileReader reader(source, databases, environment_, {}, listener);
    auto progress = reader.Step();
    while (progress == RdbFileReader::Progress::kMore) progress = reader.Step();
    EXPECT_EQ(progress, RdbFileReader::Progress::kDone) << reader.error();
  }

  // All there is, comparable.
  using Content = std::map<std::string, std::multimap<std::string, std::string>>;
  static Content ContentOf(Keyspace& keys) {
    Content content;
    keys.ForEachItemWhile([&](const thimble::Text& key, const Keyspace::Item& item) {
      auto& elements = content[key.ToString()];
      switch (item.type) {
        case ObjectType::kString:
          elements.emplace(item.string.text().ToString(), std::string());
          break;
        case ObjectType::kHash:
          item.hash.ForEach([&](const FieldValue& pair) {
            elements.emplace(pair.field.ToString(), pair.value.ToString());
          });
          break;
        case ObjectType::kSet:
          item.set.ForEach([&](const thimble::Text& member) {
            elements.emplace(member.ToString(), std::string());
          });
          break;
      }
      return true;
    });
    return content;
  }

  void ExpectWholeFile() {
    const std::string file = WriteInChild();
    ASSERT_FALSE(file.empty());
    Databases loaded(environment_, 2);
    Read(file, loaded);
    EXPECT_EQ(ContentOf(loaded[0]), ContentOf(keys_));
    EXPECT_EQ(ContentOf(loaded[1]), ContentOf(other_));
  }
};

TEST_F(LastWalkTest, EveryKindOfValueIsInTheFile) {
  SetString("text", "value");
  SetString("integer", "-12345678901");
  SetString("blob", std::string(1'000, 'b'));
  for (int i = 0; i < 20; ++i) {
    SetString("beyond the slabs " + std::to_string(i), std::string(5'000 * i + i, 'c'));
    SetField("long values", std::to_string(i), std::string(7'000 * i, 'd'));
  }
  SetString(std::string(500, 'k'), "of a long key", NowMs() + 1000);
  for (int i = 0; i < 5; ++i) SetField("small", "f" + std::to_string(i), std::to_string(i));
  for (int i = 0; i < 60; ++i) SetField("run", "f" + std::to_string(i), std::to_string(i));
  for (int i = 0; i < 40; ++i) AddMember("integers", std::to_string(i));
  for (int i = 0; i < 700; ++i) AddMember("set", std::string(i, 'm'));
  for (int i = 0; i < 700; ++i) SetField("hash", std::string(i, 'f'), std::string(2 * i, 'v'));
  ExpectWholeFile();
}

// Enough buckets for several parts, in more than one database, and tables beside each other.
TEST_F(LastWalkTest, LargeTablesAreInTheFileWhole) {
  constexpr int kMany = kSanitized ? 15'000 : 60'000;
  for (int i = 0; i < kMany; ++i) SetString("key:" + std::to_string(i), std::to_string(i * 7));
  for (int i = 0; i < kMany; ++i) SetField("hash", "f" + std::to_string(i), std::to_string(i));
  for (int i = 0; i < kMany / 2; ++i) AddMember("set", "m" + std::to_string(i));
  for (int i = 0; i < kMany / 2; i += 3) keys_.Delete(H("key:" + std::to_string(i)));
  other_.SetString(H("elsewhere"), "here", Keyspace::Ttl::kClear);
  ExpectWholeFile();
}

}  // namespace
}  // namespace thimble
