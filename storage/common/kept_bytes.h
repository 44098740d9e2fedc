#pragma once

#include <string>

#include "storage/common/bytes.h"
#include "storage/common/copy.h"

namespace thimble {

// A copy of bytes that are about to go. Short ones, which keys and fields are, cost a few moves.
class KeptBytes {
 public:
  KeptBytes() = default;
  KeptBytes(const KeptBytes&) = delete;
  KeptBytes& operator=(const KeptBytes&) = delete;

  void Keep(Bytes bytes) {
    if (bytes.size() <= sizeof short_) [[likely]] {
      CopyBytes(short_, bytes.data(), bytes.size());
      bytes_ = {short_, bytes.size()};
    } else {
      bytes_ = long_.assign(bytes);
    }
  }
  void Clear() { bytes_ = {}; }
  // Until the next call.
  Bytes bytes() const { return bytes_; }

 private:
  Bytes bytes_;
  char short_[128];
  std::string long_;
};

}  // namespace thimble
