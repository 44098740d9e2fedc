#pragma once

#include <array>
#include <memory>
#include <vector>

#include "storage/common/check.h"
#include "storage/common/text.h"

namespace thimble {

// Where an embedded object is put together for a view if its table keeps it in two pieces. Pieces
// live until Reset; their memory is kept for the next time.
class ViewMemory {
 public:
  static constexpr size_t kMaxBytes = 256;

  void Reset() { used_ = 0; }

  Bytes Contiguous(const Text& text) {
    if (text.head().empty()) return text.tail();
    THIMBLE_CHECK(text.size() <= kMaxBytes);
    if (used_ == blocks_.size()) blocks_.push_back(std::make_unique<Block>());
    char* const start = blocks_[used_++]->data();
    return {start, static_cast<size_t>(text.CopyTo(start) - start)};
  }

 private:
  using Block = std::array<char, kMaxBytes>;
  std::vector<std::unique_ptr<Block>> blocks_;
  size_t used_ = 0;
};

}  // namespace thimble
