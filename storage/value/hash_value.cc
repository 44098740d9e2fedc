#include "storage/value/hash_value.h"

#include <utility>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/compact/run.h"

namespace thimble {
namespace {

constexpr size_t kItemsPerPair = 2;
constexpr TableTraits kHashTraits{.values = true, .clocks = false};

FieldValue PairAt(const RunView& run, size_t offset) {
  return {run.At(offset), run.At(run.Next(offset))};
}

// What is an integer is kept as one.
Result<int64_t> Sum(const Text& stored, int64_t increment) {
  if (!stored.is_integer()) return Errc::kHashNotInteger;
  return AddChecked(stored.integer(), increment);
}

}  // namespace

size_t HashView::size() const {
  switch (ref_.form) {
    case Form::kRun:
      return RunView(ref_.compact).count() / kItemsPerPair;
    case Form::kTable:
      return ref_.table->size();
    default:
      return 0;
  }
}

Encoding HashView::encoding() const {
  return ref_.form == Form::kTable || ref_.shrunk ? Encoding::kHashtable : Encoding::kListpack;
}

size_t HashView::MemoryBytes() const {
  return ref_.form == Form::kTable ? ref_.table->MemoryBytes() : ref_.compact.size();
}

std::optional<Text> HashView::Get(const Hashed& field) const {
  if (ref_.form == Form::kTable) return ref_.table->Get(field);
  const RunView run(ref_.compact);
  const size_t offset = run.Find(field.bytes, kItemsPerPair);
  if (offset == RunView::kNone) return std::nullopt;
  return run.At(run.Next(offset));
}

void HashView::ForEach(FunctionRef<void(const FieldValue&)> visit) const {
  if (ref_.form == Form::kTable) {
    ref_.table->ForEach([&](const TableEntry& entry) { visit({entry.key, entry.value}); });
    return;
  }
  const RunView run(ref_.compact);
  for (size_t at = run.First(); !run.AtEnd(at); at = run.Next(run.Next(at))) visit(PairAt(run, at));
}

uint64_t HashView::Scan(uint64_t cursor, FunctionRef<void(const FieldValue&)> visit) const {
  if (ref_.form == Form::kTable) {
    return ref_.table->Scan(cursor, [&](const TableEntry& entry) {
      visit({entry.key, entry.value});
    });
  }
  ForEach(visit);
  return 0;
}

FieldValue HashView::RandomField(Random& random) const {
  THIMBLE_CHECK(!empty());
  if (ref_.form == Form::kTable) {
    const TableEntry entry = ref_.table->At(ref_.table->Random(random));
    return {entry.key, entry.value};
  }
  const RunView run(ref_.compact);
  return PairAt(run, run.Skip(random.Below(size()) * kItemsPerPair));
}

std::optional<std::string> HashView::CheckInvariants() const {
  if (ref_.form == Form::kTable) return ref_.table->CheckInvariants();
  const RunView run(ref_.compact);
  if (auto wrong = run.CheckInvariants()) return wrong;
  if (run.count() % kItemsPerPair != 0) return "a hash ends with a field without a value";
  for (size_t at = run.First(); !run.AtEnd(at); at = run.Next(run.Next(at))) {
    if (run.Find(FlatText(run.At(at)).bytes(), kItemsPerPair) != at) return "a field occurs twice";
  }
  return std::nullopt;
}

HashValue::HashValue(CollectionBody&& body, const HashKey& hash_key, const EncodingLimits& limits)
    : HashView(body, hash_key), body_(std::move(body)), limits_(&limits) {}

bool HashValue::Set(const Hashed& field, Bytes value) {
  if (body_.form != Form::kTable) {
    if (const auto is_new = SetCompact(field.bytes, value)) return *is_new;
    ConvertToTable();
  }
  changed_ = true;
  Table& table = *body_.table;
  if (const TablePosition position = table.Find(field)) {
    table.Replace(position, value);
    return false;
  }
  table.Insert(field, value);
  return true;
}

bool HashValue::Set(Bytes field, Bytes value) {
  if (body_.form != Form::kTable) {
    if (const auto is_new = SetCompact(field, value)) return *is_new;
  }
  return Set(ref_.hash_key->Of(field), value);
}

Result<int64_t> HashValue::Increment(const Hashed& field, int64_t increment) {
  if (body_.form != Form::kTable) return IncrementCompact(field, increment);
  TableValue entry;
  const TablePosition position = body_.table->Find(field, entry);
  if (!position) {
    Set(field, DecimalInteger(increment).bytes());
    return increment;
  }
  Result<int64_t> sum = Sum(entry.value, increment);
  if (sum.ok()) {
    changed_ = true;
    body_.table->Replace(position, *sum);
  }
  return sum;
}

Result<int64_t> HashValue::IncrementCompact(const Hashed& field, int64_t increment) {
  const RunView run(ref_.compact);
  const size_t offset = run.Find(field.bytes, kItemsPerPair);
  if (offset == RunView::kNone || limits_->hash_max_listpack_value < Text::kMaxDigits ||
      run.count() / kItemsPerPair > limits_->hash_max_listpack_entries) {
    Result<int64_t> sum = Sum(Get(field).value_or(Text(int64_t{0})), increment);
    if (sum.ok()) Set(field, DecimalInteger(*sum).bytes());
    return sum;
  }
  const size_t value = run.Next(offset);
  Result<int64_t> sum = Sum(run.At(value), increment);
  if (!sum.ok()) return sum;
  changed_ |= RunEditor(body_.compact).Replace(value, RunItem(*sum));
  Sync();
  return sum;
}

// Whether the field is new; nothing, and nothing done, if the compact form cannot hold it.
std::optional<bool> HashValue::SetCompact(Bytes field, Bytes value) {
  if (!FitsCompact(field, value)) return std::nullopt;
  const RunView run(body_.compact.bytes());
  RunEditor editor(body_.compact);
  const RunItem item(field);
  const size_t offset = run.Find(item, kItemsPerPair);
  const bool is_new = offset == RunView::kNone;
  // The limit may have been lowered since the last change.
  const size_t fields = run.count() / kItemsPerPair + (is_new ? 1 : 0);
  if (fields > limits_->hash_max_listpack_entries) return std::nullopt;
  if (is_new) {
    editor.AppendPair(item, RunItem(value));
    body_.form = Form::kRun;
    changed_ = true;
  } else {
    changed_ |= editor.Replace(run.Next(offset), RunItem(value));
  }
  Sync();
  return is_new;
}

bool HashValue::Erase(const Hashed& field) {
  if (body_.form == Form::kTable) {
    if (!body_.table->Remove(field)) return false;
  } else {
    const size_t offset = RunView(body_.compact.bytes()).Find(field.bytes, kItemsPerPair);
    if (offset == RunView::kNone) return false;
    RunEditor(body_.compact).Erase(offset, kItemsPerPair);
  }
  Sync();
  changed_ = true;
  return true;
}

void HashValue::Reserve(size_t count) {
  if (body_.form != Form::kNone || count <= limits_->hash_max_listpack_entries) return;
  ConvertToTable();
  body_.table->Reserve(count);
}

bool HashValue::FitsCompact(Bytes field, Bytes value) const {
  return field.size() <= limits_->hash_max_listpack_value &&
         value.size() <= limits_->hash_max_listpack_value;
}

void HashValue::ConvertToTable() {
  auto table = std::make_unique<Table>(*ref_.hash_key, kHashTraits);
  ForEach([&](const FieldValue& pair) {
    const FlatText field(pair.field);
    table->Insert(ref_.hash_key->Of(field.bytes()), FlatText(pair.value).bytes());
  });
  body_.table = std::move(table);
  body_.form = Form::kTable;
  changed_ = true;
  Sync();
}

}  // namespace thimble
