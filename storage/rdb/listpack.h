#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/function_ref.h"
#include "storage/common/text.h"

namespace thimble {

// Redis's listpack, which files and payloads hold small collections in:
//
//   [bytes in all: 4] [items: 2, 0xFFFF = unknown] [item]... [0xFF]
//   item = [code and length: 1 to 5] [bytes] [size of the two before: 1 to 5, read backwards]

// Visits each item in order; stops when `visit` returns false. False if it did or the listpack is
// malformed in any part. Strings are views of the listpack.
bool WalkListpackTexts(Bytes listpack, FunctionRef<bool(const Text& item)> visit);
// The same, integers printed. An item's bytes live for its visit and the next two.
bool WalkListpack(Bytes listpack, FunctionRef<bool(Bytes item)> visit);
// How many items it says it has; nothing if it does not say so, or not even that can be read.
std::optional<size_t> ListpackItems(Bytes listpack);

// Builds one.
class ListpackBuilder {
 public:
  // The most bytes Redis takes for one.
  static constexpr size_t kMaxBytes = size_t{1} << 30U;

  ListpackBuilder();
  void Append(const Text& item);
  // The finished listpack; nothing may follow.
  Bytes Finish();

 private:
  void AppendInteger(int64_t integer);
  void AppendString(const Text& string);
  void AppendBackLength(size_t entry_bytes);

  std::string bytes_;
  size_t items_ = 0;
};

}  // namespace thimble
