// Whole values and files: what was written comes back, what is malformed leaves no trace.
#include <string>

#include <gtest/gtest.h>

#include "storage/rdb/dump_payload.h"
#include "storage/rdb/file_reader.h"
#include "storage/rdb/file_writer.h"
#include "storage/rdb/value_decoder.h"
#include "tests/storage/keyspace/fixture.h"

namespace thimble {
namespace {

class Listener final : public RdbReadListener {
 public:
  void OnAux(Bytes name, Bytes value) override {
    aux += std::string(name) + "=" + std::string(value) + ";";
  }
  bool OnFunction(Bytes code) override {
    functions += code;
    return takes_functions;
  }
  void OnEmptyKey(Bytes key) override { empty += std::string(key) + ";"; }
  void OnDatabase(uint64_t index) override { databases += std::to_string(index) + ";"; }

  std::string aux;
  std::string functions;
  std::string empty;
  std::string databases;
  bool takes_functions = true;
};

class RdbValuesTest : public KeyspaceTest {
 protected:
  std::string Dump(Bytes key) {
    const auto item = keys_.ItemOf(H(key));
    return item ? MakeDumpPayload(*item, {}) : std::string();
  }

  // Gives the value in `payload` to `key` of the other database. False if it was refused.
  bool Restore(Bytes key, Bytes payload, bool verify = true) {
    const auto opened = OpenDumpPayload(payload, verify);
    if (!opened || !IsOwnRdbType(opened->type, opened->valkey)) return false;
    return Decode(key, opened->type, opened->valkey, opened->value, {.now_ms = NowMs()});
  }
  bool Decode(Bytes key, RdbType type, bool valkey, Bytes value, ValueDecoder::Options options) {
    MemorySource source(value);
    RdbReader reader(source);
    FillBudget budget = FillBudget::ForSource(options.source_bytes);
    ValueDecoder decoder(environment_, budget, options);
    decoder.Begin(type, valkey);
    auto progress = decoder.Read(reader, 3);
    while (progress == ValueDecoder::Progress::kMore) progress = decoder.Read(reader, 3);
    if (progress != ValueDecoder::Progress::kDone || decoder.empty() || !reader.AtEnd())
      return false;
    other_.Adopt(H(key), decoder.Take(other_), {});
    return true;
  }

  std::string WriteFile(const RdbFacts& facts = {}, RdbFileOptions options = {}) {
    std::string file;
    StringSink sink(file);
    RdbWriter writer(sink, {});
    RdbFileWriter output(writer, options);
    output.WriteHead(facts);
    EXPECT_TRUE(WriteDatabases(databases_, output, [] {}));
    return file;
  }

  // Reads a file into databases of its own and keeps what was said of it.
  bool ReadFile(Bytes file, RdbReadOptions options = {}) {
    MemorySource source(file);
    RdbFileReader reader(source, loaded_, environment_, options, listener_);
    auto progress = reader.Step();
    while (progress == RdbFileReader::Progress::kMore) progress = reader.Step();
    report_ = reader.report();
    error_ = reader.error();
    fault_ = reader.fault();
    EXPECT_EQ(loaded_[0].CheckInvariants(), std::nullopt);
    EXPECT_EQ(loaded_[1].CheckInvariants(), std::nullopt);
    return progress == RdbFileReader::Progress::kDone;
  }

  void FillAllKinds() {
    SetString("s", "text");
    SetString("n", "-12345678901");
    SetString("long", std::string(1000, 'l'), NowMs() + 1000);
    for (int i = 0; i < 20; ++i) SetField("h", "f" + std::to_string(i), std::to_string(i * i));
    for (int i = 0; i < 600; ++i)
      SetField("bigh", "f" + std::to_string(i), std::string(i % 90, 'v'));
    for (int i = 0; i < 20; ++i) AddMember("i", std::to_string(i * 100'000));
    for (int i = 0; i < 20; ++i) AddMember("m", "m" + std::to_string(i));
    for (int i = 0; i < 600; ++i) AddMember("bigm", "m" + std::to_string(i));
  }

  Databases loaded_{environment_, 2};
  Listener listener_;
  RdbReadReport report_;
  std::string error_;
  RdbFileReader::Fault fault_ = RdbFileReader::Fault::kNone;
};

constexpr Bytes kAllKeys[] = {"s", "n", "long", "h", "bigh", "i", "m", "bigm"};

TEST_F(RdbValuesTest, PayloadsRoundTrip) {
  FillAllKinds();
  for (const Bytes key : kAllKeys) {
    const std::string payload = Dump(key);
    ASSERT_TRUE(Restore(key, payload)) << key;
    const auto item = other_.ItemOf(H(key));
    ASSERT_TRUE(item) << key;
    EXPECT_EQ(MakeDumpPayload(*item, {}).size(), payload.size()) << key;
    EXPECT_EQ(other_.Describe(H(key))->encoding, keys_.Describe(H(key))->encoding) << key;
    EXPECT_EQ(other_.Describe(H(key))->elements, keys_.Describe(H(key))->elements) << key;
  }
  EXPECT_EQ(observer_.Take().back(), "1 restore bigm 1");
}

// As Redis reads them: -1 is none, what lies before 1970 has passed.
TEST_F(RdbValuesTest, DeadlinesBefore1970) {
  const auto file_with = [](Bytes deadline) {
    return "REDIS0004" + std::string(deadline) + std::string("\0\1k\1v\xFF", 6);
  };
  const std::string_view none("\xFC\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9);
  ASSERT_TRUE(ReadFile(file_with(none)));
  EXPECT_EQ(loaded_[0].DeadlineOf(H("k")), 0U);
  loaded_[0].Clear();
  for (const std::string_view passed :
       {std::string_view("\xFC\0\0\0\0\0\0\0\0", 9),
        std::string_view("\xFC\xFB\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),
        std::string_view("\xFD\xFF\xFF\xFF\xFF", 5), std::string_view("\xFD\0\0\0\0", 5)}) {
    ASSERT_TRUE(ReadFile(file_with(passed)));
    EXPECT_EQ(report_.keys_expired, 1U);
    EXPECT_EQ(loaded_[0].size(), 0U);
  }
}

// A small hash is taken over in one pass; whatever the limits are by then, it is the same hash.
TEST_F(RdbValuesTest, SmallHashesUnderOtherLimits) {
  const EncodingLimits usual = environment_.limits;
  for (const size_t fields : {1, 100, 127, 128}) {
    for (const size_t length : {1, 20, 64}) {
      environment_.limits = usual;
      environment_.limits.hash_max_listpack_entries = 128;
      keys_.Delete(H("h"));
      for (size_t i = 0; i < fields; ++i) {
        SetField("h", std::to_string(i * 1000), i % 2 == 0 ? std::string(length, 'v') : "-5");
      }
      const std::string payload = Dump("h");
      for (const size_t entries : {64, 127, 128, 512}) {
        for (const size_t longest : {3, 19, 20, 63, 64, 300}) {
          environment_.limits.hash_max_listpack_entries = entries;
          environment_.limits.hash_max_listpack_value = longest;
          ASSERT_TRUE(Restore("h", payload));
          const auto described = other_.Describe(H("h"));
          const bool fits = fields <= entries;  // As in Redis, lengths do not matter.
          EXPECT_EQ(described->encoding, fits ? Encoding::kListpack : Encoding::kHashtable)
              << fields << " of " << length << " within " << entries << " of " << longest;
          EXPECT_EQ(described->elements, fields);
          const HashView hash = *other_.Read<HashValue>(H("h"));
          EXPECT_EQ(hash.CheckInvariants(), std::nullopt);
          EXPECT_EQ(hash.Get(H("0"))->ToString(), std::string(length, 'v'));
          EXPECT_EQ(other_.CheckInvariants(), std::nullopt);
        }
      }
    }
  }
  environment_.limits = usual;
}

// A small set is written in one pass as well, and comes out as the one that its members make.
TEST_F(RdbValuesTest, SmallSetsUnderOtherLimits) {
  const EncodingLimits usual = environment_.limits;
  // What is at one place of an otherwise usual set.
  const std::string exceptions[] = {"member", "7", "", "-9223372036854775808",
                                    std::string(63, 'x')};
  for (const bool integers : {false, true}) {
    for (const size_t members : {1, 2, 40, 60}) {
      for (const std::string& exception : exceptions) {
        for (const size_t place : {size_t{0}, members / 2, members - 1}) {
          std::vector<std::string> all;
          for (size_t i = 0; i < members; ++i) {
            const std::string number = std::to_string(i * i * 1000 + 50);
            all.push_back(i == place ? exception : integers ? number : "m" + number);
          }
          std::string value(1, static_cast<char>(members));
          for (const std::string& member : all) {
            value += static_cast<char>(member.size());
            value += member;
          }
          for (const size_t entries : {1, 50, 128}) {
            for (const size_t longest : {4, 62, 64}) {
              for (const size_t most_integers : {1, 50, 512}) {
                environment_.limits.set_max_listpack_entries = entries;
                environment_.limits.set_max_listpack_value = longest;
                environment_.limits.set_max_intset_entries = most_integers;
                SetValue expected = SetValue::Aside(environment_);
                expected.Reserve(all.size(), 0);
                for (const std::string& member : all) expected.Add(H(member));
                ASSERT_TRUE(Decode("s", RdbType::kSet, false, value, {}));
                const SetView set = *other_.Read<SetValue>(H("s"));
                EXPECT_EQ(set.encoding(), expected.encoding())
                    << members << " with " << exception << " at " << place << " within " << entries
                    << " of " << longest << ", " << most_integers;
                EXPECT_EQ(set.size(), members);
                EXPECT_EQ(set.CheckInvariants(), std::nullopt);
                for (const std::string& member : all) EXPECT_TRUE(set.Contains(H(member)));
              }
            }
          }
        }
      }
    }
  }
  environment_.limits = usual;
}

// Members and fields that come twice are found wherever they stand, and however many there are.
TEST_F(RdbValuesTest, RepeatedElements) {
  for (const size_t count : {2, 10, 128, 129, 1000, 5000}) {
    for (const size_t first : {size_t{0}, count / 3}) {
      for (const RdbType type : {RdbType::kSet, RdbType::kHash}) {
        std::string value = {'\x80', 0, 0, static_cast<char>(count >> 8U),
                             static_cast<char>(count)};
        for (size_t i = 0; i < count; ++i) {
          const std::string name = "m" + std::to_string(i == count - 1 ? first : i);
          value += static_cast<char>(name.size());
          value += name;
          if (type == RdbType::kHash) value += "\x01v";
        }
        EXPECT_FALSE(Decode("k", type, false, value, {.source_bytes = value.size()})) << count;
        value.back() = 'x';
        if (type == RdbType::kHash) continue;
        EXPECT_TRUE(Decode("k", type, false, value, {.source_bytes = value.size()})) << count;
      }
    }
  }
}

// No prefix and no single changed bit of a payload is taken while its checksum is looked at;
// without that, whatever is taken is sound (the fixture checks) and nothing crashes.
TEST_F(RdbValuesTest, MangledPayloads) {
  FillAllKinds();
  for (const Bytes key : {"s", "h", "i", "m"}) {
    const std::string payload = Dump(key);
    for (size_t i = 0; i < payload.size(); ++i) {
      EXPECT_FALSE(Restore(key, Bytes(payload).substr(0, i)));
      for (int bit = 0; bit < 8; ++bit) {
        std::string changed = payload;
        changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
        EXPECT_FALSE(Restore(key, changed));
        Restore(key, changed, false);
      }
    }
  }
}

struct Refused {
  const char* why;
  RdbType type;
  std::string value;
};

TEST_F(RdbValuesTest, MalformedValues) {
  const Refused cases[] = {
      {"a field twice", RdbType::kHash,
       std::string("\x02\x01"
                   "f\x01"
                   "1\x01"
                   "f\x01"
                   "2",
                   9)},
      {"a member twice", RdbType::kSet,
       std::string("\x02\x01"
                   "a\x01"
                   "a",
                   5)},
      {"a count that is not there", RdbType::kSet,
       std::string("\x81\x7F\0\0\0\0\0\0\0\x01"
                   "a",
                   11)},
      {"an empty set", RdbType::kSet, std::string("\0", 1)},
      {"an odd listpack", RdbType::kHashListpack,
       std::string("\x0A\x0A\0\0\0\x01\0\x81"
                   "f\x02\xFF",
                   11)},
      {"a field twice in a listpack", RdbType::kHashListpack,
       std::string("\x11\x11\0\0\0\x04\0\x81"
                   "f\x02\x01\x01\x81"
                   "f\x02\x01\x01\xFF",
                   18)},
      {"an empty listpack", RdbType::kSetListpack, std::string("\x07\x07\0\0\0\0\0\xFF", 8)},
      {"an intset of odd size", RdbType::kSetIntset,
       std::string("\x09\x02\0\0\0\x01\0\0\0\x01", 10)},
  };
  for (const Refused& tested : cases) {
    EXPECT_FALSE(Decode("k", tested.type, false, tested.value, {})) << tested.why;
  }
  EXPECT_EQ(other_.size(), 0U);
}

std::string Fixed64(uint64_t value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

// Forms with deadlines of fields: what is over is gone.
TEST_F(RdbValuesTest, DeadlinesOfFields) {
  const std::string redis = Fixed64(500) + std::string(
                                               "\x02\0\x01"
                                               "f\x01"
                                               "1\x01\x01"
                                               "g\x01"
                                               "2",
                                               11);
  ASSERT_TRUE(Decode("over", RdbType::kHashExpiry, false, redis, {.now_ms = 501}));
  ASSERT_TRUE(Decode("redis", RdbType::kHashExpiry, false, redis, {.now_ms = 500}));
  const std::string valkey = std::string(
                                 "\x02\x01"
                                 "f\x01"
                                 "1",
                                 5) +
                             Fixed64(UINT64_MAX) +
                             std::string(
                                 "\x01"
                                 "g\x01"
                                 "2",
                                 4) +
                             Fixed64(2000);
  ASSERT_TRUE(Decode("valkey", RdbType::kHashExpiryEarly, true, valkey, {.now_ms = 1000}));
  const std::string early = std::string(
      "\x02\0\x01"
      "f\x01"
      "1\x47\xd0\x01"
      "g\x01"
      "2",
      12);
  ASSERT_TRUE(Decode("early", RdbType::kHashExpiryEarly, false, early, {}));
  environment_.timeless = true;
  EXPECT_EQ(other_.Describe(H("over"))->elements, 1U);
  for (const auto& [key, deadline_ms] :
       {std::pair("redis", 500U), std::pair("valkey", 2000U), std::pair("early", 2000U)}) {
    EXPECT_EQ(other_.Read<HashValue>(H(key))->DeadlineOf(H("f")), 0U) << key;
    EXPECT_EQ(other_.Read<HashValue>(H(key))->DeadlineOf(H("g")), deadline_ms) << key;
  }
  EXPECT_EQ(other_.hashes_with_deadlines(), 3U);
  const std::string no_time = Fixed64(UINT64_MAX) + std::string(
                                                        "\x01\x02\x01"
                                                        "f\x01"
                                                        "1",
                                                        6);
  EXPECT_FALSE(Decode("late", RdbType::kHashExpiry, false, no_time, {}));
  environment_.timeless = false;
}

// What is written of hashes with deadlines comes back, compact or not, whole or field by field.
TEST_F(RdbValuesTest, DeadlinesOfFieldsRoundTrip) {
  const uint64_t later_ms = NowMs() + 100'000;
  for (const auto& [key, fields] : {std::pair("small", 6), std::pair("large", 3000)}) {
    for (int i = 0; i < fields; ++i) SetField(key, "f" + std::to_string(i), std::to_string(i));
    auto edit = keys_.Edit<HashValue>(H(key));
    for (int i = 0; i < fields; i += 2) {
      (*edit)->SetDeadline(H("f" + std::to_string(i)), later_ms + static_cast<uint64_t>(9 - i % 7));
    }
    edit->Commit(Event::kHExpire, 1);
  }
  const auto is_same = [&](Keyspace& there, const char* key) {
    const HashView before = *keys_.Read<HashValue>(H(key));
    const HashView after = *there.Read<HashValue>(H(key));
    EXPECT_EQ(after.size(), before.size()) << key;
    EXPECT_EQ(after.encoding(), before.encoding()) << key;
    before.ForEach([&](const FieldValue& field) {
      const std::string name = field.field.ToString();
      EXPECT_EQ(after.Get(H(name))->ToString(), field.value.ToString()) << key << " " << name;
      EXPECT_EQ(after.DeadlineOf(H(name)), field.deadline_ms) << key << " " << name;
    });
  };
  for (const char* key : {"small", "large"}) {
    const std::string payload = Dump(key);
    EXPECT_EQ(payload[payload.size() - 10], 12);
    ASSERT_TRUE(Restore(key, payload));
    is_same(other_, key);
    other_.Delete(H(key));
  }
  const std::string file = WriteFile({.aux = {}, .functions = {}, .field_deadlines = true});
  EXPECT_TRUE(file.starts_with("REDIS0012"));
  ASSERT_TRUE(ReadFile(file)) << error_;
  for (const char* key : {"small", "large"}) is_same(loaded_[0], key);
  EXPECT_EQ(loaded_[0].hashes_with_deadlines(), 2U);
}

// Of a key that comes twice the first is kept, and known by its own deadline.
TEST_F(RdbValuesTest, DeadlinesOfFieldsOfAKeyThatComesTwice) {
  std::string file = "REDIS0012";
  for (const uint64_t deadline_ms : {NowMs() + 100, NowMs() + 900}) {
    file += std::string("\x18\x01k", 3) + Fixed64(deadline_ms) +
            std::string(
                "\x01\x01\x01"
                "f\x01"
                "1",
                6);
  }
  EXPECT_FALSE(ReadFile(file + std::string("\xFF\0\0\0\0\0\0\0\0", 9)));
  EXPECT_EQ(loaded_[0].hashes_with_deadlines(), 1U);
}

TEST_F(RdbValuesTest, DeadlinesOfFieldsCanBeLeftOut) {
  SetField("h", "f", "1");
  auto edit = keys_.Edit<HashValue>(H("h"));
  (*edit)->SetDeadline(H("f"), NowMs() + 1000);
  edit->Commit(Event::kHExpire, 1);
  const std::string file = WriteFile({.aux = {}, .functions = {}, .field_deadlines = true},
                                     {.omit_field_deadlines = true});
  EXPECT_TRUE(file.starts_with("REDIS0010"));
  ASSERT_TRUE(ReadFile(file)) << error_;
  EXPECT_EQ(loaded_[0].Read<HashValue>(H("h"))->DeadlineOf(H("f")), 0U);
  const auto item = keys_.ItemOf(H("h"));
  EXPECT_TRUE(IsPayloadForAll(MakeDumpPayload(*item, {.omit_field_deadlines = true})));
  EXPECT_FALSE(IsPayloadForAll(MakeDumpPayload(*item, {})));
}

TEST_F(RdbValuesTest, FilesRoundTrip) {
  FillAllKinds();
  other_.SetString(H("there"), "too", Keyspace::Ttl::kClear);
  const std::string file = WriteFile({.aux = {{"a", "1"}, {"b", "x"}}, .functions = {"code"}});
  ASSERT_TRUE(ReadFile(file)) << error_;
  EXPECT_EQ(listener_.aux, "a=1;b=x;");
  EXPECT_EQ(listener_.functions, "code");
  EXPECT_EQ(report_.keys_loaded, std::size(kAllKeys) + 1);
  EXPECT_EQ(report_.version, 10);
  for (const Bytes key : kAllKeys) {
    EXPECT_EQ(loaded_[0].Describe(H(key))->elements, keys_.Describe(H(key))->elements) << key;
    EXPECT_EQ(loaded_[0].DeadlineOf(H(key)), keys_.DeadlineOf(H(key))) << key;
  }
  EXPECT_EQ(loaded_[1].size(), 1U);
}

TEST_F(RdbValuesTest, AFileThatHoldsAKeyAlreadyThere) {
  SetString("s", "text");
  const std::string file = WriteFile();
  ASSERT_TRUE(ReadFile(file));
  EXPECT_FALSE(ReadFile(file));
  EXPECT_EQ(error_, "RDB has duplicated key 's' in DB 0");
  EXPECT_TRUE(ReadFile(file, {.may_overwrite = true}));
}

TEST_F(RdbValuesTest, ExpiredKeysAreLeftOut) {
  SetString("soon", "v", NowMs() + 10);
  SetString("stays", "v");
  const std::string file = WriteFile();
  clock_.AdvanceMs(20);
  ASSERT_TRUE(ReadFile(file));
  EXPECT_EQ(report_.keys_expired, 1U);
  EXPECT_EQ(loaded_[0].size(), 1U);
}

TEST_F(RdbValuesTest, AccessClocks) {
  SetString("s", "v");
  clock_.AdvanceMs(100'000);
  ASSERT_TRUE(ReadFile(WriteFile({}, {.with_idle = true})));
  EXPECT_EQ(loaded_[0].Describe(H("s"))->idle_seconds, 100U);
}

// Every cut is noticed, and every changed byte by the checksum if by nothing else.
TEST_F(RdbValuesTest, MangledFiles) {
  SetString("s", "text");
  SetField("h", "f", "v");
  AddMember("i", "1");
  const std::string file = WriteFile({.aux = {{"a", "1"}}, .functions = {}});
  for (size_t i = 0; i < file.size(); ++i) {
    EXPECT_FALSE(ReadFile(Bytes(file).substr(0, i), {.may_overwrite = true})) << i;
    std::string changed = file;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    const bool in_checksum = i >= file.size() - 8;
    EXPECT_FALSE(ReadFile(changed, {.may_overwrite = true})) << i;
    if (in_checksum) {
      EXPECT_EQ(error_, "Wrong RDB checksum");
    }
  }
  EXPECT_TRUE(ReadFile(file, {.may_overwrite = true}));
}

TEST_F(RdbValuesTest, ForeignTypes) {
  const std::string file(
      "REDIS0010\x01\x01l\x02\x01"
      "a\x01"
      "b\x00\x01s\x01v\xFF\0\0\0\0\0\0\0\0",
      9 + 8 + 5 + 9);
  EXPECT_FALSE(ReadFile(file));
  EXPECT_EQ(fault_, RdbFileReader::Fault::kRefused);
  EXPECT_NE(error_.find("Key 'l' in database 0 is a list"), std::string::npos);
  ASSERT_TRUE(ReadFile(file, {.skip_foreign = true})) << error_;
  EXPECT_EQ(report_.keys_skipped, 1U);
  EXPECT_EQ(report_.keys_loaded, 1U);
}

TEST_F(RdbValuesTest, DataOfModulesBesideKeys) {
  // The module, when it was written, an unsigned 1, and the end of it.
  std::string file(
      "REDIS0010\xF7\x81\xB1\xC7\x6D\xCA\x97\xB4\xD0\x01\x02\x02\x02\x01\x00"
      "\x00\x01s\x01v\xFF\0\0\0\0\0\0\0\0",
      9 + 15 + 5 + 9);
  EXPECT_FALSE(ReadFile(file));
  EXPECT_EQ(fault_, RdbFileReader::Fault::kRefused);
  EXPECT_EQ(
      error_,
      "The RDB file contains AUX module data I can't load: no matching module 'scdtype00'. Set "
      "'rdb-foreign-types skip' to load the file without it");
  ASSERT_TRUE(ReadFile(file, {.skip_foreign = true})) << error_;
  EXPECT_EQ(report_.modules_skipped, 1U);
  EXPECT_EQ(report_.keys_loaded, 1U);
  loaded_[0].Clear();
  file[9 + 13] = 0;  // As of a module that nobody uses.
  ASSERT_TRUE(ReadFile(file)) << error_;
  EXPECT_EQ(report_.modules_skipped, 0U);
}

TEST_F(RdbValuesTest, EmptyCollectionsAreSkipped) {
  const std::string file(
      "REDIS0010\x02\x01"
      "e\0\xFF\0\0\0\0\0\0\0\0",
      9 + 4 + 9);
  ASSERT_TRUE(ReadFile(file)) << error_;
  EXPECT_EQ(listener_.empty, "e;");
  EXPECT_EQ(loaded_[0].size(), 0U);
}

TEST_F(RdbValuesTest, WrongHeads) {
  EXPECT_FALSE(ReadFile("REDIT0010"));
  EXPECT_EQ(error_, "Wrong signature trying to load DB from file");
  for (const Bytes magic : {"REDIS0013", "REDIS0000", "VALKEY010", "VALKEY081", "REDIS00x1"}) {
    EXPECT_FALSE(ReadFile(magic)) << magic;
    EXPECT_EQ(error_.substr(0, 32), "Can't handle RDB format version ") << magic;
  }
}

// A check reads all there is, whatever database it is of, and keeps nothing.
TEST_F(RdbValuesTest, ChecksWithoutKeeping) {
  FillAllKinds();
  const std::string file = WriteFile();
  ASSERT_TRUE(ReadFile(file, {.keep_nothing = true})) << error_;
  EXPECT_EQ(report_.keys_loaded, std::size(kAllKeys));
  EXPECT_EQ(report_.keys_with_deadline, 1U);
  EXPECT_TRUE(report_.checksum_matched);
  EXPECT_EQ(loaded_[0].size(), 0U);
  ASSERT_TRUE(ReadFile(std::string("REDIS0003\xFE\x09\xFF", 12), {.keep_nothing = true}));
  EXPECT_EQ(listener_.databases, "0;9;");
  EXPECT_FALSE(report_.checksum_matched);
  EXPECT_FALSE(ReadFile(Bytes(file).substr(0, file.size() / 2), {.keep_nothing = true}));
}

TEST_F(RdbValuesTest, TooManyDatabases) {
  const std::string file("REDIS0010\xFE\x02", 11);
  EXPECT_FALSE(ReadFile(file));
  EXPECT_NE(error_.find("more than 2 databases"), std::string::npos);
}

}  // namespace
}  // namespace thimble
