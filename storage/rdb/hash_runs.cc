#include "storage/rdb/hash_runs.h"

#include <utility>

#include "storage/common/copy.h"
#include "storage/common/equal.h"
#include "storage/common/number.h"
#include "storage/compact/run.h"
#include "storage/compact/run_format.h"
#include "storage/compact/run_writer.h"
#include "storage/rdb/listpack.h"

namespace thimble {
namespace {

using run_format::Code;
using run_format::CountBytes;
using run_format::ItemBytes;
using run_format::WriteInteger;
using run_format::WriteString;

// Copies the value at the front of `items` to `out`, and drops it there. Null if it is malformed,
// or an integer that is written as a string, as Redis never does.
[[gnu::always_inline]] inline char* CopyValue(Bytes& items, char* out) {
  const size_t length = ShortListpackString(items);
  if (length <= kMaxShortListpackString) [[likely]] {
    const Bytes text(items.data() + 1, length);
    DropShortListpackString(items, length);
    return ParseInt64(text) ? nullptr : WriteString(out, text);
  }
  ListpackItem item;
  if (!ReadListpackItem(items, item)) return nullptr;
  items.remove_prefix(item.bytes);
  if (item.is_integer) return WriteInteger(out, item.integer);
  return ParseInt64(item.string) ? nullptr : WriteString(out, item.string);
}

}  // namespace

std::optional<Bytes> HashRuns::Make(Bytes listpack, size_t most_fields) {
  const std::optional<ListpackHead> head = ReadListpackHead(listpack);
  const size_t count = head ? head->announced.value_or(0) : 0;
  if (count == 0 || count % 2 != 0 || count / 2 > most_fields) return std::nullopt;
  const size_t most_bytes = RunWriter::MostBytes(count, listpack.size());
  if (room_.size() < most_bytes) room_.resize(most_bytes);
  const char* end = RunView(last_).count() == count ? WriteLikeTheLast(head->items) : nullptr;
  if (end == nullptr) end = Write(listpack, count);
  if (end == nullptr) return std::nullopt;
  last_ = Bytes(room_.data(), static_cast<size_t>(end - room_.data()));
  std::swap(room_, last_room_);
  return last_;
}

// The end of what was written. Null if the fields are not those of the last one, or anything is
// wrong.
const char* HashRuns::WriteLikeTheLast(Bytes items) {
  const size_t head_bytes = CountBytes(last_);
  CopyBytes(room_.data(), last_.data(), head_bytes);
  char* out = room_.data() + head_bytes;
  const char* const end = last_.data() + last_.size();
  for (const char* field = last_.data() + head_bytes; field != end;) {
    const size_t length = ShortListpackString(items);
    const bool is_same = length <= kMaxShortListpackString && length == Code(field) &&
                         EqualBytes(field + 1, items.data() + 1, length);
    if (!is_same) return nullptr;
    CopyBytes(out, field, 1 + length);
    DropShortListpackString(items, length);
    out = CopyValue(items, out + 1 + length);
    if (out == nullptr) return nullptr;
    field += 1 + length;
    field += ItemBytes(field);
  }
  return items.empty() ? out : nullptr;
}

// The same for any fields, in any order.
const char* HashRuns::Write(Bytes listpack, size_t count) {
  RunWriter writer(room_.data(), count);
  ListpackCursor cursor(listpack);
  for (size_t i = 0; cursor.Next(); ++i) {
    if (i == count) return nullptr;
    const bool is_field = i % 2 == 0;
    if (cursor.is_integer()) {
      if (!is_field) {
        writer.Append(cursor.integer());
      } else if (!writer.AppendNew(cursor.integer(), 2)) {
        return nullptr;
      }
    } else if (!is_field) {
      writer.Append(cursor.string());
    } else if (!writer.AppendNew(cursor.string(), 2)) {
      return nullptr;
    }
  }
  return cursor.sound() ? writer.run().data() + writer.run().size() : nullptr;
}

}  // namespace thimble
