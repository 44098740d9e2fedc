#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "storage/rdb/byte_stream.h"

namespace thimble {

// A file open for writing. An error is the system's; after one the file is not to be trusted.
class OutputFile : public ByteSink {
 public:
  bool Write(Bytes bytes) override = 0;       // All of it or an error.
  virtual bool Sync() = 0;                    // What was written is on the disk.
  virtual bool Truncate(uint64_t bytes) = 0;  // To so many bytes, with writing going on there.
  // What the last call that returned false met.
  virtual std::error_code error() const = 0;
};

// A file open for reading, piece by piece.
class InputFile : public ByteSource {
 public:
  virtual uint64_t size() const = 0;  // As it was when opened.
  // Set if Next ended early because reading failed.
  virtual std::error_code error() const = 0;
};

// The file system, as far as saving and loading need it; tests have others that fail, or forget
// what was not synced. Names are relative to the working directory, which follows the option `dir`.
class Files {
 public:
  virtual ~Files() = default;

  enum class Mode : uint8_t { kReplace, kAppend };
  virtual std::unique_ptr<OutputFile> OpenToWrite(const std::string& name, Mode mode,
                                                  std::error_code& error) = 0;
  // An error of no_such_file_or_directory for a file that is not there.
  virtual std::unique_ptr<InputFile> OpenToRead(const std::string& name,
                                                std::error_code& error) = 0;
  // Neither waits until the blocks of a file that goes are free.
  virtual std::error_code Rename(const std::string& from, const std::string& to) = 0;
  virtual std::error_code Remove(const std::string& name) = 0;
  virtual std::error_code MakeFolder(const std::string& name) = 0;  // No error if it is there.
  // What is in the file is on the disk, whoever wrote it. It need only be readable.
  virtual std::error_code SyncFile(const std::string& name) = 0;
  // The names in `folder` ("." for the working directory) are on the disk.
  virtual std::error_code SyncFolder(const std::string& folder) = 0;
  virtual bool Exists(const std::string& name) = 0;
  // Bytes and time of the last change, in seconds since 1970; nothing if it is not there.
  struct Facts {
    uint64_t bytes;
    int64_t modified_s;
  };
  virtual std::optional<Facts> FactsOf(const std::string& name) = 0;
  virtual std::vector<std::string> List(const std::string& folder) = 0;

  // The machine's. Lives for ever.
  static Files& System();
};

}  // namespace thimble
