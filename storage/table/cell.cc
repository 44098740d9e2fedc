#include "storage/table/cell.h"

namespace thimble {
namespace {

// The code of the narrowest form that holds `value`.
uint8_t IntegerCode(int64_t value) {
  // Folds negative numbers onto the positive ones that need as many bits.
  const uint64_t magnitude = static_cast<uint64_t>(value < 0 ? ~value : value);
  for (unsigned width = 1; width <= 6; ++width) {
    if (magnitude >> (8 * width - 1) == 0)
      return static_cast<uint8_t>(kFirstIntegerCode + width - 1);
  }
  return 254;
}

}  // namespace

uint8_t ChooseIntegerCode(Bytes text, char* integer) {
  const std::optional<int64_t> value = ParseInt64(text);
  if (!value) return static_cast<uint8_t>(text.size());
  std::memcpy(integer, &*value, sizeof *value);
  return IntegerCode(*value);
}

Cell CellMaker::Make(Bytes text, uint64_t hash, BlobAllocator& allocator) {
  const uint8_t code = ChooseCode(text, stored_);
  if (!IsSpecial(code)) return {code, text.data()};
  if (code == kLongCode) {
    char* const block = allocator.Allocate(sizeof(LongString) + text.size());
    const LongString header{text.size(), hash};
    std::memcpy(block, &header, sizeof header);
    std::memcpy(block + sizeof header, text.data(), text.size());
    std::memcpy(stored_, &block, sizeof block);
  }
  return {code, stored_};
}

}  // namespace thimble
