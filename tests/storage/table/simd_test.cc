#include "storage/table/simd.h"

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/common/random.h"
#include "storage/table/bucket.h"
#include "storage/table/simd_steps.h"

namespace thimble {
namespace {

// All tests of this program search as THIMBLE_SIMD says.
class SimdEnvironment : public testing::Environment {
 public:
  void SetUp() override { ASSERT_TRUE(ChooseSimd(std::getenv("THIMBLE_SIMD")).ok()); }
};
[[maybe_unused]] testing::Environment* const kEnvironment =
    testing::AddGlobalTestEnvironment(new SimdEnvironment);

constexpr unsigned kMostEntries = 127;  // Of a bucket, whatever happens.

class SimdTest : public testing::TestWithParam<Simd> {
 protected:
  void SetUp() override {
    if (!SupportsSimd(GetParam())) GTEST_SKIP() << "this CPU has no " << SimdName(GetParam());
    ASSERT_TRUE(ChooseSimd(SimdName(GetParam())).ok());
  }
  void TearDown() override { ASSERT_TRUE(ChooseSimd(std::getenv("THIMBLE_SIMD")).ok()); }
};

INSTANTIATE_TEST_SUITE_P(All, SimdTest, testing::Values(Simd::kPortable, Simd::kSse2, Simd::kAvx2),
                         [](const auto& info) { return SimdName(info.param); });

#if defined(__SSE2__)
[[gnu::target("avx2")]] uint32_t MatchWithAvx2(const char* tags, unsigned count, uint8_t tag) {
  return avx2::MatchTags(tags, count, tag);
}
[[gnu::target("avx2")]] size_t SumWithAvx2(const char* codes, unsigned count) {
  return avx2::SumSizes(codes, count);
}
[[gnu::target("avx2")]] size_t SumBothWithAvx2(const char* some, const char* others,
                                               unsigned count) {
  return avx2::SumBothSizes(some, others, count);
}
#endif

uint32_t Match(Simd simd, const char* tags, unsigned count, uint8_t tag) {
#if defined(__SSE2__)
  if (simd == Simd::kAvx2) return MatchWithAvx2(tags, count, tag);
  if (simd == Simd::kSse2) return sse2::MatchTags(tags, count, tag);
#endif
  (void)simd;
  return portable::MatchTags(tags, count, tag);
}

size_t Sum(Simd simd, const char* bytes, unsigned count) {
#if defined(__SSE2__)
  if (simd == Simd::kAvx2) return SumWithAvx2(bytes, count);
  if (simd == Simd::kSse2) return sse2::SumSizes(bytes, count);
#endif
  (void)simd;
  return portable::SumSizes(bytes, count);
}

size_t SumBoth(Simd simd, const char* some, const char* others, unsigned count) {
#if defined(__SSE2__)
  if (simd == Simd::kAvx2) return SumBothWithAvx2(some, others, count);
  if (simd == Simd::kSse2) return sse2::SumBothSizes(some, others, count);
#endif
  (void)simd;
  return portable::SumBothSizes(some, others, count);
}

std::vector<uint16_t> Running(Simd simd, const char* bytes, unsigned count) {
  std::vector<uint16_t> sums(count + 15);
#if defined(__SSE2__)
  if (simd != Simd::kPortable) {
    sse2::RunningSizes(bytes, count, sums.data());
  } else
#endif
    portable::RunningSizes(bytes, count, sums.data());
  sums.resize(count);
  return sums;
}

// `count` bytes and the 15 more that a step may read, in a block that ends there.
std::unique_ptr<char[]> BytesWithMargin(Random& random, unsigned count, unsigned kinds) {
  std::unique_ptr<char[]> bytes(new char[count + 15]);
  for (unsigned i = 0; i < count + 15; ++i) {
    bytes[i] = static_cast<char>(random.Below(kinds) * (255 / (kinds - 1)));
  }
  return bytes;
}

TEST_P(SimdTest, StepsDoAsThePortableOnesDo) {
  Random random(1);
  for (unsigned count = 0; count <= kMostEntries; ++count) {
    for (int round = 0; round < 50; ++round) {
      const unsigned kinds = round % 2 == 0 ? 4 : 256;
      const std::unique_ptr<char[]> bytes = BytesWithMargin(random, count, kinds);
      const uint8_t tag = static_cast<uint8_t>(random.Below(kinds) * (255 / (kinds - 1)));
      ASSERT_EQ(Sum(GetParam(), bytes.get(), count), portable::SumSizes(bytes.get(), count));
      const std::unique_ptr<char[]> others = BytesWithMargin(random, count, kinds);
      ASSERT_EQ(SumBoth(GetParam(), bytes.get(), others.get(), count),
                portable::SumBothSizes(bytes.get(), others.get(), count));
      const std::vector<uint16_t> running = Running(GetParam(), bytes.get(), count);
      for (unsigned i = 0; i < count; ++i) {
        ASSERT_EQ(running[i], portable::SumSizes(bytes.get(), i)) << i << " of " << count;
      }
      if (count == 0) continue;  // Of no tags nothing is asked.
      uint64_t matches = Match(GetParam(), bytes.get(), count, tag);
      uint64_t expected = portable::MatchTags(bytes.get(), count, tag);
      if (GetParam() == Simd::kAvx2 && count > 16) {
        expected |= uint64_t{portable::MatchTags(bytes.get() + 16, count - 16, tag)} << 16;
      }
      ASSERT_EQ(matches, expected) << count << " tags";
    }
  }
}

TEST_P(SimdTest, SumsOfTheLargestSizesDoNotOverflow) {
  const std::vector<char> codes(kMostEntries + 15, static_cast<char>(kMaxStoredBytes));
  for (unsigned count = 0; count <= kMostEntries; ++count) {
    EXPECT_EQ(Sum(GetParam(), codes.data(), count), kMaxStoredBytes * count);
  }
}

TEST_P(SimdTest, TheSizeOfEachCodeIsThatOfTheTable) {
  for (unsigned code = 0; code < 256; ++code) {
    const std::vector<char> codes(kMostEntries + 15, static_cast<char>(code));
    for (const unsigned count : {1U, 17U, 40U}) {
      EXPECT_EQ(Sum(GetParam(), codes.data(), count), kStoredSizes[code] * count) << code;
    }
  }
}

// The shortest data that keys can have, so that ASan sees a read beyond a blob: single bytes, one
// of them empty, and few tags, so that most lookups meet strangers.
TEST_P(SimdTest, FindsEachSlotOfBucketsOfAnySize) {
  for (const TableTraits traits :
       {TableTraits{false, false}, TableTraits{true, false}, TableTraits{true, true}}) {
    BucketEditor editor(traits);
    BucketRef ref;
    std::vector<std::string> keys{""};
    for (unsigned i = 1; i < kMostEntries; ++i) keys.emplace_back(1, static_cast<char>(i));
    for (unsigned count = 1; count <= kMostEntries; ++count) {
      CellMaker key_maker;
      CellMaker value_maker;
      Slot slot;
      slot.tag = static_cast<uint8_t>(count % 3);
      slot.key = key_maker.Make(keys[count - 1], 0, editor.allocator());
      slot.value = value_maker.Make("", 0, editor.allocator());
      ASSERT_TRUE(editor.Insert(ref, slot, BucketRef::kMaxBytes));
      for (unsigned i = 0; i < kMostEntries; ++i) {
        const uint8_t tag = static_cast<uint8_t>((i + 1) % 3);
        const unsigned expected = i < count ? i : BucketView::kNotFound;
        TableEntry entry;
        ASSERT_EQ(BucketView::Find(ref, traits, tag, KeyProbe(keys[i]), 0, &entry), expected);
        BucketView::PrefetchEntry(ref, traits, tag);
      }
    }
    editor.Free(ref);
  }
}

TEST(ChooseSimdTest, RefusesWhatItDoesNotKnow) {
  const Simd before = ActiveSimd();
  for (const char* name : {"sse", "AVX2", "avx512", "portable "}) {
    Result<void> chosen = ChooseSimd(name);
    ASSERT_FALSE(chosen.ok()) << name;
    const Error error = chosen.error();
    EXPECT_NE(error.text().find(name), std::string::npos);
    EXPECT_EQ(ActiveSimd(), before);
  }
}

}  // namespace
}  // namespace thimble
