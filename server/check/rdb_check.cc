#include "server/check/rdb_check.h"

#include <cinttypes>
#include <cstdio>

#include "storage/keyspace/databases.h"
#include "storage/keyspace/environment.h"
#include "storage/rdb/file_reader.h"

namespace thimble {
namespace {

class RdbCheck final : public RdbReadListener {
 public:
  explicit RdbCheck(InputFile& file)
      : file_(file),
        reader_(file, databases_, environment_, {.skip_foreign = true, .keep_nothing = true},
                *this) {}

  bool Run() {
    using Progress = RdbFileReader::Progress;
    Progress progress = Progress::kMore;
    while (progress == Progress::kMore) progress = reader_.Step();
    const bool sound = progress == Progress::kDone;
    if (sound) {
      if (reader_.report().checksum_matched) {
        Tell("Checksum OK");
      } else if (reader_.report().version >= kFirstSummedRdbVersion) {
        Tell("RDB file was saved with checksum disabled: no check performed.");
      }
      Tell("\\o/ RDB looks OK! \\o/");
    } else {
      TellFailure();
    }
    TellTotals();
    return sound;
  }
  uint64_t end() const { return reader_.position(); }

  // --- RdbReadListener ------------------------------------------------------------------------
  void OnAux(Bytes name, Bytes value) override {
    Tell("AUX FIELD " + std::string(name) + " = '" + std::string(value) + "'");
  }
  bool OnFunction(Bytes) override {
    ++libraries_;
    return true;
  }
  void OnEmptyKey(Bytes) override {}
  void OnDatabase(uint64_t index) override { Tell("Selecting DB ID " + std::to_string(index)); }

 private:
  void Tell(const std::string& what) const {
    std::printf("[offset %" PRIu64 "] %s\n", reader_.position(), what.c_str());
  }

  void TellFailure() const {
    std::puts("--- RDB ERROR DETECTED ---");
    if (file_.error()) {
      Tell("Error reading the RDB file: " + file_.error().message());
    } else if (reader_.fault() == RdbFileReader::Fault::kTruncated) {
      Tell("Unexpected EOF reading RDB file");
    } else {
      Tell(reader_.error());
    }
    if (const auto type = reader_.failed_type()) {
      std::printf("[additional info] Reading key '%s'\n",
                  std::string(reader_.failed_key()).c_str());
      std::printf("[additional info] Reading type %d\n", static_cast<int>(*type));
    }
  }

  // Of keys of all types, ours or not.
  void TellTotals() const {
    const RdbReadReport& report = reader_.report();
    const uint64_t keys =
        report.keys_loaded + report.keys_expired + report.keys_skipped + report.keys_empty;
    std::printf("[info] %" PRIu64 " keys read\n", keys);
    std::printf("[info] %" PRIu64 " expires\n", report.keys_with_deadline);
    std::printf("[info] %" PRIu64 " already expired\n", report.keys_expired);
    const auto tell = [](uint64_t count, const char* of_what) {
      if (count > 0) std::printf("[info] %" PRIu64 " %s\n", count, of_what);
    };
    tell(libraries_, "libraries of functions");
    tell(report.keys_empty, "empty keys, which loading leaves out");
    tell(report.keys_skipped, "keys of types that this server does not hold");
    tell(report.modules_skipped, "pieces of modules' data beside keys");
  }

  const HashKey hash_key_ = HashKey::FromEntropy();
  Random random_ = Random::FromEntropy();
  StorageEnvironment environment_{
      .hash_key = hash_key_, .clock = Clock::System(), .random = random_};
  Databases databases_{environment_, 1};  // None of them is touched.
  InputFile& file_;
  uint64_t libraries_ = 0;
  RdbFileReader reader_;
};

}  // namespace

std::optional<uint64_t> CheckRdb(Files& files, const std::string& path, const std::string& shown) {
  std::error_code error;
  const std::unique_ptr<InputFile> file = files.OpenToRead(path, error);
  if (file == nullptr) {
    std::printf("Cannot open file %s: %s\n", shown.c_str(), error.message().c_str());
    return std::nullopt;
  }
  std::printf("[offset 0] Checking RDB file %s\n", shown.c_str());
  RdbCheck check(*file);
  if (!check.Run()) return std::nullopt;
  return check.end();
}

}  // namespace thimble
