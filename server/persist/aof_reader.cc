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
constexpr const char* kNoLineEnd = "Expected \\r\\n behind a header or an argument";
constexpr Bytes kTimestampMark = "#TS:";
constexpr size_t kLongestNote = size_t{64} << 10U;

enum class HeaderRead : uint8_t { kWhole, kCutOff, kMalformed };

// Takes "<mark><number>\r\n" off the front.
HeaderRead TakeHeader(Bytes& rest, char mark, uint64_t& number) {
  if (rest.empty()) return HeaderRead::kCutOff;
  const size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
  const Bytes behind = rest.substr(end, kLineEnd.size());
  if (rest[0] != mark || !kLineEnd.starts_with(behind)) return HeaderRead::kMalformed;
  if (behind.size() < kLineEnd.size()) return HeaderRead::kCutOff;
  const auto parsed = ParseUint64(rest.substr(1, end - 1));
  if (!parsed) return HeaderRead::kMalformed;
  number = *parsed;
  rest.remove_prefix(end + kLineEnd.size());
  return HeaderRead::kWhole;
}

// Whether what a file ends in is the beginning of a request, as one that was cut off is.
bool IsBeginning(Bytes rest) {
  uint64_t args = 0;
  uint64_t bytes = 0;
  HeaderRead header = TakeHeader(rest, '*', args);
  for (; header == HeaderRead::kWhole && args > 0; --args) {
    header = TakeHeader(rest, '$', bytes);
    if (header != HeaderRead::kWhole || rest.size() < bytes) break;
    rest.remove_prefix(bytes);
    const Bytes end = rest.substr(0, kLineEnd.size());
    if (!kLineEnd.starts_with(end)) return false;
    rest.remove_prefix(end.size());
  }
  return header != HeaderRead::kMalformed;
}

// Of a whole request. The parser is for clients, whose line ends nobody looks at.
bool HasLineEnds(Bytes request, std::span<const Bytes> args) {
  const auto is_at = [](const char* at) { return Bytes(at, kLineEnd.size()) == kLineEnd; };
  return is_at(request.data() + request.find('\r')) &&
         std::all_of(args.begin(), args.end(), [&](Bytes arg) {
           return is_at(arg.data() - kLineEnd.size()) && is_at(arg.data() + arg.size());
         });
}

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
      if (note_.size() > kLongestNote)
        return Malformed("a line that begins with '#' and is too long");
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
        if (!HasLineEnds(rest, args_)) return Malformed(kNoLineEnd);
        return Take(Found::kRequest, step.consumed);
      }
    }
    if (ReadMore()) continue;
    if (file_->error()) return Found::kUnreadable;
    if (input_.empty()) return Found::kEnd;
    return input_[0] == '#' || IsBeginning(input_) ? Found::kPartial : Malformed(kNoLineEnd);
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
