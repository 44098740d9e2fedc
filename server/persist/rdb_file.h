#pragma once

#include <string>

#include "server/command/services.h"
#include "server/persist/files.h"
#include "storage/common/function_ref.h"
#include "storage/rdb/file_writer.h"

namespace thimble {

// Writes databases as an RDB file, as the settings have it. `progress` is called after each key.
bool WriteRdb(Services& services, ByteSink& sink, Databases& databases, const RdbFacts& facts,
              FunctionRef<void()> progress);

// Makes the file `temporary`, filled by `write` and synced. What goes wrong is told in the log, and
// the file is removed.
bool WriteTemporary(Services& services, Files& files, const std::string& temporary,
                    FunctionRef<bool(OutputFile&)> write);

// Writes all databases to the file `name`: first to `temporary`, which is synced and then takes the
// name, so that at any time there is the old file or the new one, whole.
bool SaveRdbFile(Services& services, Files& files, const std::string& name,
                 const std::string& temporary, const RdbFacts& facts, FunctionRef<void()> progress);

// What every file of this server says of itself. `log_preamble`: it begins an append-only file.
RdbFacts RdbFactsOf(Services& services, bool log_preamble);

// Where a file that takes the name `name` is written to by this process.
std::string TemporaryRdbName(int process);

}  // namespace thimble
