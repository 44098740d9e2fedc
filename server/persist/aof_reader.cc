#include "server/persist/aof_reader.h"

#include <algorithm>
#include <utility>

#include "storage/common/number.h"

namespace thimble {
namespace {

// What was written here once may be read, whatever limits clients have by now.
constexpr RequestLimits kNoLimits{.max_bulk_bytes = SIZE_MAX / 2, .authenticated = true};
constexpr Bytes kLineEnd = "\r\n";
constexpr Bytes kProtocolError = "ERR Protocol error: ";
constexpr Bytes kTimestampMark = "#TS:";

}  // namespace

AofReader::AofReader(std::unique_ptr<InputFile> file, uint64_t skip)
    : file_(std::move(file)), skip_(skip), position_(skip) {}

AofReader::Found AofReader::Take(Found found, size_t bytes) {
  at_ += bytes;
  position_ += bytes;
  return found;
}

AofReader::Found AofReader::Malformed(std::string why) {
  why_ = std::move(why);
  return Found::kMalformed;
}

// False at the end.
bool AofReader::ReadMore() {
  Bytes piece = file_->Next();
  while (skip_ > 0 && !piece.empty()) {
    const auto passed = static_cast<size_t>(std::min<uint64_t>(skip_, piece.size()));
    piece.remove_prefix(passed);
    skip_ -= passed;
    if (piece.empty()) piece = file_->Next();
  }
  input_.erase(0, at_);
  at_ = 0;
  input_.append(piece);
  return !piece.empty();
}

AofReader::Found AofReader::Next() {
  while (true) {
    const Bytes rest = Bytes(input_).substr(at_);
    if (rest.starts_with('#')) {
      const size_t end = rest.find('\n');
      note_ = rest.substr(0, end);
      if (end != Bytes::npos) return Take(Found::kNote, end + 1);
    } else if (!rest.empty()) {
      if (rest[0] != '*')
        return Malformed(std::string("Expected prefix '*', got: '") + rest[0] + "'");
      args_.clear();
      const RequestParser::Step step = parser_.Parse(rest, kNoLimits, args_);
      if (step.outcome == RequestParser::Outcome::kBroken) {
        return Malformed(parser_.error().substr(kProtocolError.size()));
      }
      if (step.outcome == RequestParser::Outcome::kRequest) {
        if (args_.empty()) return Malformed("a request without a name");
        for (const Bytes arg : args_) {
          if (Bytes(arg.data() + arg.size(), kLineEnd.size()) != kLineEnd) {
            return Malformed("Expected \\r\\n behind an argument");
          }
        }
        return Take(Found::kRequest, step.consumed);
      }
    }
    if (ReadMore()) continue;
    if (file_->error()) return Found::kUnreadable;
    return input_.empty() ? Found::kEnd : Found::kPartial;
  }
}

bool IsTimestamp(Bytes note) {
  return note.starts_with(kTimestampMark);
}

std::optional<int64_t> TimestampOf(Bytes note) {
  if (!IsTimestamp(note)) return std::nullopt;
  note.remove_prefix(kTimestampMark.size());
  if (note.ends_with('\r')) note.remove_suffix(1);
  return ParseInt64(note);
}

}  // namespace thimble
