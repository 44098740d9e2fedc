#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "protocol/output_buffer.h"
#include "server/command/services.h"
#include "server/persist/aof_reader.h"
#include "server/persist/files.h"
#include "server/session/client.h"
#include "storage/common/result.h"
#include "storage/keyspace/event.h"

namespace thimble {

struct Command;

// Runs the requests of one file of the log, in slices. A transaction is run when its end is read,
// so one that was cut off leaves no trace. What was logged had succeeded: a request that fails now,
// for it is of a command, a type or an option unknown here, ends the replay, or with
// `rdb-foreign-types skip` is told of and counted, and a key that it gave another value is deleted.
// Told of and counted is in any case what fails for the data's sake, and scripts, which may have
// failed then too, unless they call a command that is unknown here.
class AofReplay {
 public:
  // `skip`: bytes at the front that are not requests. While this lives no key expires and no
  // observer hears of changes.
  AofReplay(Services& services, std::unique_ptr<InputFile> file, uint64_t skip);
  ~AofReplay();
  AofReplay(const AofReplay&) = delete;
  AofReplay& operator=(const AofReplay&) = delete;

  enum class Progress : uint8_t {
    kMore,
    kDone,
    kTruncated,
    kMalformed,
    kUnknownCommand,
    kFailedCommand,
    kUnreadable
  };
  Progress RunUntil(int64_t end_ns);

  // After kTruncated: up to where the file is sound, and whether a transaction was cut off.
  uint64_t sound_bytes() const { return sound_bytes_; }
  bool in_transaction() const { return in_transaction_; }
  uint64_t position() const { return reader_.position(); }
  const std::string& unknown_command() const { return unknown_command_; }
  // After kFailedCommand: the request, as far as it names a key, and its error. After
  // kUnknownCommand: what is known of it all the same.
  const std::string& failure() const { return failure_; }
  // What was left out so far.
  uint64_t failed_requests() const { return failed_requests_; }
  uint64_t deleted_keys() const { return deleted_keys_; }  // To which they gave another value.

 private:
  Progress Step();
  Progress RunRequest(std::span<const Bytes> args);
  Progress RunQueued();
  Progress Run(const Command& command, std::span<const Bytes> args);
  Progress OnFailure(const Command& command, std::span<const Bytes> args, const Error& error);
  bool DeleteReplacedBy(std::span<const Bytes> args);
  int DatabaseOfNext() const;
  Progress Skip(std::span<const Bytes> args, const std::string& why);
  const Command* FindCommand(std::span<const Bytes> args) const;

  Services& services_;
  KeyspaceObserver* const observer_;  // Put back at the end.
  AofReader reader_;
  uint64_t sound_bytes_;
  bool in_transaction_ = false;
  Client client_;
  OutputBuffer replies_;
  std::string unknown_command_;
  std::string failure_;
  uint64_t failed_requests_ = 0;
  uint64_t deleted_keys_ = 0;
};

}  // namespace thimble
