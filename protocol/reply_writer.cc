#include "protocol/reply_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "storage/common/check.h"

namespace thimble {
namespace {

// Room for any text FormatDouble makes: 17 digits, sign, point, up to 7 zeros or an exponent.
constexpr size_t kMaxDouble = 40;

// The digits and decimal exponent of `value`: value = d.ddd * 10^exponent.
struct Decimal {
  char digits[20];
  int count = 0;
  int exponent = 0;
};

Decimal ShortestDigits(double magnitude) {
  char text[kMaxDouble];
  const char* const end =
      std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific).ptr;
  Decimal decimal;
  const char* at = text;
  for (; *at != 'e'; ++at) {
    if (*at != '.') decimal.digits[decimal.count++] = *at;
  }
  at += at[1] == '+' ? 2 : 1;
  std::from_chars(at, end, decimal.exponent);
  return decimal;
}

// Writes a finite or infinite number as Redis 7 does: the shortest digits that read back as the
// same double, plain while that needs few zeros, with an exponent ("1e+22", "1e-7") beyond.
// Returns the end.
char* FormatDouble(double value, char* out) {
  if (std::isnan(value)) return std::copy_n("nan", 3, out);
  if (std::signbit(value)) *out++ = '-';
  const double magnitude = std::fabs(value);
  if (std::isinf(magnitude)) return std::copy_n("inf", 3, out);
  if (magnitude == 0) {
    *out++ = '0';
    return out;
  }

  const Decimal decimal = ShortestDigits(magnitude);
  const int count = decimal.count;
  const int scale = decimal.exponent - (count - 1);  // value = digits * 10^scale
  const int size = std::abs(decimal.exponent);
  if (scale >= 0 && size < count + 7) {
    out = std::copy_n(decimal.digits, count, out);
    return std::fill_n(out, scale, '0');
  }
  if (scale < 0 && (scale > -7 || size < 4)) {
    const int whole = count + scale;  // Digits before the point.
    if (whole <= 0) {
      out = std::copy_n("0.", 2, out);
      out = std::fill_n(out, -whole, '0');
      return std::copy_n(decimal.digits, count, out);
    }
    out = std::copy_n(decimal.digits, whole, out);
    *out++ = '.';
    return std::copy_n(decimal.digits + whole, count - whole, out);
  }
  *out++ = decimal.digits[0];
  if (count > 1) {
    *out++ = '.';
    out = std::copy_n(decimal.digits + 1, count - 1, out);
  }
  *out++ = 'e';
  *out++ = decimal.exponent < 0 ? '-' : '+';
  return std::to_chars(out, out + 4, size).ptr;
}

}  // namespace

void ReplyWriter::Line(char type, Bytes text) {
  out_.Append(Bytes(&type, 1));
  out_.Append(text);
  out_.Append("\r\n");
}

void ReplyWriter::Status(Bytes text) {
  Line('+', text);
}

void ReplyWriter::Error(Bytes line) {
  const size_t last = line.find_last_not_of("\r\n");
  line = line.substr(0, last == Bytes::npos ? 0 : last + 1);
  out_.Append("-");
  while (!line.empty()) {
    const size_t clean = std::min(line.find_first_of("\r\n"), line.size());
    out_.Append(line.substr(0, clean));
    if (clean < line.size()) out_.Append(" ");
    line.remove_prefix(std::min(clean + 1, line.size()));
  }
  out_.Append("\r\n");
}

void ReplyWriter::LongBulk(Bytes head, Bytes tail) {
  Header('$', head.size() + tail.size());
  out_.Append(head);
  out_.Append(tail);
  out_.Append("\r\n");
}

void ReplyWriter::IntegerBulk(int64_t value) {
  char* const start = out_.Reserve(kMaxHeader + Text::kMaxDigits + 2);
  // The digits go where a length of one digit leaves them; a longer one needs a byte more.
  char* digits = start + 4;
  char* end = PrintInteger(digits, value);
  const auto size = static_cast<size_t>(end - digits);
  if (size > 9) {
    std::memmove(digits + 1, digits, size);
    ++end;
  }
  PutHeader(start, '$', size);
  out_.Advance(static_cast<size_t>(PutLineEnd(end) - start));
}

void ReplyWriter::Boolean(bool value) {
  if (resp3()) {
    out_.Append(value ? Bytes("#t\r\n") : Bytes("#f\r\n"));
  } else {
    Integer(value ? 1 : 0);
  }
}

void ReplyWriter::Double(double value) {
  char text[kMaxDouble];
  const Bytes formatted(text, static_cast<size_t>(FormatDouble(value, text) - text));
  if (resp3()) {
    Line(',', formatted);
  } else {
    Bulk(formatted);
  }
}

void ReplyWriter::BigNumber(Bytes digits) {
  if (resp3()) {
    Line('(', digits);
  } else {
    Bulk(digits);
  }
}

void ReplyWriter::Verbatim(Bytes format, Bytes text) {
  THIMBLE_DCHECK(format.size() == 3);
  if (!resp3()) return Bulk(text);
  Header('=', format.size() + 1 + text.size());
  out_.Append(format);
  out_.Append(":");
  out_.Append(text);
  out_.Append("\r\n");
}

void ReplyWriter::Attribute(size_t pairs) {
  THIMBLE_DCHECK(resp3());
  Header('|', pairs);
}

void ReplyWriter::FinishDeferred(OutputBuffer::Mark mark, Aggregate kind, size_t count) {
  char type = '*';
  if (resp3() && kind == Aggregate::kMap) type = '%';
  if (resp3() && kind == Aggregate::kSet) type = '~';
  if (!resp3() && kind == Aggregate::kMap) count *= 2;
  char header[kMaxHeader];
  const char* const end = PutHeader(header, type, count);
  out_.InsertAt(mark, Bytes(header, static_cast<size_t>(end - header)));
}

}  // namespace thimble
