// conf/thimble.conf against the option table.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "server/config/config.h"
#include "server/config/settings.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

std::filesystem::path ConfFile() {
  return std::filesystem::path(THIMBLE_SOURCE_DIR) / "conf/thimble.conf";
}

// Every option stands in the file, live or behind a "#", and setting it to what stands there
// changes nothing.
TEST(ConfFileTest, ShowsEveryOptionWithItsDefault) {
  Settings settings;
  Config config(settings);
  std::ifstream file(ConfFile());
  ASSERT_TRUE(file);
  std::set<const OptionSpec*> shown;
  std::string line;
  while (std::getline(file, line)) {
    const bool live = !line.starts_with("#");
    const auto words = SplitWords(live ? line : line.substr(1));
    if (!words || words->size() < 2) continue;
    const OptionSpec* option = FindOption((*words)[0]);
    if (option == nullptr) {
      EXPECT_FALSE(live) << line;
      continue;
    }
    const std::string before = config.Value(*option);
    Result<void> applied = config.ApplyLine(*words);
    if (!applied.ok()) {
      EXPECT_FALSE(live) << line;  // A comment that begins with an option's name.
      continue;
    }
    EXPECT_EQ(config.Value(*option), before) << line;
    shown.insert(option);
  }
  for (const OptionSpec& option : AllOptions()) {
    EXPECT_TRUE(shown.contains(&option)) << option.name << " is missing";
  }
}

}  // namespace
}  // namespace thimble
