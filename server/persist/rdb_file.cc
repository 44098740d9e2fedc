#include "server/persist/rdb_file.h"

#include <new>

#include <unistd.h>

#include "server/config/identity.h"
#include "server/config/settings.h"
#include "server/persist/key_delay.h"
#include "server/script/scripts.h"
#include "server/stats/log.h"
#include "server/stats/memory_report.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/environment.h"

namespace thimble {

std::string TemporaryRdbName(int job) {
  return "temp-" + std::to_string(getpid()) + (job == 0 ? "" : "-" + std::to_string(job)) + ".rdb";
}

RdbHow RdbHowOf(const Services& services, bool log_preamble) {
  const Settings& settings = services.settings;
  const MaxmemoryPolicy policy = settings.maxmemory_policy;
  const bool by_time =
      policy == MaxmemoryPolicy::kAllKeysLru || policy == MaxmemoryPolicy::kVolatileLru;
  return {.writer = {.compress = settings.rdbcompression, .checksum = settings.rdbchecksum},
          .file = {.with_frequency = services.environment.count_frequency,
                   .with_idle = by_time,
                   .omit_field_deadlines = !log_preamble && settings.omits_field_deadlines()},
          .key_delay_us = settings.rdb_key_save_delay_us,
          .folder = settings.dir};
}

DumpOptions DumpOptionsOf(const Services& services) {
  return {.compress = services.settings.rdbcompression,
          .omit_field_deadlines = services.settings.omits_field_deadlines()};
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
  for (int i = 0; i < services.databases.count(); ++i) {
    facts.field_deadlines |= services.databases[i].hashes_with_deadlines() != 0;
  }
  return facts;
}

bool WriteRdb(ByteSink& sink, const RdbHow& how, const RdbFacts& facts,
              FunctionRef<bool(SnapshotOutput&)> fill) {
  RdbWriter writer(sink, how.writer);
  RdbFileWriter file(writer, how.file);
  file.WriteHead(facts);
  return fill(file);
}

bool WriteTemporary(const std::string& folder, Files& files, const std::string& temporary,
                    FunctionRef<bool(OutputFile&)> write) {
  std::error_code error;
  const std::unique_ptr<OutputFile> file =
      files.OpenToWrite(temporary, Files::Mode::kReplace, error);
  if (file == nullptr) {
    Log(LogLevel::kWarning, "Failed opening the temp RDB file " + temporary +
                                " (in server root dir " + folder +
                                ") for saving: " + error.message());
    return false;
  }
  try {
    if (write(*file) && file->Sync()) return true;
  } catch (const std::bad_alloc&) {
    Log(LogLevel::kWarning, "There is not enough memory to save");
  }
  // Else it was given up.
  if (file->error()) {
    Log(LogLevel::kWarning, "Write error saving DB on disk: " + file->error().message());
  }
  files.Remove(temporary);
  return false;
}

bool TakeName(Files& files, const RdbNames& names, const RdbHow& how, SnapshotJob::Source* source) {
  std::error_code error;
  const auto rename = [&] {
    error = files.Rename(names.temporary, names.name);
    return !error;
  };
  const bool renamed = source == nullptr ? rename() : source->UnlessCancelled(rename);
  if (error) {
    Log(LogLevel::kWarning, "Error moving temp DB file " + names.temporary +
                                " on the final destination " + names.name +
                                " (in server root dir " + how.folder + "): " + error.message());
  }
  if (!renamed) {
    files.Remove(names.temporary);
    return false;
  }
  error = files.SyncFolder(names.folder);
  if (error) {
    Log(LogLevel::kWarning, "Failed to fsync directory of the RDB file: " + error.message());
    return false;
  }
  Log(LogLevel::kNotice, "DB saved on disk");
  return true;
}

bool SaveRdbFile(Services& services, Files& files, const std::string& name,
                 const std::string& temporary, const RdbFacts& facts) {
  const RdbHow how = RdbHowOf(services, false);
  const auto write = [&](OutputFile& file) {
    return WriteRdb(file, how, facts, [&](SnapshotOutput& output) {
      return WriteDatabases(services.databases, output, [&] { SleepPerKey(how.key_delay_us); });
    });
  };
  return WriteTemporary(how.folder, files, temporary, write) &&
         TakeName(files, {.folder = ".", .temporary = temporary, .name = name}, how, nullptr);
}

}  // namespace thimble
