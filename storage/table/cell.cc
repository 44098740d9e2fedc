#include "storage/table/cell.h"

namespace thimble {

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
