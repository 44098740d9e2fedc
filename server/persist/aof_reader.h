#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "protocol/request_parser.h"
#include "server/persist/files.h"
#include "storage/common/bytes.h"

namespace thimble {

// Takes one file of the log apart: requests, and lines between them that begin with '#', which are
// time stamps and comments. Stricter than what clients may send: nothing inline, nothing empty, and
// a whole line end behind every header and argument.
class AofReader {
 public:
  // `skip`: bytes at the front that are something else.
  AofReader(std::unique_ptr<InputFile> file, uint64_t skip);

  enum class Found : uint8_t { kRequest, kNote, kEnd, kPartial, kMalformed, kUnreadable };
  // What comes next. All but the first two are final.
  Found Next();

  // What was found; views live until the next call of Next.
  std::span<const Bytes> request() const { return args_; }
  Bytes note() const { return note_; }
  // After kMalformed: in what way.
  const std::string& why() const { return why_; }

  // In the file: behind what was found last.
  uint64_t position() const { return position_; }
  const InputFile& file() const { return *file_; }

 private:
  Found Take(Found found, size_t bytes);
  Found Malformed(std::string why);
  bool ReadMore();

  const std::unique_ptr<InputFile> file_;
  std::string input_;
  size_t at_ = 0;  // In input_.
  uint64_t skip_;  // Bytes still to be passed over.
  uint64_t position_;
  RequestParser parser_;
  std::vector<Bytes> args_;
  Bytes note_;
  std::string why_;
};

// Whether the note is, or tries to be, a time stamp.
bool IsTimestamp(Bytes note);
// Seconds since 1970, if it is one.
std::optional<int64_t> TimestampOf(Bytes note);

}  // namespace thimble
