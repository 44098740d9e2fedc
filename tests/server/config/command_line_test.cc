#include "server/config/command_line.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "server/config/settings.h"

namespace thimble {
namespace {

class CommandLineTest : public testing::Test {
 public:
  ~CommandLineTest() override {
    std::filesystem::current_path(before);  // `dir` moves the process.
    std::filesystem::remove_all(folder);
  }

 protected:
  CommandLineTest() {
    std::string name = (std::filesystem::temp_directory_path() / "thimble-XXXXXX").string();
    folder = mkdtemp(name.data());
  }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return (folder / name).string();
  }
  std::string Read(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // Empty when all is well, else what is printed.
  std::string Load(const std::vector<std::string>& args) {
    int exit_code = 0;
    const auto command_line = ParseCommandLine(args, &exit_code);
    EXPECT_TRUE(command_line.has_value());
    Result<void> loaded = LoadConfiguration(config, *command_line);
    return loaded.ok() ? "" : loaded.error().text();
  }
  static std::string Fatal(int line, const std::string& text, const std::string& reason) {
    return "\n*** FATAL CONFIG FILE ERROR (Thimble 0.1.0) ***\nReading the configuration file, "
           "at line " +
           std::to_string(line) + "\n>>> '" + text + "'\n" + reason + "\n";
  }

  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::path folder;
  Settings settings;
  Config config{settings};
};

TEST_F(CommandLineTest, OptionsOverrideTheFile) {
  const std::string path = Write("a.conf", "# comment\n  port 7000  \ntimeout 3\n");
  EXPECT_EQ(Load({path, "--port", "7001", "--save", "60", "1", "300", "10"}), "");
  EXPECT_EQ(settings.port, 7001);
  EXPECT_EQ(settings.timeout_s, 3);
  EXPECT_EQ(config.Value("save"), "60 1 300 10");
  EXPECT_EQ(config.file(), path);
}

TEST_F(CommandLineTest, OneArgumentMayHoldSeveralWords) {
  EXPECT_EQ(Load({"--save", " 60  1 300 10 "}), "");
  EXPECT_EQ(config.Value("save"), "60 1 300 10");
}

TEST_F(CommandLineTest, BlanksAreNoSavePoint) {
  EXPECT_EQ(Load({"--save", " "}), "");
  EXPECT_EQ(config.Value("save"), "");
}

TEST_F(CommandLineTest, SaveMayStandAlone) {
  EXPECT_EQ(Load({"--save", "--port", "7002"}), "");
  EXPECT_EQ(config.Value("save"), "");
  EXPECT_EQ(settings.port, 7002);
}

TEST_F(CommandLineTest, AValueMayLookLikeAnOption) {
  EXPECT_EQ(Load({"--requirepass", "--secret", "--port", "7003"}), "");
  EXPECT_EQ(settings.requirepass, "--secret");
  EXPECT_EQ(settings.port, 7003);
}

TEST_F(CommandLineTest, NameAndValueMayShareAnArgument) {
  EXPECT_EQ(Load({"--port 7004", "--timeout", "1"}), "");
  EXPECT_EQ(settings.port, 7004);
}

TEST_F(CommandLineTest, ErrorsNameLineAndReason) {
  EXPECT_EQ(Load({"--port", "abc"}),
            Fatal(2, "port \"abc\"", "argument couldn't be parsed into an integer"));
  EXPECT_EQ(Load({"--foo", "bar"}),
            Fatal(2, "foo \"bar\"", "Bad directive or wrong number of arguments"));
  EXPECT_EQ(Load({"--port", "1", "2"}), Fatal(2, "port \"1\" \"2\"", "wrong number of arguments"));
  EXPECT_EQ(Load({Write("b.conf", "port 1\nfoo \"bar\n")}),
            Fatal(2, "foo \"bar", "Unbalanced quotes in configuration line"));
}

TEST_F(CommandLineTest, IncludesFilesAndPatterns) {
  Write("one.inc", "timeout 1\n");
  Write("two.inc", "hz 20\n");
  const std::string path = Write("c.conf", "include " + (folder / "*.inc").string() + "\ninclude " +
                                               (folder / "no*.inc").string() + "\n");
  EXPECT_EQ(Load({path}), "");
  EXPECT_EQ(settings.timeout_s, 1);
  EXPECT_EQ(settings.hz, 20);
}

TEST_F(CommandLineTest, AFileThatIncludesItselfIsRefused) {
  const std::string path = (folder / "loop.conf").string();
  Write("loop.conf", "include " + path + "\n");
  EXPECT_NE(Load({path}).find("nested too deeply"), std::string::npos);
}

TEST_F(CommandLineTest, RenamesAreAskedFor) {
  config.OnRename([](const Config::Renaming& renaming) -> Result<void> {
    if (renaming.from != "FLUSHALL") return Error::Message("No such command in rename-command");
    EXPECT_EQ(renaming.to, "");
    return Ok();
  });
  EXPECT_EQ(Load({"--rename-command", "FLUSHALL", ""}), "");
  EXPECT_EQ(Load({"--rename-command", "FOO", "BAR"}),
            Fatal(2, "rename-command \"FOO\" \"BAR\"", "No such command in rename-command"));
}

TEST_F(CommandLineTest, RewriteKeepsCommentsAndOrder) {
  const std::string path = Write("d.conf",
                                 "# mine\n"
                                 "timeout 5\n"
                                 "\n"
                                 "hash-max-ziplist-entries 77\n"
                                 "save 60 1\n"
                                 "save 300 10\n"
                                 "rename-command KEYS \"\"\n"
                                 "maxmemory 100mb\n"
                                 "maxmemory 200mb\n");
  config.OnRename([](const Config::Renaming&) { return Ok(); });
  ASSERT_EQ(Load({path, "--dir", folder.string()}), "");
  const Config::Change changes[] = {{"timeout", "0"}, {"requirepass", "a b"}};
  ASSERT_TRUE(config.Set(changes, false).ok());
  ASSERT_TRUE(config.Rewrite().ok());
  const std::string expected =
      "# mine\n"
      "timeout 0\n"
      "\n"
      "hash-max-listpack-entries 77\n"
      "save 60 1\n"
      "save 300 10\n"
      "rename-command KEYS \"\"\n"
      "maxmemory 200mb\n"
      "\n"
      "# Generated by CONFIG REWRITE\n"
      "dir \"" +
      config.Value("dir") +
      "\"\n"
      "requirepass \"a b\"\n";
  EXPECT_EQ(Read(path), expected);
  ASSERT_TRUE(config.Rewrite().ok());  // A second time changes nothing.
  EXPECT_EQ(Read(path), expected);
}

TEST_F(CommandLineTest, RewriteLeavesOutADefaultThatWasSet) {
  config.SetDefault("protected-mode", "no");
  EXPECT_FALSE(settings.protected_mode);
  const std::string path = Write("e.conf", "timeout 5\n");
  ASSERT_EQ(Load({path}), "");
  ASSERT_TRUE(config.Rewrite().ok());
  EXPECT_EQ(Read(path).find("protected-mode"), std::string::npos);
  const Config::Change changes[] = {{"protected-mode", "yes"}};
  ASSERT_TRUE(config.Set(changes, false).ok());
  ASSERT_TRUE(config.Rewrite().ok());
  EXPECT_NE(Read(path).find("\nprotected-mode yes\n"), std::string::npos);
}

TEST_F(CommandLineTest, RewriteNeedsAFile) {
  Result<void> done = config.Rewrite();
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().text(), "ERR The server is running without a config file");
}

}  // namespace
}  // namespace thimble
