#include "server/persist/rdb_loading.h"

#include <algorithm>
#include <utility>

#include "server/config/settings.h"
#include "server/persist/key_delay.h"
#include "server/script/scripts.h"
#include "server/stats/log.h"
#include "storage/common/number.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

constexpr uint64_t kMostEmptyKeysNamed = 10;

std::string Megabytes(uint64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", static_cast<double>(bytes) / (1024 * 1024));
  return text;
}

RdbReadOptions WithSize(RdbReadOptions options, const InputFile& file) {
  options.source_bytes = file.size();
  return options;
}

}  // namespace

RdbLoading::RdbLoading(Services& services, std::unique_ptr<InputFile> file, RdbReadOptions options)
    : services_(services),
      file_(std::move(file)),
      observer_(std::exchange(services.environment.observer, nullptr)),
      reader_(*file_, services.databases, services.environment, WithSize(options, *file_), *this) {}

RdbLoading::~RdbLoading() {
  services_.environment.observer = observer_;
}

Loading::Progress RdbLoading::RunUntil(int64_t end_ns) {
  using Read = RdbFileReader::Progress;
  constexpr int kStepsPerLook = 32;
  Read read = Read::kMore;
  do {
    bool is_long = false;
    for (int i = 0; i < kStepsPerLook && read == Read::kMore && !is_long; ++i) {
      read = reader_.Step();
      is_long = reader_.was_long();
      if (services_.settings.key_load_delay_us == 0) [[likely]]
        continue;
      Delay();
      break;
    }
  } while (read == Read::kMore && services_.environment.clock.MonotonicNs() < end_ns);
  if (read == Read::kMore) return Progress::kMore;
  if (read == Read::kFailed) {
    LogFailure();
    return Progress::kFailed;
  }
  LogReport();
  return Progress::kDone;
}

void RdbLoading::Delay() {
  for (; delayed_keys_ < reader_.report().keys_loaded; ++delayed_keys_) {
    SleepPerKey(services_.settings.key_load_delay_us);
  }
}

void RdbLoading::LogFailure() const {
  if (file_->error()) {
    return Log(LogLevel::kWarning, "Error reading the RDB file: " + file_->error().message());
  }
  switch (reader_.fault()) {
    case RdbFileReader::Fault::kRefused:
      return Log(LogLevel::kWarning, reader_.error());
    case RdbFileReader::Fault::kTruncated:
      Log(LogLevel::kWarning, "Short read or OOM loading DB. Unrecoverable error, aborting now.");
      return Log(LogLevel::kWarning, "Internal error in RDB reading offset " +
                                         std::to_string(reader_.position()) +
                                         " -> Unexpected EOF reading RDB file");
    default:
      return Log(LogLevel::kWarning, "Internal error in RDB reading offset " +
                                         std::to_string(reader_.position()) + " -> " +
                                         reader_.error());
  }
}

void RdbLoading::LogReport() const {
  const RdbReadReport& report = reader_.report();
  std::string line = "Done loading RDB, keys loaded: " + std::to_string(report.keys_loaded) +
                     ", keys expired: " + std::to_string(report.keys_expired);
  if (report.keys_empty > 0) line += ", empty keys skipped: " + std::to_string(report.keys_empty);
  Log(LogLevel::kNotice, line + ".");
  if (report.keys_skipped > 0) {
    Log(LogLevel::kWarning, "Keys of types this server does not hold were skipped: " +
                                std::to_string(report.keys_skipped));
  }
  if (report.modules_skipped > 0) {
    Log(LogLevel::kWarning,
        "Data of modules beside keys was skipped: " + std::to_string(report.modules_skipped));
  }
  if (report.functions_skipped > 0) {
    Log(LogLevel::kWarning,
        "Libraries of functions were skipped: " + std::to_string(report.functions_skipped));
  }
}

void RdbLoading::OnAux(Bytes name, Bytes value) {
  if (name == "redis-ver" || name == "valkey-ver") {
    Log(LogLevel::kNotice, "Loading RDB produced by version " + std::string(value));
  } else if (name == "ctime") {
    const int64_t now_s = services_.environment.clock.NowMs() / 1000;
    const int64_t made_s = std::clamp<int64_t>(ParseInt64(value).value_or(now_s), 0, now_s);
    Log(LogLevel::kNotice, "RDB age " + std::to_string(now_s - made_s) + " seconds");
  } else if (name == "used-mem") {
    Log(LogLevel::kNotice,
        "RDB memory usage when created " + Megabytes(reader_.report().memory_bytes) + " Mb");
  } else if (name == "aof-base" && value == "1") {
    Log(LogLevel::kNotice, "RDB is base AOF");
  }
}

bool RdbLoading::OnFunction(Bytes code) {
  Result<std::string> loaded = services_.scripts.functions.Load(code, true);
  if (loaded.ok()) return true;
  const Error error = loaded.error();
  Log(LogLevel::kWarning, "Failed loading a library of functions: " + error.text());
  return false;
}

void RdbLoading::OnEmptyKey(Bytes key) {
  if (reader_.report().keys_empty > kMostEmptyKeysNamed) return;
  Log(LogLevel::kNotice, "rdbLoadObject: skipping empty key: " + std::string(key));
}

}  // namespace thimble
