#include "server/script/script_cache.h"

#include <string>

#include <gtest/gtest.h>

#include "storage/common/sha1.h"

namespace thimble {
namespace {

class ScriptCacheTest : public testing::Test {
 protected:
  Script& Add(const std::string& source, bool kept = false) {
    auto script = std::make_unique<Script>();
    script->source = source;
    script->sha = Hex(Sha1(source));
    script->kept = kept;
    return cache_.Add(std::move(script));
  }

  const HashKey key_ = HashKey::FromSeed(1);
  ScriptCache cache_{key_};
};

TEST_F(ScriptCacheTest, FindsByDigestInAnyCaseAndBySource) {
  Script& script = Add("return 1");
  EXPECT_EQ(cache_.FindBySha("e0e1f9fabfc9d4800c877a703b823ac0578ff8db"), &script);
  EXPECT_EQ(cache_.FindBySha("E0E1F9FABFC9D4800C877A703B823AC0578FF8DB"), &script);
  EXPECT_EQ(cache_.FindBySource("return 1"), &script);
  EXPECT_EQ(cache_.FindBySha("e0e1f9fabfc9d4800c877a703b823ac0578ff8d"), nullptr);
  EXPECT_EQ(cache_.FindBySource("return 2"), nullptr);
}

TEST_F(ScriptCacheTest, TheLongestUnusedGoesAndWhatWasLoadedStays) {
  Add("return 'kept'", true);
  for (size_t i = 0; i < ScriptCache::kMaxFleeting; ++i) Add("return " + std::to_string(i));
  EXPECT_EQ(cache_.TakeSurplus(), nullptr);
  cache_.Touch(*cache_.FindBySource("return 0"));
  Add("return 'more'");
  const auto surplus = cache_.TakeSurplus();
  ASSERT_NE(surplus, nullptr);
  EXPECT_EQ(surplus->source, "return 1");
  EXPECT_EQ(cache_.FindBySource("return 1"), nullptr);
  EXPECT_NE(cache_.FindBySource("return 0"), nullptr);
  EXPECT_NE(cache_.FindBySource("return 'kept'"), nullptr);
  EXPECT_EQ(cache_.TakeSurplus(), nullptr);
}

TEST_F(ScriptCacheTest, WhatIsKeptLaterStaysAsWell) {
  cache_.Keep(Add("return 'first'"));
  for (size_t i = 0; i <= ScriptCache::kMaxFleeting; ++i) Add("return " + std::to_string(i));
  EXPECT_EQ(cache_.TakeSurplus()->source, "return 0");
  EXPECT_NE(cache_.FindBySource("return 'first'"), nullptr);
}

TEST_F(ScriptCacheTest, ForgetsAll) {
  Add("return 1");
  Add("return 2", true);
  cache_.Clear();
  EXPECT_EQ(cache_.size(), 0U);
  EXPECT_EQ(cache_.MemoryBytes(), 0U);
  EXPECT_EQ(cache_.FindBySource("return 1"), nullptr);
}

}  // namespace
}  // namespace thimble
