#include <map>
#include <random>

#include "storage/value/hash_value.h"
#include "tests/storage/value/encodings.h"

namespace thimble {
namespace {

using Fields = std::map<std::string, std::pair<std::string, uint64_t>>;

Fields FieldsOf(const HashView& hash) {
  Fields fields;
  hash.ForEach([&](const FieldValue& field) {
    fields[field.field.ToString()] = {field.value.ToString(), field.deadline_ms};
  });
  return fields;
}

// The same hash as it is found at that time.
HashValue At(HashValue&& hash, uint64_t now_ms) {
  static const EncodingLimits limits = LimitsForCompact();
  return {std::move(hash.body()), TestKey(), limits, now_ms};
}

class HashDeadlinesTest : public testing::TestWithParam<EncodingCase> {
 protected:
  HashValue hash_ = NewHash(GetParam().limits);
};

INSTANTIATE_TEST_SUITE_P(
    Encodings, HashDeadlinesTest,
    testing::Values(EncodingCase{"Listpack", LimitsForCompact(), Encoding::kListpackEx},
                    EncodingCase{"Table", LimitsForTables(), Encoding::kHashtable}),
    EncodingCaseName);

TEST_P(HashDeadlinesTest, AFieldHasTheDeadlineItWasGiven) {
  hash_.Set(H("a"), "1");
  hash_.Set(H("b"), "text");
  EXPECT_EQ(hash_.DeadlineOf(H("a")), 0U);
  EXPECT_EQ(hash_.DeadlineOf(H("c")), std::nullopt);
  EXPECT_EQ(hash_.earliest_deadline(), 0U);
  hash_.SetDeadline(H("b"), 5'000'000'000'000);
  hash_.SetDeadline(H("a"), 70'368'744'177'663);
  EXPECT_EQ(hash_.encoding(), GetParam().expected);
  EXPECT_EQ(hash_.DeadlineOf(H("b")), 5'000'000'000'000U);
  EXPECT_EQ(hash_.earliest_deadline(), 5'000'000'000'000U);
  EXPECT_EQ(FieldsOf(hash_),
            (Fields{{"a", {"1", 70'368'744'177'663}}, {"b", {"text", 5'000'000'000'000}}}));
  hash_.SetDeadline(H("b"), 0);
  EXPECT_EQ(hash_.DeadlineOf(H("b")), 0U);
  EXPECT_EQ(hash_.encoding(), GetParam().expected);
  EXPECT_EQ(hash_.CheckInvariants(), std::nullopt);
}

TEST_P(HashDeadlinesTest, ANewValueClearsItUnlessToldToKeepIt) {
  hash_.Set(H("f"), "1");
  hash_.SetDeadline(H("f"), 1000);
  EXPECT_FALSE(hash_.Set(H("f"), "2", HashValue::Ttl::kKeep));
  EXPECT_EQ(hash_.DeadlineOf(H("f")), 1000U);
  EXPECT_EQ(*hash_.Increment(H("f"), 5), 7);
  EXPECT_EQ(hash_.DeadlineOf(H("f")), 1000U);
  hash_.MarkStored();
  EXPECT_FALSE(hash_.Set(H("f"), "7"));
  EXPECT_TRUE(hash_.changed());
  EXPECT_EQ(hash_.DeadlineOf(H("f")), 0U);
}

TEST_P(HashDeadlinesTest, WhatIsPastItsDeadlineIsAbsent) {
  for (int i = 0; i < 9; ++i) {
    const std::string field = "f" + std::to_string(i);
    hash_.Set(H(field), std::to_string(i));
    if (i % 3 != 0) hash_.SetDeadline(H(field), 100 + static_cast<uint64_t>(i));
  }
  CollectionRef ref = hash_.body().Ref(TestKey());
  ref.now_ms = 104;
  HashView view(ref);
  EXPECT_EQ(view.size(), 7U);
  EXPECT_EQ(view.stored_size(), 9U);
  EXPECT_EQ(view.Get(H("f1")), std::nullopt);
  EXPECT_EQ(view.DeadlineOf(H("f2")), std::nullopt);
  EXPECT_EQ(view.DeadlineOf(H("f4")), 104U);  // Not before the deadline has passed.
  EXPECT_EQ(FieldsOf(view).size(), 7U);
  Random random(5);
  std::map<std::string, int> drawn;
  for (int i = 0; i < 7000; ++i) ++drawn[view.RandomField(random).field.ToString()];
  EXPECT_EQ(drawn.size(), 7U);
  for (const auto& [field, times] : drawn) EXPECT_NEAR(times, 1000, 150) << field;
  size_t scanned = 0;
  uint64_t cursor = 0;
  do {
    cursor = view.Scan(cursor, [&](const FieldValue&) { ++scanned; });
  } while (cursor != 0);
  EXPECT_EQ(scanned, 7U);
  ref.now_ms = 1000;
  EXPECT_EQ(HashView(ref).size(), 3U);
}

TEST_P(HashDeadlinesTest, OneOfThreeLeftIsDrawnFromAMultitudeOfExpired) {
  for (int i = 0; i < 500; ++i) {
    const std::string field = "f" + std::to_string(i);
    hash_.Set(H(field), "v");
    if (i != 77) hash_.SetDeadline(H(field), 100);
  }
  CollectionRef ref = hash_.body().Ref(TestKey());
  ref.now_ms = 200;
  Random random(5);
  EXPECT_EQ(HashView(ref).RandomField(random).field.ToString(), "f77");
}

TEST_P(HashDeadlinesTest, AChangeTakesOutWhatIsPastItsDeadlineAndTellsWhat) {
  for (const char* field : {"a", "b", "c", "d"}) hash_.Set(H(field), "1");
  for (const char* field : {"a", "b", "c"}) hash_.SetDeadline(H(field), 100);
  hash_.SetDeadline(H("d"), 300);
  HashValue later = At(std::move(hash_), 200);
  EXPECT_TRUE(later.Set(H("a"), "2"));  // It is new.
  EXPECT_EQ(*later.Increment(H("b"), 5), 5);
  EXPECT_FALSE(later.Erase(H("c")));
  EXPECT_TRUE(later.changed());
  EXPECT_EQ(FieldsOf(later), (Fields{{"a", {"2", 0}}, {"b", {"5", 0}}, {"d", {"1", 300}}}));
  EXPECT_EQ(later.stored_size(), 3U);
  EXPECT_EQ(later.TakeExpired(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(later.TakeExpired().empty());
  EXPECT_EQ(later.CheckInvariants(), std::nullopt);
}

TEST_P(HashDeadlinesTest, AllThatIsPastItsDeadlineIsTakenOutStepByStep) {
  for (int i = 0; i < 400; ++i) {
    const std::string field = "f" + std::to_string(i);
    hash_.Set(H(field), "v");
    if (i % 4 != 0) hash_.SetDeadline(H(field), i % 4 == 1 ? 100 : 500);
  }
  HashValue later = At(std::move(hash_), 200);
  uint64_t cursor = 0;
  size_t looked_at = 0;
  size_t steps = 0;
  while (!later.EraseExpired(4, &cursor, &looked_at)) ASSERT_LT(++steps, 1000U);
  EXPECT_EQ(later.TakeExpired().size(), 100U);
  EXPECT_EQ(later.stored_size(), 300U);
  while (!later.EraseExpired(4, &cursor, &looked_at)) ASSERT_LT(++steps, 1000U);
  EXPECT_TRUE(later.TakeExpired().empty());
  EXPECT_EQ(later.earliest_deadline(), 500U);  // A table has to be seen once more to be sure.
  EXPECT_EQ(later.CheckInvariants(), std::nullopt);
}

TEST(HashDeadlinesTest, GrowingIntoATableKeepsThem) {
  EncodingLimits limits = LimitsForCompact();
  limits.hash_max_listpack_entries = 3;
  HashValue hash = NewHash(limits);
  for (const char* field : {"a", "b", "c"}) hash.Set(H(field), field);
  hash.SetDeadline(H("b"), 77);
  EXPECT_EQ(hash.encoding(), Encoding::kListpackEx);
  hash.Set(H("d"), "d");
  EXPECT_EQ(hash.encoding(), Encoding::kHashtable);
  EXPECT_EQ(FieldsOf(hash),
            (Fields{{"a", {"a", 0}}, {"b", {"b", 77}}, {"c", {"c", 0}}, {"d", {"d", 0}}}));
}

TEST(HashDeadlinesTest, OneThatWasATableIsOneAgain) {
  const EncodingLimits limits = LimitsForCompact();
  HashValue hash = NewHash(limits);
  hash.Set(H("a"), "1");
  hash.body().shrunk = true;
  HashValue shrunk(std::move(hash.body()), TestKey(), limits);
  shrunk.SetDeadline(H("a"), 5);
  EXPECT_EQ(shrunk.encoding(), Encoding::kHashtable);
  EXPECT_EQ(shrunk.DeadlineOf(H("a")), 5U);
}

TEST_P(HashDeadlinesTest, OneThatDiedAsAWholeIsNewAndCanTell) {
  for (const char* field : {"a", "b"}) {
    hash_.Set(H(field), "1");
    hash_.SetDeadline(H(field), 100);
  }
  HashValue later(std::move(hash_.body()), TestKey(), GetParam().limits, 200);
  EXPECT_TRUE(later.empty());
  later.Set(H("a"), "2");
  later.Erase(H("b"));
  EXPECT_TRUE(later.HasExpired());
  EXPECT_EQ(later.encoding(), GetParam().expected == Encoding::kListpackEx ? Encoding::kListpack
                                                                           : Encoding::kHashtable);
  EXPECT_EQ(FieldsOf(later), (Fields{{"a", {"2", 0}}}));
}

// In one pass: a field at a time this would move a hundred megabytes.
TEST(HashDeadlinesTest, ALargeCompactHashIsFreedOfDeadFieldsAtOnce) {
  const EncodingLimits limits = LimitsForCompact();
  HashValue hash = NewHash(limits);
  for (int i = 0; i < 3000; ++i) {
    const std::string field = "f" + std::to_string(i);
    hash.Set(H(field), "value");
    if (i % 100 != 0) hash.SetDeadline(H(field), 100);
  }
  HashValue later = At(std::move(hash), 200);
  EXPECT_EQ(later.stored_size(), 30U);
  EXPECT_EQ(later.TakeExpired().size(), 2970U);
  EXPECT_EQ(later.CheckInvariants(), std::nullopt);
}

// A hash is asked whether it is empty at each step of a scan.
TEST(HashDeadlinesTest, WhetherItIsEmptyIsKnownAtTheFirstLiveField) {
  const EncodingLimits limits = LimitsForTables();
  HashValue hash = NewHash(limits);
  for (int i = 0; i < 1000; ++i) {
    const std::string field = "f" + std::to_string(i);
    hash.Set(H(field), "value");
    if (i % 2 == 0) hash.SetDeadline(H(field), 100);
  }
  CollectionRef ref = hash.body().Ref(TestKey());
  ref.now_ms = 200;
  EXPECT_FALSE(HashView(ref).empty());
  EXPECT_EQ(HashView(ref).size(), 500U);
  for (int i = 1; i < 1000; i += 2) hash.SetDeadline(H("f" + std::to_string(i)), 150);
  EXPECT_TRUE(HashView(ref).empty());
  EXPECT_EQ(HashView(ref).size(), 0U);
}

// Against a map, with time that goes on.
TEST_P(HashDeadlinesTest, AgreesWithAModel) {
  std::mt19937 random(3);
  const EncodingLimits limits = GetParam().limits;
  Fields model;
  CollectionBody body;
  uint64_t now_ms = 1000;
  for (int round = 0; round < 4000; ++round) {
    now_ms += random() % 4;
    HashValue hash(std::move(body), TestKey(), limits, now_ms);
    const auto expired = [&](const std::string& field) {
      const auto found = model.find(field);
      if (found == model.end()) return true;
      const bool is_past = found->second.second != 0 && found->second.second < now_ms;
      if (is_past) model.erase(found);
      return is_past;
    };
    for (int i = 0; i < 3; ++i) {
      const std::string field = "f" + std::to_string(random() % 40);
      const std::string value = std::to_string(random() % 1000);
      const bool absent = expired(field);
      switch (random() % 6) {
        case 0:
        case 1:
          ASSERT_EQ(hash.Set(H(field), value), absent);
          model[field] = {value, 0};
          break;
        case 2:
          ASSERT_EQ(hash.Set(H(field), value, HashValue::Ttl::kKeep), absent);
          model[field].first = value;
          break;
        case 3:
          ASSERT_EQ(hash.Erase(H(field)), !absent);
          model.erase(field);
          break;
        case 4:
          if (absent) break;
          model[field].second = random() % 4 == 0 ? 0 : now_ms + random() % 100;
          hash.SetDeadline(H(field), model[field].second);
          break;
        case 5: {
          const int64_t before = absent ? 0 : std::stoll(model[field].first);
          ASSERT_EQ(*hash.Increment(H(field), 3), before + 3);
          model[field].first = std::to_string(before + 3);
          break;
        }
      }
    }
    std::erase_if(model, [&](const auto& field) {
      return field.second.second != 0 && field.second.second < now_ms;
    });
    ASSERT_EQ(FieldsOf(hash), model);
    ASSERT_EQ(hash.size(), model.size());
    ASSERT_EQ(hash.CheckInvariants(), std::nullopt);
    body = std::move(hash.body());
  }
}

}  // namespace
}  // namespace thimble
