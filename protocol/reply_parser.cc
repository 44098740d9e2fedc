#include "protocol/reply_parser.h"

#include <algorithm>
#include <charconv>
#include <climits>
#include <utility>

#include "storage/common/number.h"

namespace thimble {
namespace {

// What an aggregate may promise without having sent it: memory is set aside for no more.
constexpr size_t kMaxReserve = 1024;

std::optional<double> ParseDouble(Bytes text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (status != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

ReplyParser::Step ReplyParser::Parse(Bytes input, Reply& reply) {
  Step step;
  while (true) {
    Reply value;
    switch (ReadOne(input.substr(step.consumed), step.consumed, value)) {
      case Read::kPartial:
        return step;
      case Read::kBroken:
        step.outcome = Outcome::kBroken;
        return step;
      case Read::kOpened:
        break;
      case Read::kValue:
        if (!Close(value)) break;
        reply = std::move(value);
        step.outcome = Outcome::kReply;
        return step;
    }
  }
}

// Hands a complete value to the aggregate it belongs to, and that one on if it was its last. True
// if `value` is now a whole reply.
bool ReplyParser::Close(Reply& value) {
  while (!open_.empty()) {
    Open& parent = open_.back();
    parent.reply.elements.push_back(std::move(value));
    if (--parent.left > 0) return false;
    value = std::move(parent.reply);
    const bool attribute = parent.attribute;
    open_.pop_back();
    if (!attribute) continue;
    attributes_ = std::move(value.elements);
    return false;
  }
  return true;
}

// Reads one value, or the head of an aggregate, and adds what it took to `consumed`.
ReplyParser::Read ReplyParser::ReadOne(Bytes input, size_t& consumed, Reply& value) {
  const size_t line_end = input.substr(0, kMaxLineBytes + 2).find("\r\n");
  if (line_end == Bytes::npos)
    return input.size() > kMaxLineBytes + 1 ? Read::kBroken : Read::kPartial;
  if (line_end == 0) return Read::kBroken;

  const char type = input.front();
  const Bytes line = input.substr(1, line_end - 1);
  size_t taken = line_end + 2;
  Read read = Read::kValue;
  switch (type) {
    case '$':
    case '=':
    case '!':
      read = ReadBulk(input, line, taken, value);
      break;
    case '*':
    case '%':
    case '~':
    case '>':
    case '|':
      read = OpenAggregate(type, line, value);
      break;
    default:
      if (!ReadScalar(type, line, value)) return Read::kBroken;
  }
  if (read == Read::kPartial || read == Read::kBroken) return read;
  consumed += taken;
  if (read == Read::kValue && type != '|') value.attributes = std::exchange(attributes_, {});
  return read;
}

bool ReplyParser::ReadScalar(char type, Bytes line, Reply& value) {
  value.text = line;
  switch (type) {
    case '+':
      value.type = Reply::Type::kStatus;
      return true;
    case '-':
      value.type = Reply::Type::kError;
      return true;
    case '(':
      value.type = Reply::Type::kBigNumber;
      return true;
    case '_':
      return line.empty();
    case '#':
      value.type = Reply::Type::kBoolean;
      value.integer = line == "t" ? 1 : 0;
      return line == "t" || line == "f";
    case ':': {
      const auto integer = ParseInt64(line);
      value.type = Reply::Type::kInteger;
      value.integer = integer.value_or(0);
      return integer.has_value();
    }
    case ',': {
      const auto number = ParseDouble(line);
      value.type = Reply::Type::kDouble;
      value.number = number.value_or(0);
      return number.has_value();
    }
    default:
      return false;
  }
}

// Reads a string whose length stands in `line`; `taken` counts the line and grows by the string.
ReplyParser::Read ReplyParser::ReadBulk(Bytes input, Bytes line, size_t& taken,
                                        Reply& value) const {
  const char type = input.front();
  if (type == '$' && line == "-1") return Read::kValue;
  const auto length = ParseInt64(line);
  if (!length || *length < 0 || static_cast<uint64_t>(*length) > max_bulk_bytes_)
    return Read::kBroken;
  const auto bytes = static_cast<size_t>(*length);
  if (input.size() - taken < bytes + 2) return Read::kPartial;
  Bytes text = input.substr(taken, bytes);
  if (input.substr(taken + bytes, 2) != "\r\n") return Read::kBroken;
  taken += bytes + 2;

  value.type = type == '!' ? Reply::Type::kError : Reply::Type::kBulk;
  if (type == '=') {
    if (bytes < 4 || text[3] != ':') return Read::kBroken;
    value.type = Reply::Type::kVerbatim;
    value.format = text.substr(0, 3);
    text.remove_prefix(4);
  }
  value.text = text;
  return Read::kValue;
}

ReplyParser::Read ReplyParser::OpenAggregate(char type, Bytes line, Reply& value) {
  if (type == '*' && line == "-1") return Read::kValue;
  const auto count = ParseInt64(line);
  if (!count || *count < 0 || *count > INT_MAX || open_.size() == max_depth_) return Read::kBroken;
  const bool pairs = type == '%' || type == '|';
  const size_t left = static_cast<size_t>(*count) * (pairs ? 2 : 1);
  switch (type) {
    case '%':
    case '|':
      value.type = Reply::Type::kMap;
      break;
    case '~':
      value.type = Reply::Type::kSet;
      break;
    case '>':
      value.type = Reply::Type::kPush;
      break;
    default:
      value.type = Reply::Type::kArray;
  }
  if (left == 0) return type == '|' ? Read::kOpened : Read::kValue;
  if (type != '|') value.attributes = std::exchange(attributes_, {});
  value.elements.reserve(std::min(left, kMaxReserve));
  open_.push_back({std::move(value), left, type == '|'});
  return Read::kOpened;
}

}  // namespace thimble
