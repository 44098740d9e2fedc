#include "tests/bench/command_stream.h"

#include <cstdio>
#include <cstdlib>

namespace thimble::bench {
namespace {

void AppendPadded(uint64_t value, uint64_t width, std::string* out) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out->append(width - digits.size(), '0');
  out->append(digits);
}

void AppendRandomBytes(uint64_t seed, uint64_t count, std::string* out) {
  uint64_t bits = 0;
  for (uint64_t i = 0; i < count; ++i) {
    bits = i % 8 == 0 ? Mix(seed + i) : bits >> 8;
    out->push_back(static_cast<char>(bits));
  }
}

}  // namespace

CommandStream::CommandStream(const std::vector<std::string>& arguments) {
  commands_.emplace_back();
  for (const std::string& argument : arguments) {
    if (argument == ";") {
      commands_.emplace_back();
    } else {
      commands_.back().push_back(Parse(argument));
    }
  }
}

CommandStream::Argument CommandStream::Parse(std::string_view argument) {
  Argument pieces;
  while (!argument.empty()) {
    const size_t open = argument.find('{');
    if (open != 0) {
      pieces.push_back({0, 0, std::string(argument.substr(0, open))});
      argument.remove_prefix(pieces.back().text.size());
      continue;
    }
    const size_t close = argument.find('}');
    if (close == std::string_view::npos || close < 2) {
      std::fprintf(stderr, "bad template: %s\n", std::string(argument).c_str());
      std::exit(2);
    }
    const std::string number(argument.substr(2, close - 2));
    pieces.push_back({argument[1], std::strtoull(number.c_str(), nullptr, 10), ""});
    argument.remove_prefix(close + 1);
  }
  return pieces;
}

void CommandStream::AppendPiece(const Piece& piece, uint64_t index, std::string* out) {
  constexpr uint64_t kByteSalt = 1ULL << 40;
  switch (piece.kind) {
    case 0:
      out->append(piece.text);
      break;
    case 'i':
      AppendPadded(index, piece.operand, out);
      break;
    case 'd':
      out->append(std::to_string(index / piece.operand));
      break;
    case 'm':
      out->append(std::to_string(index % piece.operand));
      break;
    case 'o':
      AppendPadded(index % 1000, piece.operand, out);
      break;
    case 'p':
      out->append(std::to_string(index + piece.operand));
      break;
    case 'b':
      AppendRandomBytes(Mix(index), piece.operand, out);
      break;
    case 'c':
      AppendRandomBytes(Mix(index + kByteSalt), piece.operand, out);
      break;
    case 'n':
      out->append(std::to_string(Mix(index) >> (64 - piece.operand)));
      break;
    case 't':
      AppendPadded(Mix(index * 64 + piece.operand) % 10000, 4, out);
      break;
    default:
      std::fprintf(stderr, "bad template letter: %c\n", piece.kind);
      std::exit(2);
  }
}

void CommandStream::Append(uint64_t index) {
  for (const std::vector<Argument>& arguments : commands_) {
    buffer_ += "*" + std::to_string(arguments.size()) + "\r\n";
    for (const Argument& argument : arguments) {
      scratch_.clear();
      for (const Piece& piece : argument) AppendPiece(piece, index, &scratch_);
      buffer_ += "$" + std::to_string(scratch_.size()) + "\r\n";
      buffer_ += scratch_;
      buffer_ += "\r\n";
    }
  }
  ends_.push_back(buffer_.size());
}

void CommandStream::Clear() {
  buffer_.clear();
  ends_.clear();
}

std::string_view CommandStream::Requests(size_t first, size_t count) const {
  const size_t begin = first == 0 ? 0 : ends_[first - 1];
  return std::string_view(buffer_).substr(begin, ends_[first + count - 1] - begin);
}

}  // namespace thimble::bench
