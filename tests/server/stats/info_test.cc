#include "server/stats/info.h"

#include <gtest/gtest.h>

namespace thimble {
namespace {

class InfoRegistryTest : public testing::Test {
 protected:
  InfoRegistryTest() {
    using enum InfoRegistry::Shown;
    info.Add("Server", kByDefault, [](InfoText& text) { text.Field("a", 1); });
    info.Add("Commandstats", kOnRequest, [](InfoText& text) { text.Field("b", "x"); });
    info.Add("CPU", kByDefault, [](InfoText& text) { text.Field("c", 1.5, 2, "%"); });
  }
  std::string Render(std::vector<Bytes> names) { return info.Render(names); }

  InfoRegistry info;
};

TEST_F(InfoRegistryTest, DefaultLeavesOutWhatIsOnRequest) {
  const std::string expected = "# Server\r\na:1\r\n\r\n# CPU\r\nc:1.50%\r\n";
  EXPECT_EQ(Render({}), expected);
  EXPECT_EQ(Render({"DEFAULT"}), expected);
}

TEST_F(InfoRegistryTest, AllAndEverythingShowAll) {
  EXPECT_EQ(Render({"all"}),
            "# Server\r\na:1\r\n\r\n# Commandstats\r\nb:x\r\n\r\n# CPU\r\nc:1.50%\r\n");
  EXPECT_EQ(Render({"all"}), Render({"Everything"}));
}

TEST_F(InfoRegistryTest, NamedSectionsKeepTheirOrderAndComeOnce) {
  EXPECT_EQ(Render({"cpu", "COMMANDSTATS", "cpu"}),
            "# Commandstats\r\nb:x\r\n\r\n# CPU\r\nc:1.50%\r\n");
  EXPECT_EQ(Render({"nosuch"}), "");
}

TEST(InfoTextTest, BytesAreShownForPeopleToo) {
  std::string out;
  InfoText(out).Bytes("used", 2048);
  EXPECT_EQ(out, "used:2048\r\nused_human:2.00K\r\n");
}

}  // namespace
}  // namespace thimble
