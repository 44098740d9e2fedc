#include "server/persist/files.h"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>

#include <gtest/gtest.h>

namespace thimble {
namespace {

// Whether this process has `name` open, with a name or without.
bool IsOpen(const std::string& name) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    if (std::filesystem::read_symlink(entry, error).string().starts_with(name)) return true;
  }
  return false;
}

class FilesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "thimble-files-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = std::filesystem::canonical(name).string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Make(const std::string& name, Bytes content) {
    const std::string path = folder_ + "/" + name;
    std::error_code error;
    const auto file = files_.OpenToWrite(path, Files::Mode::kReplace, error);
    EXPECT_TRUE(file != nullptr && file->Write(content)) << error.message();
    return path;
  }
  std::string Content(const std::string& path) {
    std::error_code error;
    const auto file = files_.OpenToRead(path, error);
    return file == nullptr ? error.message() : std::string(file->Next());
  }
  // A thread of its own lets go of what has no name any more.
  void ExpectLetGo(const std::string& path) {
    for (int i = 0; i < 1000 && IsOpen(path + " (deleted)"); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_FALSE(IsOpen(path + " (deleted)"));
  }

  Files& files_ = Files::System();
  std::string folder_;
};

TEST_F(FilesTest, RemovesAndLetsGo) {
  const std::string path = Make("a", "some");
  EXPECT_FALSE(files_.Remove(path));
  EXPECT_FALSE(files_.Exists(path));
  ExpectLetGo(path);
}

TEST_F(FilesTest, ReplacesAndLetsGo) {
  const std::string from = Make("new", "new");
  const std::string to = Make("old", "old");
  EXPECT_FALSE(files_.Rename(from, to));
  EXPECT_EQ(Content(to), "new");
  EXPECT_FALSE(files_.Exists(from));
  ExpectLetGo(to);
}

TEST_F(FilesTest, TellsWhatIsMissing) {
  EXPECT_EQ(files_.Remove(folder_ + "/none"), std::errc::no_such_file_or_directory);
  EXPECT_EQ(files_.Rename(folder_ + "/none", folder_ + "/other"),
            std::errc::no_such_file_or_directory);
  EXPECT_EQ(files_.Remove(folder_), std::errc::is_a_directory);
}

TEST_F(FilesTest, RemovesALinkAndNotWhatItNames) {
  const std::string path = Make("a", "some");
  const std::string link = folder_ + "/link";
  std::filesystem::create_symlink(path, link);
  EXPECT_FALSE(files_.Remove(link));
  EXPECT_FALSE(files_.Exists(link));
  EXPECT_EQ(Content(path), "some");
}

}  // namespace
}  // namespace thimble
