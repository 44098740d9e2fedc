#pragma once

#include <map>
#include <string>
#include <utility>

#include "storage/rdb/file_reader.h"
#include "storage/rdb/file_writer.h"
#include "tests/storage/keyspace/fixture.h"

namespace thimble {

class IgnoringListener final : public RdbReadListener {
 public:
  void OnAux(Bytes, Bytes) override {}
  bool OnFunction(Bytes) override { return true; }
  void OnEmptyKey(Bytes) override {}
  void OnDatabase(uint64_t) override {}
};

// Databases that are written as a file, and read back.
class RdbFileTest : public KeyspaceTest {
 protected:
  void Read(Bytes file, Databases& databases) {
    MemorySource source(file);
    IgnoringListener listener;
    RdbFileReader reader(source, databases, environment_, {.keep_expired = true}, listener);
    auto progress = reader.Step();
    while (progress == RdbFileReader::Progress::kMore) progress = reader.Step();
    EXPECT_EQ(progress, RdbFileReader::Progress::kDone) << reader.error();
  }

  // All there is, comparable.
  struct Value {
    uint64_t deadline_ms = 0;
    std::multimap<std::string, std::string> elements;
    bool operator==(const Value&) const = default;
  };
  using Content = std::map<std::string, Value>;
  static Content ContentOf(Keyspace& keys) {
    Content content;
    keys.ForEachItemWhile([&](const thimble::Text& key, const Keyspace::Item& item) {
      Value& value = content[key.ToString()];
      value.deadline_ms = item.deadline_ms;
      switch (item.type) {
        case ObjectType::kString:
          value.elements.emplace(item.string.text().ToString(), std::string());
          break;
        case ObjectType::kHash:
          item.hash.ForEach([&](const FieldValue& pair) {
            value.elements.emplace(pair.field.ToString(), pair.value.ToString() + " until " +
                                                              std::to_string(pair.deadline_ms));
          });
          break;
        case ObjectType::kSet:
          item.set.ForEach([&](const thimble::Text& member) {
            value.elements.emplace(member.ToString(), std::string());
          });
          break;
      }
      return true;
    });
    return content;
  }
};

}  // namespace thimble
