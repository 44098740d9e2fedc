// The power goes at every call between write, sync, rename and manifest, and what was acknowledged
// must be there afterwards: of the log with `always`, of SAVE, and while the log is rewritten.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "server/command/effects.h"
#include "server/persist/append_only.h"
#include "server/persist/persistence.h"
#include "server/persist/rdb_file.h"
#include "server/persist/rdb_loading.h"
#include "storage/common/function_ref.h"
#include "tests/support/fragile_files.h"
#include "tests/support/in_process_server.h"
#include "tests/support/logging_server.h"
#include "tests/support/sanitized.h"

namespace thimble {
namespace {

using test::FragileFiles;
using test::InProcessClient;
using test::InProcessServer;
using test::LoggingServer;

constexpr int64_t kForever = INT64_MAX;

struct Outcome {
  int64_t acknowledged = 0;
  int64_t found = -1;  // -1: what was there was refused.
  size_t calls = 0;
};

struct How {
  std::string policy = "always";
  bool base_is_rdb = true;
  bool forgets_files = false;
  bool forgets_folders = false;
};

constexpr int kCounts = 9;
constexpr int kRewrites = kCounts / 4;

// Counts up, rewriting twice and counting meanwhile, until the power goes at call `off_at`; then
// looks at what is left. With `always` each count is acknowledged, else what the log says has
// reached the disk.
Outcome CutAt(size_t off_at, uint64_t seed, const How& how) {
  FragileFiles files(off_at);
  files.ForgetSyncs(how.forgets_files, how.forgets_folders);
  Outcome outcome;
  {
    LoggingServer logging(files, how.policy, how.base_is_rdb);
    EXPECT_TRUE(logging.Start());
    InProcessClient client(logging.server());
    int counted = 0;
    const auto count = [&] {
      client.Call({"incr", "n"});
      const bool told = how.policy == "always" || (++counted % 3 == 0 && logging.Settle());
      if (told && !files.off()) outcome.acknowledged = logging.Count(client);
    };
    logging.SetWhilePrepared(count);
    for (int i = 1; i <= kCounts; ++i) {
      count();
      if (i % 4 == 0) logging.Rewrite();
    }
    outcome.calls = files.calls();
  }
  Random random(seed);
  files.Restart(random);
  LoggingServer logging(files, how.policy, how.base_is_rdb);
  if (!logging.Start()) return outcome;
  InProcessClient client(logging.server());
  outcome.found = logging.Count(client);
  return outcome;
}

// The log tells of every repair.
class PowerCutTest : public testing::Test {
 protected:
  PowerCutTest() {
    Settings silent;
    silent.logfile = "/dev/null";
    OpenLog(silent);
  }
  ~PowerCutTest() override { OpenLog(Settings()); }
};

TEST_F(PowerCutTest, NothingAcknowledgedIsLost) {
  const How ways[] = {{}, {.base_is_rdb = false}, {.policy = "everysec"}, {.policy = "no"}};
  for (const How& how : ways) {
    const size_t calls = CutAt(0, 1, how).calls;
    ASSERT_GT(calls, 30U);
    const uint64_t usual = how.policy == "always" && how.base_is_rdb ? 8 : 3;
    const uint64_t seeds = kSanitized ? 1 : usual;
    for (size_t off_at = 1; off_at <= calls; ++off_at) {
      for (uint64_t seed = 0; seed < seeds; ++seed) {
        const Outcome outcome = CutAt(off_at, seed, how);
        ASSERT_GE(outcome.found, outcome.acknowledged)
            << how.policy << ", cut at " << off_at << ", seed " << seed;
        ASSERT_LE(outcome.found, kCounts + kRewrites);
      }
    }
  }
}

// The same with syncs left out must go wrong somewhere, or the test above says nothing.
TEST_F(PowerCutTest, MissingSyncsAreNoticed) {
  for (const bool of_files : {true, false}) {
    const How how{.forgets_files = of_files, .forgets_folders = !of_files};
    const size_t calls = CutAt(0, 1, how).calls;
    bool lost = false;
    for (size_t off_at = 1; off_at <= calls && !lost; ++off_at) {
      for (uint64_t seed = 0; seed < 8 && !lost; ++seed) {
        const Outcome outcome = CutAt(off_at, seed, how);
        lost = outcome.found < outcome.acknowledged;
      }
    }
    EXPECT_TRUE(lost) << (of_files ? "files" : "folders");
  }
}

// A log of an earlier run, which counted to 100, lies there. The next run begins without it at
// 1000, and switches it on, until that works. With `base_first` it makes a base before, without a
// log. `failures` calls of the second run fail, from the one of number `fails_at` on.
struct Switching {
  size_t off_at = 0;
  size_t fails_at = 0;
  size_t failures = 0;
  bool base_first = false;
  bool begins_only = false;  // It tries once, begins another time, and is gone.
};

Outcome Switch(const Switching& switching, uint64_t seed, const How& how) {
  const size_t off_at = switching.off_at;
  FragileFiles files(off_at);
  Outcome outcome;
  {
    LoggingServer logging(files, how.policy, how.base_is_rdb);
    EXPECT_TRUE(logging.Start());
    InProcessClient client(logging.server());
    client.Call({"incrby", "n", "100"});
    if (!files.off()) outcome.acknowledged = 100;
  }
  {
    LoggingServer logging(files, how.policy, how.base_is_rdb);
    InProcessClient client(logging.server());
    client.Call({"set", "n", "1000"});
    files.FailAt(switching.fails_at, switching.failures);
    const auto count = [&] { client.Call({"incr", "n"}); };
    if (switching.base_first) logging.Rewrite();
    bool stands = false;
    const int most = switching.begins_only ? 1 : 6;
    for (int tries = 0; !stands && tries < most && !files.off(); ++tries) {
      stands = logging.Rewrite(true, count);
    }
    if (switching.begins_only && !stands) logging.Begin(true);
    for (int i = 0; i < (switching.begins_only ? 0 : 2); ++i) {
      count();
      if (stands && !files.off()) outcome.acknowledged = logging.Count(client);
      logging.Rewrite();
    }
    outcome.calls = files.calls();
  }
  files.FailAt(0, 0);
  Random random(seed);
  if (off_at != 0) files.Restart(random);
  LoggingServer logging(files, how.policy, how.base_is_rdb);
  if (!logging.Start()) return outcome;
  InProcessClient client(logging.server());
  outcome.found = logging.Count(client);
  return outcome;
}

TEST_F(PowerCutTest, ALogIsSwitchedOnWholeOrNotAtAll) {
  const size_t calls = Switch({}, 1, {}).calls;
  for (size_t off_at = 1; off_at <= calls; ++off_at) {
    for (uint64_t seed = 0; seed < (kSanitized ? 1 : 3); ++seed) {
      const Outcome outcome = Switch({.off_at = off_at}, seed, {});
      ASSERT_GE(outcome.found, outcome.acknowledged) << "cut at " << off_at << ", seed " << seed;
      ASSERT_TRUE(outcome.found <= 100 || (outcome.found >= 1000 && outcome.found <= 1010))
          << outcome.found << ", cut at " << off_at << ", seed " << seed;
    }
  }
}

TEST_F(PowerCutTest, ALogIsSwitchedOnInTheEnd) {
  for (const bool base_first : {false, true}) {
    Switching switching{.base_first = base_first};
    const size_t calls = Switch(switching, 1, {}).calls;
    for (switching.failures = 1; switching.failures <= 3; ++switching.failures) {
      const size_t step = kSanitized ? 5 : 2;
      for (switching.fails_at = 1; switching.fails_at <= calls; switching.fails_at += step) {
        const Outcome outcome = Switch(switching, 1, {});
        ASSERT_GE(outcome.acknowledged, 1002)
            << switching.failures << " failures at " << switching.fails_at;
        ASSERT_EQ(outcome.found, outcome.acknowledged)
            << switching.failures << " failures at " << switching.fails_at << base_first;
      }
    }
  }
}

// Between two tries what is there can be started from: it is the old log or the new.
TEST_F(PowerCutTest, ALogIsWholeBetweenTries) {
  Switching switching{.begins_only = true};
  const size_t calls = Switch({}, 1, {}).calls;
  for (switching.failures = 1; switching.failures <= 4; ++switching.failures) {
    for (switching.fails_at = 1; switching.fails_at <= calls;
         switching.fails_at += kSanitized ? 3 : 1) {
      const Outcome outcome = Switch(switching, 1, {});
      ASSERT_TRUE(outcome.found == 100 || outcome.found >= 1000)
          << outcome.found << ", " << switching.failures << " failures at " << switching.fails_at;
    }
  }
}

// A server whose files are these.
class SavingServer {
 public:
  explicit SavingServer(FragileFiles& files)
      : persistence_(server_->loop(), server_.services(), files), client_(server_) {}
  ~SavingServer() { server_->loop().SetBeforeFlush(nullptr); }

  void Count() { client_.Call({"incr", "n"}); }
  bool Save() { return persistence_.Save().ok(); }
  // BGSAVE, and counting on meanwhile.
  bool SaveInBackground() {
    const bool started = persistence_.SaveInBackground(false, false).ok();
    if (started) Count();
    while (persistence_.background() != Persistence::Background::kNone) {
      server_.Turn();
      persistence_.Beat();
    }
    return started && persistence_.work().last_save_ok();
  }
  // What stands in that file; -1 if it is refused, 0 if it is not there.
  int64_t CountIn(FragileFiles& files, const std::string& name) {
    std::error_code error;
    std::unique_ptr<InputFile> file = files.OpenToRead(name, error);
    if (file != nullptr) {
      RdbLoading loading(server_.services(), std::move(file), {});
      if (loading.RunUntil(kForever) != Loading::Progress::kDone) return -1;
    }
    return std::stoll(client_.Call({"incrby", "n", "0"}).substr(1));
  }

 private:
  InProcessServer server_;
  Persistence persistence_;
  InProcessClient client_;
};

// Saves after each count, as SAVE or BGSAVE.
Outcome CutSaveAt(size_t off_at, uint64_t seed, const How& how, bool in_background) {
  FragileFiles files(off_at);
  files.ForgetSyncs(how.forgets_files, how.forgets_folders);
  Outcome outcome;
  {
    SavingServer server(files);
    for (int i = 1; i <= 4; ++i) {
      server.Count();
      const int count = in_background ? 2 * i - 1 : i;
      const bool saved = in_background ? server.SaveInBackground() : server.Save();
      if (saved && !files.off()) outcome.acknowledged = count;
    }
    outcome.calls = files.calls();
  }
  Random random(seed);
  files.Restart(random);
  const std::string folder = in_background ? std::filesystem::current_path().string() + "/" : "";
  outcome.found = SavingServer(files).CountIn(files, folder + "dump.rdb");
  return outcome;
}

void ExpectTheOldFileOrTheNewOne(bool in_background) {
  const size_t calls = CutSaveAt(0, 1, {}, in_background).calls;
  ASSERT_GT(calls, 12U);
  for (size_t off_at = 1; off_at <= calls; ++off_at) {
    for (uint64_t seed = 0; seed < (kSanitized ? 2 : 8); ++seed) {
      const Outcome outcome = CutSaveAt(off_at, seed, {}, in_background);
      ASSERT_GE(outcome.found, outcome.acknowledged) << "cut at " << off_at << ", seed " << seed;
    }
  }
  for (const bool of_files : {true, false}) {
    const How how{.forgets_files = of_files, .forgets_folders = !of_files};
    bool lost = false;
    for (size_t off_at = 1; off_at <= calls && !lost; ++off_at) {
      for (uint64_t seed = 0; seed < 8 && !lost; ++seed) {
        const Outcome outcome = CutSaveAt(off_at, seed, how, in_background);
        lost = outcome.found < outcome.acknowledged;
      }
    }
    EXPECT_TRUE(lost) << "planted, and not noticed: " << (of_files ? "files" : "folders");
  }
}

TEST_F(PowerCutTest, ThereIsTheOldFileOrTheNewOne) {
  ExpectTheOldFileOrTheNewOne(false);
}

TEST_F(PowerCutTest, SoThereIsOfASaveInTheBackground) {
  ExpectTheOldFileOrTheNewOne(true);
}

}  // namespace
}  // namespace thimble
