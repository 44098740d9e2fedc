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
#include "storage/keyspace/event.h"

namespace thimble {

struct Command;

// Runs the requests of one file of the log, in slices. A transaction is run when its end is read,
// so one that was cut off leaves no trace.
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
    kUnreadable
  };
  Progress RunUntil(int64_t end_ns);

  // After kTruncated: up to where the file is sound, and whether a transaction was cut off.
  uint64_t sound_bytes() const { return sound_bytes_; }
  bool in_transaction() const { return in_transaction_; }
  uint64_t position() const { return reader_.position(); }
  const std::string& unknown_command() const { return unknown_command_; }

 private:
  Progress Step();
  Progress RunRequest(std::span<const Bytes> args);
  void Run(const Command& command, std::span<const Bytes> args);
  bool Translate(std::span<const Bytes> args, std::vector<Bytes>* translated) const;
  const Command* FindCommand(std::span<const Bytes> args) const;

  Services& services_;
  KeyspaceObserver* const observer_;  // Put back at the end.
  AofReader reader_;
  uint64_t sound_bytes_;
  bool in_transaction_ = false;
  Client client_;
  OutputBuffer replies_;
  std::string unknown_command_;
};

}  // namespace thimble
