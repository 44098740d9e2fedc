#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace thimble::bench {

// ReplyCounter counts whole replies in a stream cut anywhere. It looks at no more than it must to
// find where replies end, so that the load generator stays cheaper than any server.
class ReplyCounter {
 public:
  // Takes the next bytes of the stream; returns how many replies they completed.
  uint64_t Feed(std::string_view data);

  uint64_t errors() const { return errors_; }
  const std::string& first_error() const { return first_error_; }

 private:
  void TakeLine(std::string_view line);

  uint64_t skip_bytes_ = 0;     // Left of a bulk, its line end included.
  uint64_t open_elements_ = 0;  // Still to come in the reply begun.
  std::string partial_line_;
  uint64_t errors_ = 0;
  std::string first_error_;
};

inline void ReplyCounter::TakeLine(std::string_view line) {
  if (open_elements_ == 0) open_elements_ = 1;
  const auto number = [&] {
    return std::strtoll(std::string(line.substr(1)).c_str(), nullptr, 10);
  };
  switch (line[0]) {
    case '$':
    case '=': {
      const int64_t size = number();
      if (size >= 0) {
        skip_bytes_ = static_cast<uint64_t>(size) + 2;
        return;  // The element ends with its bytes.
      }
      break;
    }
    case '*':
    case '~':
      if (const int64_t count = number(); count > 0) open_elements_ += count;
      break;
    case '%':
      open_elements_ += 2 * number();
      break;
    case '-':
      if (errors_++ == 0) first_error_ = std::string(line);
      break;
    default:
      break;
  }
  --open_elements_;
}

inline uint64_t ReplyCounter::Feed(std::string_view data) {
  uint64_t replies = 0;
  while (!data.empty()) {
    if (skip_bytes_ > 0) {
      const size_t skipped = std::min<uint64_t>(skip_bytes_, data.size());
      data.remove_prefix(skipped);
      skip_bytes_ -= skipped;
      if (skip_bytes_ == 0 && --open_elements_ == 0) ++replies;
      continue;
    }
    const size_t end = data.find('\n');
    if (end == std::string_view::npos) {
      partial_line_.append(data);
      break;
    }
    if (partial_line_.empty()) {
      TakeLine(data.substr(0, end));
    } else {
      partial_line_.append(data.substr(0, end));
      TakeLine(partial_line_);
      partial_line_.clear();
    }
    data.remove_prefix(end + 1);
    if (skip_bytes_ == 0 && open_elements_ == 0) ++replies;
  }
  return replies;
}

}  // namespace thimble::bench
