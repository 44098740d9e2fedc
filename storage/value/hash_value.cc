#include "storage/value/hash_value.h"

#include <utility>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/compact/run.h"

namespace thimble {
namespace {

constexpr size_t kItemsPerPair = 2;
constexpr size_t kItemsPerTimedField = 3;
constexpr TableTraits kHashTraits{.values = true, .clocks = false};
// How often RandomField draws from a table before it counts its way to a field instead.
constexpr int kMaxDraws = 64;

FieldValue FieldOf(const TableEntry& entry) {
  return {entry.key, entry.value, entry.deadline_ms};
}

// Where the deadline of the field at `offset` is. REQUIRES: a timed run.
size_t DeadlineItem(const RunView& run, size_t offset) {
  return run.Next(run.Next(offset));
}

uint64_t DeadlineAt(const RunView& run, size_t offset) {
  return static_cast<uint64_t>(run.At(DeadlineItem(run, offset)).integer());
}

// What is an integer is kept as one.
Result<int64_t> Sum(const Text& stored, int64_t increment) {
  if (!stored.is_integer()) return Errc::kHashNotInteger;
  return AddChecked(stored.integer(), increment);
}

}  // namespace

// --- Asking -----------------------------------------------------------------------------------

[[gnu::always_inline]] inline FieldValue HashView::FieldAt(size_t offset) const {
  const RunView run(ref_.compact);
  const size_t value = run.Next(offset);
  FieldValue field{run.At(offset), run.At(value)};
  if (ref_.form == Form::kTimedRun) {
    field.deadline_ms = static_cast<uint64_t>(run.At(run.Next(value)).integer());
  }
  return field;
}

size_t HashView::stored_size() const {
  switch (ref_.form) {
    case Form::kRun:
      return RunView(ref_.compact).count() / kItemsPerPair;
    case Form::kTimedRun:
      return RunView(ref_.compact).count() / kItemsPerTimedField;
    case Form::kTable:
      return ref_.table->size();
    default:
      return 0;
  }
}

size_t HashView::size() const {
  if (!HasDue()) [[likely]]
    return stored_size();
  if (ref_.form == Form::kTable) return stored_size() - ref_.table->CountExpired(ref_.now_ms - 1);
  size_t live = 0;
  ForEach([&](const FieldValue&) { ++live; });
  return live;
}

bool HashView::HasLive() const {
  if (ref_.form != Form::kTable) return size() > 0;
  return !ref_.table->ForEachWhile(
      [&](const TableEntry& entry) { return !IsLive(entry.deadline_ms); });
}

uint64_t HashView::EarliestInRun() const {
  const RunView run(ref_.compact);
  uint64_t earliest_ms = 0;
  for (size_t at = run.First(); !run.AtEnd(at);) {
    at = DeadlineItem(run, at);
    const auto deadline_ms = static_cast<uint64_t>(run.At(at).integer());
    if (deadline_ms != 0 && (earliest_ms == 0 || deadline_ms < earliest_ms)) {
      earliest_ms = deadline_ms;
    }
    at = run.Next(at);
  }
  return earliest_ms;
}

Encoding HashView::encoding() const {
  if (ref_.form == Form::kTable || ref_.shrunk) return Encoding::kHashtable;
  return ref_.form == Form::kTimedRun ? Encoding::kListpackEx : Encoding::kListpack;
}

size_t HashView::MemoryBytes() const {
  return ref_.form == Form::kTable ? ref_.table->MemoryBytes() : ref_.compact.size();
}

std::optional<Text> HashView::Get(const Hashed& field) const {
  if (ref_.form == Form::kTable) {
    if (ref_.now_ms == 0) [[likely]]
      return ref_.table->Get(field);
    TableValue entry;
    if (!ref_.table->Find(field, entry) || !IsLive(entry.deadline_ms)) return std::nullopt;
    return entry.value;
  }
  const RunView run(ref_.compact);
  const size_t offset = run.Find(field.bytes, Stride());
  if (offset == RunView::kNone) return std::nullopt;
  const FieldValue found = FieldAt(offset);
  if (!IsLive(found.deadline_ms)) return std::nullopt;
  return found.value;
}

std::optional<uint64_t> HashView::DeadlineOf(const Hashed& field) const {
  uint64_t deadline_ms = 0;
  if (ref_.form == Form::kTable) {
    TableValue entry;
    if (!ref_.table->Find(field, entry)) return std::nullopt;
    deadline_ms = entry.deadline_ms;
  } else {
    const size_t offset = RunView(ref_.compact).Find(field.bytes, Stride());
    if (offset == RunView::kNone) return std::nullopt;
    deadline_ms = FieldAt(offset).deadline_ms;
  }
  return IsLive(deadline_ms) ? std::optional(deadline_ms) : std::nullopt;
}

void HashView::ForEach(FunctionRef<void(const FieldValue&)> visit) const {
  if (ref_.form == Form::kTable) {
    ref_.table->ForEach([&](const TableEntry& entry) {
      if (IsLive(entry.deadline_ms)) visit(FieldOf(entry));
    });
    return;
  }
  const RunView run(ref_.compact);
  const size_t stride = Stride();
  for (size_t at = run.First(); !run.AtEnd(at);) {
    const FieldValue field = FieldAt(at);
    for (size_t i = 0; i < stride; ++i) at = run.Next(at);
    if (IsLive(field.deadline_ms)) visit(field);
  }
}

uint64_t HashView::Scan(uint64_t cursor, FunctionRef<void(const FieldValue&)> visit) const {
  if (ref_.form == Form::kTable) {
    return ref_.table->Scan(cursor, [&](const TableEntry& entry) {
      if (IsLive(entry.deadline_ms)) visit(FieldOf(entry));
    });
  }
  ForEach(visit);
  return 0;
}

FieldValue HashView::RandomField(Random& random) const {
  if (ref_.form == Form::kTable) {
    for (int draw = 0; draw < kMaxDraws; ++draw) {
      const TableEntry entry = ref_.table->At(ref_.table->Random(random));
      if (IsLive(entry.deadline_ms)) [[likely]]
        return FieldOf(entry);
    }
  } else if (ref_.form == Form::kRun) {
    const RunView run(ref_.compact);
    THIMBLE_CHECK(stored_size() > 0);
    return FieldAt(run.Skip(random.Below(stored_size()) * kItemsPerPair));
  }
  const size_t live = size();
  THIMBLE_CHECK(live > 0);
  size_t before = random.Below(live);
  FieldValue drawn;
  ForEach([&](const FieldValue& field) {
    if (before-- == 0) drawn = field;
  });
  return drawn;
}

std::optional<std::string> HashView::CheckInvariants() const {
  if (ref_.form == Form::kTable) return ref_.table->CheckInvariants();
  const RunView run(ref_.compact);
  if (auto wrong = run.CheckInvariants()) return wrong;
  if (run.count() % Stride() != 0) return "a hash ends within a field";
  for (size_t at = run.First(); !run.AtEnd(at);) {
    if (run.Find(FlatText(run.At(at)).bytes(), Stride()) != at) return "a field occurs twice";
    at = run.Next(run.Next(at));
    if (ref_.form == Form::kRun) continue;
    if (!run.At(at).is_integer() || run.At(at).integer() < 0) return "a deadline is none";
    at = run.Next(at);
  }
  return std::nullopt;
}

// --- Changing ---------------------------------------------------------------------------------

bool HashValue::Set(const Hashed& field, Bytes value, Ttl ttl) {
  if (body_.form != Form::kTable) {
    if (const auto is_new = SetCompact(field.bytes, value, ttl)) return *is_new;
    ConvertToTable();
  }
  EraseIfExpired(field);
  changed_ = true;
  Table& table = *body_.table;
  TablePosition position = table.Find(field);
  if (!position) {
    table.Insert(field, value);
    return true;
  }
  position = table.Replace(position, value);
  if (ttl == Ttl::kClear && table.deadlines() != 0) table.SetDeadline(position, 0);
  return false;
}

bool HashValue::Set(Bytes field, Bytes value) {
  if (body_.form != Form::kTable) {
    if (const auto is_new = SetCompact(field, value, Ttl::kClear)) return *is_new;
  }
  return Set(ref_.hash_key->Of(field), value);
}

Result<int64_t> HashValue::Increment(const Hashed& field, int64_t increment) {
  if (body_.form != Form::kTable) return IncrementCompact(field, increment);
  EraseIfExpired(field);
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
  const size_t offset = run.Find(field.bytes, Stride());
  if (offset == RunView::kNone || limits_->hash_max_listpack_value < Text::kMaxDigits ||
      stored_size() > limits_->hash_max_listpack_entries) {
    Result<int64_t> sum = Sum(Get(field).value_or(Text(int64_t{0})), increment);
    if (sum.ok()) Set(field, DecimalInteger(*sum).bytes(), Ttl::kKeep);
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
std::optional<bool> HashValue::SetCompact(Bytes field, Bytes value, Ttl ttl) {
  if (!FitsCompact(field, value)) return std::nullopt;
  const RunView run(body_.compact.bytes());
  RunEditor editor(body_.compact);
  const RunItem item(field);
  const size_t offset = run.Find(item, Stride());
  const bool is_new = offset == RunView::kNone;
  // The limit may have been lowered since the last change.
  const size_t fields = stored_size() + (is_new ? 1 : 0);
  if (fields > limits_->hash_max_listpack_entries) return std::nullopt;
  const bool timed = body_.form == Form::kTimedRun;
  if (is_new) {
    editor.AppendPair(item, RunItem(value));
    if (timed) editor.Append(RunItem(int64_t{0}));
    if (!timed) body_.form = Form::kRun;
    changed_ = true;
  } else {
    changed_ |= editor.Replace(run.Next(offset), RunItem(value));
    if (timed && ttl == Ttl::kClear) {
      const RunView now(body_.compact.bytes());
      changed_ |= editor.Replace(DeadlineItem(now, offset), RunItem(int64_t{0}));
    }
  }
  Sync();
  return is_new;
}

bool HashValue::Erase(const Hashed& field) {
  if (body_.form == Form::kTable) {
    EraseIfExpired(field);
    if (!body_.table->Remove(field)) return false;
  } else {
    const size_t offset = RunView(body_.compact.bytes()).Find(field.bytes, Stride());
    if (offset == RunView::kNone) return false;
    RunEditor(body_.compact).Erase(offset, Stride());
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
    table->Insert(ref_.hash_key->Of(field.bytes()), FlatText(pair.value).bytes(), pair.deadline_ms);
  });
  body_.table = std::move(table);
  body_.form = Form::kTable;
  changed_ = true;
  Sync();
}

// --- Deadlines --------------------------------------------------------------------------------

void HashValue::SetDeadline(const Hashed& field, uint64_t deadline_ms) {
  if (body_.form == Form::kRun) {
    if (deadline_ms == 0) return;
    // A run has no form for one that was a table and has deadlines.
    if (body_.shrunk) {
      ConvertToTable();
    } else {
      RebuildTimedRun();
    }
  }
  changed_ = true;
  if (body_.form == Form::kTable) {
    const TablePosition position = body_.table->Find(field);
    THIMBLE_CHECK(position);
    body_.table->SetDeadline(position, deadline_ms);
    return;
  }
  const RunView run(body_.compact.bytes());
  const size_t offset = run.Find(field.bytes, Stride());
  THIMBLE_CHECK(offset != RunView::kNone);
  RunEditor(body_.compact)
      .Replace(DeadlineItem(run, offset), RunItem(static_cast<int64_t>(deadline_ms)));
  Sync();
}

// Of the fields that there are still.
void HashValue::RebuildTimedRun() {
  ByteBuffer timed;
  timed.Reserve(body_.compact.size() + 2 * stored_size());
  RunEditor editor(timed);
  ForEach([&](const FieldValue& pair) {
    const FlatText field(pair.field);
    const FlatText value(pair.value);
    editor.AppendPair(RunItem(field.bytes()), RunItem(value.bytes()));
    editor.Append(RunItem(static_cast<int64_t>(pair.deadline_ms)));
  });
  body_.compact.Assign(timed.bytes());
  body_.form = Form::kTimedRun;
  Sync();
}

// A compact hash is freed of all fields past their deadline, a table as they are met.
void HashValue::BeginAt(uint64_t now_ms) {
  ref_.now_ms = now_ms;
  begun_with_ = stored_size();
  if (body_.form != Form::kTimedRun) return;
  const RunView run(body_.compact.bytes());
  for (size_t at = run.First(); !run.AtEnd(at); at = run.Next(DeadlineItem(run, at))) {
    if (!IsLive(DeadlineAt(run, at))) NoteExpired(run.At(at).ToString());
  }
  if (expired_ == nullptr) return;
  changed_ = true;
  if (!HasExpired()) return RebuildTimedRun();
  body_.compact.Clear();  // What comes into it now makes a new one.
  body_.form = Form::kNone;
  Sync();
}

void HashValue::NoteExpired(std::string field) {
  if (expired_ == nullptr) expired_.reset(new std::vector<std::string>());
  expired_->push_back(std::move(field));
}

std::vector<std::string> HashValue::TakeExpired() {
  const auto taken = std::move(expired_);
  return taken == nullptr ? std::vector<std::string>() : std::move(*taken);
}

// REQUIRES: a table.
void HashValue::EraseExpiredField(const Hashed& field) {
  TableValue entry;
  const TablePosition position = body_.table->Find(field, entry);
  if (!position || IsLive(entry.deadline_ms)) return;
  NoteExpired(std::string(field.bytes));
  body_.table->Erase(position);
  changed_ = true;
}

bool HashValue::EraseExpired(size_t buckets, uint64_t* cursor, size_t* looked_at) {
  if (body_.form != Form::kTable || ref_.now_ms == 0) return true;
  std::vector<std::string> fields;
  *looked_at += body_.table->VisitExpired(
      ref_.now_ms - 1, buckets, cursor,
      [&](const TableEntry& entry) { fields.push_back(entry.key.ToString()); });
  for (std::string& field : fields) {
    changed_ |= body_.table->Remove(ref_.hash_key->Of(field));
    NoteExpired(std::move(field));
  }
  return *cursor == 0;
}

}  // namespace thimble
