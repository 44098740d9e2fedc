#include "storage/table/bucket.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/random.h"

namespace thimble {
namespace {

struct CellCase {
  const char* why;
  std::string text;
  uint8_t code;
};

class CellTest : public testing::TestWithParam<CellCase> {};

TEST_P(CellTest, HasTheCodeItsTextAsksFor) {
  BlobAllocator allocator;
  CellMaker maker;
  const Cell cell = maker.Make(GetParam().text, 7, allocator);
  EXPECT_EQ(cell.code, GetParam().code);
  EXPECT_EQ(cell.ToText().ToString(), GetParam().text);
  const KeyProbe probe(GetParam().text);
  EXPECT_EQ(probe.code, cell.code);
  FreeCell(cell, allocator);
  EXPECT_EQ(allocator.bytes(), 0u);
}

const CellCase kCellCases[] = {
    {"Empty", "", 0},
    {"OneLetter", "a", 1},
    {"Minus", "-", 1},
    {"Zero", "0", 248},
    {"MinusZero", "-0", 2},
    {"LeadingZero", "007", 3},
    {"OneByteMax", "127", 248},
    {"OneByteMin", "-128", 248},
    {"TwoBytes", "128", 249},
    {"TwoBytesMin", "-32768", 249},
    {"ThreeBytes", "-32769", 250},
    {"FourBytes", "8388608", 251},
    {"FourBytesMax", "2147483647", 251},
    {"FiveBytesMax", "549755813887", 252},
    {"SixBytes", "549755813888", 253},
    {"SixBytesMax", "140737488355327", 253},
    {"EightBytes", "140737488355328", 254},
    {"Int64Max", "9223372036854775807", 254},
    {"Int64Min", "-9223372036854775808", 254},
    {"PastInt64", "9223372036854775808", 19},
    {"TwentyOneDigits", "100000000000000000000", 21},
    {"LongestInline", std::string(247, 'x'), 247},
    {"ShortestLong", std::string(248, 'x'), 255},
    {"LongDigits", std::string(300, '1'), 255},
};
INSTANTIATE_TEST_SUITE_P(Cases, CellTest, testing::ValuesIn(kCellCases),
                         [](const auto& info) { return std::string(info.param.why); });

class BucketEditorTest : public testing::Test {
 protected:
  static constexpr size_t kMaxBytes = 4096;

  bool Insert(const std::string& key, const std::string& value, uint64_t deadline_ms = 0) {
    CellMaker key_maker;
    CellMaker value_maker;
    Slot slot;
    slot.tag = 0x5a;
    slot.key = key_maker.Make(key, 0, editor_.allocator());
    slot.value = value_maker.Make(value, 0, editor_.allocator());
    slot.deadline_ms = deadline_ms;
    return editor_.Insert(ref_, slot, kMaxBytes);
  }
  unsigned Find(const std::string& key) const {
    return BucketView::Find(ref_, editor_.traits(), 0x5a, KeyProbe(key), 0, nullptr);
  }
  bool Replace(const std::string& key, const std::string& value) {
    CellMaker maker;
    const Cell cell = maker.Make(value, 0, editor_.allocator());
    return editor_.ReplaceValue(ref_, Find(key), cell, kMaxBytes);
  }
  BucketView View() const { return BucketView(ref_, editor_.traits()); }
  std::string ValueOf(const std::string& key) const {
    return View().Entry(Find(key)).value.ToString();
  }
  static std::string Field(int i) { return "field:" + std::to_string(1000 + i); }
  static std::string Value(int i) { return "value:" + std::to_string(2000 + i); }

  void TearDown() override {
    editor_.Free(ref_);
    EXPECT_EQ(editor_.allocator().bytes(), 0u);
  }

  BucketEditor editor_{TableTraits{.values = true}};
  BucketRef ref_;
};

TEST_F(BucketEditorTest, SharedPrefixesAndEqualLengthsAreStoredOnce) {
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(Insert(Field(i), Value(i)));
  const BucketView view = View();
  EXPECT_EQ(view.KeyPrefix(), "field:100");
  EXPECT_EQ(view.ValuePrefix(), "value:200");
  // Header, tags, one code each, prefixes, and one differing digit for each string.
  EXPECT_EQ(view.used(), 3u + 9 + 1 + 1 + 9 + 9 + 9 * 2);
  for (int i = 0; i < 9; ++i) EXPECT_EQ(ValueOf(Field(i)), Value(i));
}

TEST_F(BucketEditorTest, AStrangerEndsTheSharing) {
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(Insert(Field(i), Value(i)));
  ASSERT_TRUE(Insert("x", "17"));
  EXPECT_EQ(View().KeyPrefix(), "");
  EXPECT_TRUE(View().Has(BucketView::kSpecialValues));
  for (int i = 0; i < 9; ++i) EXPECT_EQ(ValueOf(Field(i)), Value(i));
  EXPECT_EQ(ValueOf("x"), "17");
}

TEST_F(BucketEditorTest, EveryReplacementKeepsTheOthers) {
  const std::string values[] = {"value:2005", "value:20",           "", "42", "-7777777777",
                                "valu",       std::string(247, 'v')};
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(Insert(Field(i), Value(i)));
  for (const std::string& value : values) {
    ASSERT_TRUE(Replace(Field(4), value));
    EXPECT_EQ(ValueOf(Field(4)), value);
    for (int i = 0; i < 9; ++i) {
      if (i == 4) continue;
      EXPECT_EQ(ValueOf(Field(i)), Value(i)) << "after " << value;
    }
  }
}

TEST_F(BucketEditorTest, DeadlinesCostNothingUntilThereIsOne) {
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(Insert(Field(i), Value(i)));
  const size_t without = View().used();
  ASSERT_TRUE(editor_.SetDeadline(ref_, 3, 1'700'000'000'123));
  EXPECT_EQ(View().used(), without + 6 * 9);
  EXPECT_EQ(View().Deadline(3), 1'700'000'000'123u);
  EXPECT_EQ(View().Deadline(2), 0u);
  editor_.Erase(ref_, 2);
  EXPECT_EQ(View().Deadline(2), 1'700'000'000'123u);
}

TEST_F(BucketEditorTest, RefusesWhatWouldBeTooLargeAndStaysAsItWas) {
  int count = 0;
  while (Insert(Field(count), std::string(200, static_cast<char>('a' + count)))) ++count;
  EXPECT_GE(count, 15);
  EXPECT_LE(ref_.bytes(), kMaxBytes);
  EXPECT_EQ(View().count(), static_cast<unsigned>(count));
  EXPECT_FALSE(Replace(Field(0), std::string(247, 'z')));
  for (int i = 0; i < count; ++i) EXPECT_EQ(ValueOf(Field(i)).size(), 200u);
}

TEST_F(BucketEditorTest, ErasesFromEveryPlace) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(Insert(Field(i), std::string(i, 'v')));
  for (const int gone : {0, 19, 7, 8, 1, 18}) {
    editor_.Erase(ref_, Find(Field(gone)));
    EXPECT_EQ(Find(Field(gone)), BucketView::kNotFound);
  }
  EXPECT_EQ(View().count(), 14u);
  for (const int left : {2, 3, 6, 9, 17}) EXPECT_EQ(ValueOf(Field(left)), std::string(left, 'v'));
  while (!ref_.empty()) editor_.Erase(ref_, 0);
}

TEST(BucketRefTest, KeepsAddressCountAndSize) {
  alignas(16) const char blob[16] = {};
  const BucketRef ref(blob, 255, BucketRef::kMaxBytes);
  EXPECT_EQ(ref.blob(), blob);
  EXPECT_EQ(ref.count(), 255u);
  EXPECT_EQ(ref.bytes(), BucketRef::kMaxBytes);
  EXPECT_FALSE(ref.empty());
  EXPECT_TRUE(BucketRef().empty());
}

}  // namespace
}  // namespace thimble
