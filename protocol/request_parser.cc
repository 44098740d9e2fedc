#include "protocol/request_parser.h"

#include <algorithm>
#include <climits>
#include <cstring>
#include <utility>

#include "protocol/request_text.h"
#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

constexpr size_t kMaxStrangersArguments = 10;
constexpr size_t kMaxStrangersBulkBytes = 16384;
// A partial request's memory of its arguments is kept for the next up to this many.
constexpr size_t kKeptPieces = 16;

// A header line that was read: its number, and where what is behind it starts; zero if it was not.
struct Header {
  size_t number = 0;
  size_t next = 0;
};

// A bulk with its header is at least this long: "$0\r\n\r\n".
constexpr size_t kShortestBulk = 6;

bool LineEndsAt(Bytes input, size_t at) {
  return LineEndDeviation(input.data() + at) == 0;
}

// Reads up to nine digits and CR LF from `at` on. REQUIRES: at least two bytes are there.
Header ReadLongerHeader(Bytes input, size_t at) {
  size_t number = 0;
  for (const size_t last = std::min(at + 9, input.size() - 2); at < last; ++at) {
    const unsigned digit = static_cast<unsigned char>(input[at]) - unsigned{'0'};
    if (digit > 9) break;
    number = number * 10 + digit;
  }
  if (!LineEndsAt(input, at)) return {};
  return {number, at + 2};
}

// Reads the header at `at`, type byte included, if it has the shape of nearly every one: `type`, a
// number of one to nine digits, CR LF. Others are ReadHeader's. REQUIRES: kShortestBulk bytes are
// there.
[[gnu::always_inline]] inline Header ReadPlainHeader(Bytes input, size_t at, char type) {
  const auto digit = [&](size_t i) {
    return static_cast<unsigned char>(input[at + i]) - unsigned{'0'};
  };
  const unsigned first = digit(1);
  if (input[at] != type || first > 9) return {};
  if (LineEndsAt(input, at + 2)) return {first, at + 4};
  const unsigned second = digit(2);
  if (second > 9 || first == 0) return {};
  if (LineEndsAt(input, at + 3)) return {first * 10 + second, at + 5};
  const unsigned third = digit(3);
  if (third > 9) return {};
  if (LineEndsAt(input, at + 4)) return {first * 100 + second * 10 + third, at + 6};
  return ReadLongerHeader(input, at + 1);
}

// Where what follows `number` and the line end behind it starts.
size_t OffsetBehind(Bytes input, Bytes number) {
  return static_cast<size_t>(number.data() - input.data()) + number.size() + 2;
}

bool IsSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// What ends a word that is not quoted: less than what IsSpace skips between words.
bool EndsWord(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

// Nearly every request is whole and plain, from a client without special limits. That one is read
// here without a call. What is not is left to the functions that know all rules: from its start if
// its header differs, else from the bulk that does.
RequestParser::Step RequestParser::Parse(Bytes input, const RequestLimits& limits,
                                         std::vector<Bytes>& args) {
  if (bulks_left_ > 0) return ParseBulks(input, limits, args);
  if (input.size() < kShortestBulk || !limits.authenticated)
    return ParseHeader(input, limits, args);
  const Header header = ReadPlainHeader(input, 0, '*');
  if (header.next == 0) return ParseHeader(input, limits, args);

  searched_ = 0;
  const size_t last = input.size() - kShortestBulk;
  size_t at = header.next;
  size_t left = header.number;
  for (; left > 0; --left) {
    if (at > last) break;
    const auto [bulk_bytes, bulk] = ReadPlainHeader(input, at, '$');
    const size_t behind = bulk + bulk_bytes + 2;
    if (bulk == 0 || bulk_bytes > limits.max_bulk_bytes || behind > input.size()) break;
    args.emplace_back(input.data() + bulk, bulk_bytes);
    at = behind;
  }
  if (left == 0) return {.outcome = Outcome::kRequest, .consumed = at, .shortest = true};
  position_ = at;
  bulks_left_ = left;
  return ParseRest(input, limits, args, header.number - left);
}

// Goes on behind position_ as if the bulks before it, the last `taken` of `args`, had come earlier.
RequestParser::Step RequestParser::ParseRest(Bytes input, const RequestLimits& limits,
                                             std::vector<Bytes>& args, size_t taken) {
  Suspend(input, args, args.size() - taken);
  return ParseBulks(input, limits, args);
}

RequestParser::Step RequestParser::ParseHeader(Bytes input, const RequestLimits& limits,
                                               std::vector<Bytes>& args) {
  if (input.empty()) return {};
  if (input.front() != '*') return ParseInline(input, limits, args);

  Bytes number;
  switch (ReadHeader(input, 0, limits, number)) {
    case Line::kPartial:
      return {};
    case Line::kTooLong:
      return Broken("too big mbulk count string");
    case Line::kFound:
      break;
  }
  const auto count = ParseInt64(number);
  if (!count || *count > INT_MAX) return Broken("invalid multibulk length");
  if (*count > static_cast<int64_t>(kMaxStrangersArguments) && !limits.authenticated)
    return Broken("unauthenticated multibulk length");

  const size_t consumed = OffsetBehind(input, number);
  if (*count <= 0) {
    Reset();
    return {.outcome = Outcome::kRequest, .consumed = consumed};
  }
  position_ = consumed;
  bulks_left_ = static_cast<size_t>(*count);
  return ParseBulks(input, limits, args);
}

// Takes bulks from position_ on, until the request is complete or the input ends.
RequestParser::Step RequestParser::ParseBulks(Bytes input, const RequestLimits& limits,
                                              std::vector<Bytes>& args) {
  const size_t first_arg = args.size();
  size_t at = position_;
  size_t bulk_bytes = bulk_bytes_;
  const auto suspend = [&](size_t wanted) -> Step {
    position_ = at;
    bulk_bytes_ = bulk_bytes;
    Suspend(input, args, first_arg);
    return {.wanted = wanted};
  };
  const auto broken = [&](std::string what) {
    args.resize(first_arg);
    return Broken(std::move(what));
  };

  for (; bulks_left_ > 0; --bulks_left_) {
    if (bulk_bytes == kNoBulk) {
      Header header;
      if (at + kShortestBulk <= input.size()) header = ReadPlainHeader(input, at, '$');
      if (header.next == 0) {
        Bytes number;
        switch (ReadHeader(input, at, limits, number)) {
          case Line::kPartial:
            return suspend(0);
          case Line::kTooLong:
            return broken("too big bulk count string");
          case Line::kFound:
            break;
        }
        if (input[at] != '$') return broken(std::string("expected '$', got '") + input[at] + "'");
        const auto value = ParseInt64(number);
        if (!value || *value < 0) return broken("invalid bulk length");
        header = {static_cast<size_t>(*value), OffsetBehind(input, number)};
      }
      bulk_bytes = header.number;
      if (bulk_bytes > limits.max_bulk_bytes) return broken("invalid bulk length");
      if (bulk_bytes > kMaxStrangersBulkBytes && !limits.authenticated)
        return broken("unauthenticated bulk length");
      at = header.next;
    }
    const size_t behind = at + bulk_bytes + 2;
    if (behind > input.size()) return suspend(behind);
    args.emplace_back(input.data() + at, bulk_bytes);
    at = behind;
    bulk_bytes = kNoBulk;
  }
  Complete(input, args, first_arg);
  return {.outcome = Outcome::kRequest, .consumed = at};
}

// Moves the arguments found by this call to pieces_: the input may lie elsewhere next time.
void RequestParser::Suspend(Bytes input, std::vector<Bytes>& args, size_t first_arg) {
  for (size_t i = first_arg; i < args.size(); ++i)
    pieces_.push_back({static_cast<size_t>(args[i].data() - input.data()), args[i].size()});
  args.resize(first_arg);
}

// Puts the arguments of earlier calls before those of this one, and forgets the request.
void RequestParser::Complete(Bytes input, std::vector<Bytes>& args, size_t first_arg) {
  if (!pieces_.empty()) {
    args.insert(args.begin() + static_cast<std::ptrdiff_t>(first_arg), pieces_.size(), Bytes());
    for (size_t i = 0; i < pieces_.size(); ++i)
      args[first_arg + i] = input.substr(pieces_[i].offset, pieces_[i].length);
  }
  Reset();
}

void RequestParser::Reset() {
  bulks_left_ = 0;
  position_ = 0;
  bulk_bytes_ = kNoBulk;
  searched_ = 0;
  pieces_.clear();
  if (pieces_.capacity() > kKeptPieces) std::vector<Piece>().swap(pieces_);
}

RequestParser::Step RequestParser::ParseInline(Bytes input, const RequestLimits& limits,
                                               std::vector<Bytes>& args) {
  size_t line_end = 0;
  switch (FindLineEnd(input, '\n', 0, limits.max_inline_bytes, line_end)) {
    case Line::kPartial:
      return {};
    case Line::kTooLong:
      return Broken("too big inline request");
    case Line::kFound:
      break;
  }
  searched_ = 0;
  Bytes line = input.substr(0, line_end);
  if (line.ends_with('\r')) line.remove_suffix(1);

  if (line.find_first_of("\"'") != Bytes::npos) {
    if (!SplitQuoted(line, args)) return Broken("unbalanced quotes in request");
  } else {
    for (size_t at = 0; at < line.size();) {
      if (IsSpace(line[at])) {
        ++at;
        continue;
      }
      const size_t start = at;
      while (at < line.size() && !EndsWord(line[at])) ++at;
      args.push_back(line.substr(start, at - start));
    }
  }
  return {.outcome = Outcome::kRequest, .consumed = line_end + 1};
}

// Splits a line that has quotes, writing the words to unquoted_, each with a byte behind it: no two
// words begin at one place, though some be empty. False, with `args` as it was, if a quote stays
// open or is closed in the middle of a word.
bool RequestParser::SplitQuoted(Bytes line, std::vector<Bytes>& args) {
  unquoted_.clear();
  unquoted_.reserve(line.size() + 1);  // Words never grow: views into it stay valid.
  const size_t first_arg = args.size();
  size_t at = 0;
  while (true) {
    while (at < line.size() && IsSpace(line[at])) ++at;
    if (at == line.size()) return true;
    const size_t start = unquoted_.size();
    while (at < line.size() && !EndsWord(line[at])) {
      const char c = line[at++];
      if (c != '"' && c != '\'') {
        unquoted_ += c;
      } else if (ReadQuoted(line, at, c, unquoted_) && (at == line.size() || IsSpace(line[at]))) {
        break;
      } else {
        args.resize(first_arg);
        return false;
      }
    }
    args.emplace_back(unquoted_.data() + start, unquoted_.size() - start);
    unquoted_ += '\0';
  }
}

// Looks for `end` in the line that starts at `start`, from where the last call stopped.
RequestParser::Line RequestParser::FindLineEnd(Bytes input, char end, size_t start,
                                               size_t max_bytes, size_t& found) {
  const size_t from = std::max(searched_, start);
  const size_t upto = std::min(input.size(), start + max_bytes + 1);
  if (from < upto) {
    Bytes unseen = input.substr(from, upto - from);
    const size_t at = unseen.find(end);
    const size_t nul = unseen.substr(0, std::min(at, unseen.size())).find('\0');
    if (nul == Bytes::npos && at != Bytes::npos) {
      found = from + at;
      return Line::kFound;
    }
    searched_ = nul == Bytes::npos ? upto : from + nul;
  }
  return input.size() - start > max_bytes ? Line::kTooLong : Line::kPartial;
}

// Reads the header line at `start` without interpreting it: `number` is what stands between the
// type byte and CR.
RequestParser::Line RequestParser::ReadHeader(Bytes input, size_t start,
                                              const RequestLimits& limits, Bytes& number) {
  size_t line_end = 0;
  const Line line = FindLineEnd(input, '\r', start, limits.max_inline_bytes, line_end);
  if (line != Line::kFound) return line;
  if (line_end + 2 > input.size()) {
    searched_ = line_end;
    return Line::kPartial;
  }
  number =
      line_end > start ? input.substr(start + 1, line_end - start - 1) : input.substr(start, 0);
  return Line::kFound;
}

RequestParser::Step RequestParser::Broken(std::string what) {
  Reset();
  error_ = "ERR Protocol error: " + std::move(what);
  return {.outcome = Outcome::kBroken};
}

}  // namespace thimble
