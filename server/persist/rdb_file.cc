#include "server/persist/rdb_file.h"

#include <unistd.h>

#include "server/config/identity.h"
#include "server/config/settings.h"
#include "server/persist/forked_child.h"
#include "server/persist/key_delay.h"
#include "server/script/scripts.h"
#include "server/stats/log.h"
#include "server/stats/memory_report.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/environment.h"

namespace thimble {

std::string TemporaryRdbName(int process) {
  return "temp-" + std::to_string(process) + ".rdb";
}

RdbFacts RdbFactsOf(Services& services, bool log_preamble) {
  RdbFacts facts;
  const auto add = [&facts](std::string name, std::string value) {
    facts.aux.emplace_back(std::move(name), std::move(value));
  };
  add("redis-ver", std::string(kRedisVersion));
  add("redis-bits", std::to_string(8 * sizeof(void*)));
  add("ctime", std::to_string(services.environment.clock.NowMs() / 1000));
  add("used-mem", std::to_string(TakeMemoryReport(services).used));
  add("thimble-ver", std::string(kThimbleVersion));
  add("aof-base", log_preamble ? "1" : "0");
  for (const auto& [name, library] : services.scripts.functions.all()) {
    facts.functions.push_back(library->code);
  }
  return facts;
}

bool WriteRdb(Services& services, ByteSink& sink, Databases& databases, const RdbFacts& facts,
              FunctionRef<void()> progress) {
  const Settings& settings = services.settings;
  RdbWriter writer(sink, {.compress = settings.rdbcompression, .checksum = settings.rdbchecksum});
  const MaxmemoryPolicy policy = settings.maxmemory_policy;
  const bool by_frequency = services.environment.count_frequency;
  const bool by_time =
      policy == MaxmemoryPolicy::kAllKeysLru || policy == MaxmemoryPolicy::kVolatileLru;
  const Walk walk = ForkedChild::IsOne() ? Walk::kForget : Walk::kKeep;
  const auto next = [&] {
    SleepPerKey(settings.rdb_key_save_delay_us);
    progress();
  };
  return WriteRdbFile(writer, databases, facts,
                      {.with_frequency = by_frequency, .with_idle = by_time, .walk = walk}, next);
}

bool WriteTemporary(Services& services, Files& files, const std::string& temporary,
                    FunctionRef<bool(OutputFile&)> write) {
  std::error_code error;
  const std::unique_ptr<OutputFile> file =
      files.OpenToWrite(temporary, Files::Mode::kReplace, error);
  if (file == nullptr) {
    Log(LogLevel::kWarning, "Failed opening the temp RDB file " + temporary +
                                " (in server root dir " + services.settings.dir +
                                ") for saving: " + error.message());
    return false;
  }
  if (write(*file) && file->Sync()) return true;
  Log(LogLevel::kWarning, "Write error saving DB on disk: " + file->error().message());
  files.Remove(temporary);
  return false;
}

bool SaveRdbFile(Services& services, Files& files, const std::string& name,
                 const std::string& temporary, const RdbFacts& facts,
                 FunctionRef<void()> progress) {
  const auto write = [&](OutputFile& file) {
    return WriteRdb(services, file, services.databases, facts, progress);
  };
  if (!WriteTemporary(services, files, temporary, write)) return false;
  std::error_code error = files.Rename(temporary, name);
  if (error) {
    Log(LogLevel::kWarning, "Error moving temp DB file " + temporary +
                                " on the final destination " + name + " (in server root dir " +
                                services.settings.dir + "): " + error.message());
    files.Remove(temporary);
    return false;
  }
  error = files.SyncFolder(".");
  if (error) {
    Log(LogLevel::kWarning, "Failed to fsync directory of the RDB file: " + error.message());
    return false;
  }
  Log(LogLevel::kNotice, "DB saved on disk");
  return true;
}

}  // namespace thimble
