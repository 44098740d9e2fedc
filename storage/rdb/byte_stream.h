#pragma once

#include <string>

#include "storage/common/bytes.h"

namespace thimble {

// Where bytes come from: a file, a socket, a payload in memory.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // The next piece, of any size; it lives until the next call. Empty at the end, and when reading
  // failed, which whoever made the source can tell apart.
  virtual Bytes Next() = 0;
};

// Where bytes go.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // False if they could not be taken; whoever made the sink knows why.
  virtual bool Write(Bytes bytes) = 0;
};

// One piece of memory, borrowed.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(Bytes bytes) : bytes_(bytes) {}
  Bytes Next() override {
    const Bytes all = bytes_;
    bytes_ = {};
    return all;
  }

 private:
  Bytes bytes_;
};

// A string that grows, borrowed.
class StringSink final : public ByteSink {
 public:
  explicit StringSink(std::string& out) : out_(out) {}
  bool Write(Bytes bytes) override {
    out_.append(bytes);
    return true;
  }

 private:
  std::string& out_;
};

}  // namespace thimble
