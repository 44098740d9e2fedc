#pragma once

#include <string>

#include "server/command/services.h"
#include "server/persist/files.h"
#include "server/persist/snapshot_job.h"
#include "storage/common/function_ref.h"
#include "storage/rdb/dump_payload.h"
#include "storage/rdb/file_writer.h"
#include "storage/snapshot/snapshot_output.h"

namespace thimble {

// How the settings have RDB files written, for who may not look at them any more.
struct RdbHow {
  RdbWriter::Options writer;
  RdbFileOptions file;
  int64_t key_delay_us = 0;
  std::string folder;  // Named when something goes wrong.
};
// `log_preamble`: it begins an append-only file, which leaves nothing out.
RdbHow RdbHowOf(const Services& services, bool log_preamble);
// The same for payloads that clients are given.
DumpOptions DumpOptionsOf(const Services& services);

// Writes an RDB file of what `fill` gives to the output. False if that, or the sink, failed.
bool WriteRdb(ByteSink& sink, const RdbHow& how, const RdbFacts& facts,
              FunctionRef<bool(SnapshotOutput&)> fill);

// Makes the file `temporary`, filled by `write` and synced. What goes wrong is told in the log, and
// the file is removed; so it is, without a word, if `write` fails though the file did not.
bool WriteTemporary(const std::string& folder, Files& files, const std::string& temporary,
                    FunctionRef<bool(OutputFile&)> write);

// Writes all databases to the file `name`: first to `temporary`, which is synced and then takes the
// name, so that at any time there is the old file or the new one, whole.
bool SaveRdbFile(Services& services, Files& files, const std::string& name,
                 const std::string& temporary, const RdbFacts& facts);

// A temporary file that is whole takes the name of the real one, and the name is synced. What goes
// wrong is told in the log. Nothing happens, but that the temporary file goes, if the job of
// `source` was cancelled: whoever did that may have given the name to another file since.
struct RdbNames {
  std::string folder;  // Where both are; "." for the working directory.
  std::string temporary;
  std::string name;
};
bool TakeName(Files& files, const RdbNames& names, const RdbHow& how, SnapshotJob::Source* source);

// What every file of this server says of itself. `log_preamble`: it begins an append-only file.
RdbFacts RdbFactsOf(Services& services, bool log_preamble);

// Where a file is written to by this process, or the job of it that has that number.
std::string TemporaryRdbName(int job = 0);

}  // namespace thimble
