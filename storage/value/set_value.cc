#include "storage/value/set_value.h"

#include <algorithm>
#include <array>
#include <utility>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/compact/int_set.h"
#include "storage/compact/run.h"
#include "storage/keyspace/environment.h"
#include "storage/value/member_batch.h"

namespace thimble {
namespace {

constexpr size_t kItemsPerMember = 1;
constexpr TableTraits kSetTraits{.values = false, .clocks = false};
// As in Redis, whatever set-max-intset-entries says.
constexpr size_t kMaxIntSetEntries = size_t{1} << 30U;

size_t IntSetLimit(const EncodingLimits& limits) {
  return std::min(limits.set_max_intset_entries, kMaxIntSetEntries);
}

}  // namespace

size_t SetView::size() const {
  switch (ref_.form) {
    case Form::kNone:
      return 0;
    case Form::kRun:
      return RunView(ref_.compact).count();
    case Form::kIntSet:
      return IntSetView(ref_.compact).count();
    case Form::kTable:
      return ref_.table->size();
    case Form::kTimedRun:
      break;
  }
  CheckFailed(__FILE__, __LINE__, "a known form");
}

Encoding SetView::encoding() const {
  if (ref_.shrunk) return Encoding::kHashtable;
  switch (ref_.form) {
    case Form::kNone:
    case Form::kIntSet:
      return Encoding::kIntset;
    case Form::kRun:
      return Encoding::kListpack;
    case Form::kTable:
      return Encoding::kHashtable;
    case Form::kTimedRun:
      break;
  }
  CheckFailed(__FILE__, __LINE__, "a known form");
}

size_t SetView::MemoryBytes() const {
  return ref_.form == Form::kTable ? ref_.table->MemoryBytes() : ref_.compact.size();
}

bool SetView::Contains(const Hashed& member) const {
  switch (ref_.form) {
    case Form::kNone:
      return false;
    case Form::kTable:
      return ref_.table->Contains(member);
    case Form::kRun:
      return RunView(ref_.compact).Find(member.bytes, kItemsPerMember) != RunView::kNone;
    case Form::kIntSet: {
      const auto integer = ParseInt64(member.bytes);
      return integer && IntSetView(ref_.compact).Contains(*integer);
    }
    case Form::kTimedRun:
      break;
  }
  CheckFailed(__FILE__, __LINE__, "a known form");
}

void SetView::ForEach(FunctionRef<void(const Text&)> visit) const {
  if (ref_.form == Form::kTable) {
    ref_.table->ForEach([&](const TableEntry& entry) { visit(entry.key); });
    return;
  }
  ForEachWhile([&](const Text& member) {
    visit(member);
    return true;
  });
}

bool SetView::ForEachWhile(FunctionRef<bool(const Text&)> visit) const {
  if (ref_.form == Form::kTable) {
    return ref_.table->ForEachWhile([&](const TableEntry& entry) { return visit(entry.key); });
  }
  if (ref_.form == Form::kIntSet) {
    const IntSetView set(ref_.compact);
    for (size_t i = 0; i < set.count(); ++i) {
      if (!visit(Text(set.At(i)))) return false;
    }
    return true;
  }
  const RunView run(ref_.compact);
  for (size_t at = run.First(); !run.AtEnd(at); at = run.Next(at)) {
    if (!visit(run.At(at))) return false;
  }
  return true;
}

uint64_t SetView::Scan(uint64_t cursor, FunctionRef<void(const Text&)> visit) const {
  if (ref_.form == Form::kTable) {
    return ref_.table->Scan(cursor, [&](const TableEntry& entry) { visit(entry.key); });
  }
  ForEach(visit);
  return 0;
}

Text SetView::RandomMember(Random& random) const {
  THIMBLE_CHECK(!empty());
  if (ref_.form == Form::kTable) return ref_.table->At(ref_.table->Random(random)).key;
  const size_t index = random.Below(size());
  if (ref_.form == Form::kIntSet) return Text(IntSetView(ref_.compact).At(index));
  const RunView run(ref_.compact);
  return run.At(run.Skip(index));
}

std::optional<std::string> SetView::CheckInvariants() const {
  if (ref_.form == Form::kTable) return ref_.table->CheckInvariants();
  if (ref_.form == Form::kIntSet) return IntSetView(ref_.compact).CheckInvariants();
  const RunView run(ref_.compact);
  if (auto wrong = run.CheckInvariants()) return wrong;
  for (size_t at = run.First(); !run.AtEnd(at); at = run.Next(at)) {
    if (run.Find(FlatText(run.At(at)).bytes(), kItemsPerMember) != at)
      return "a member occurs twice";
  }
  return std::nullopt;
}

SetValue::SetValue(CollectionBody&& body, const HashKey& hash_key, const EncodingLimits& limits)
    : SetView(body, hash_key), body_(std::move(body)), limits_(&limits) {}

SetValue SetValue::Aside(const StorageEnvironment& environment) {
  return SetValue({}, environment.hash_key, environment.limits);
}

bool SetValue::Add(const Hashed& member) {
  bool is_new = false;
  if (body_.form == Form::kTable) {
    is_new = body_.table->Add(member);
  } else if (const auto integer = ParseInt64(member.bytes)) {
    is_new = AddInteger(*integer, member);
  } else {
    is_new = AddToRun(member);
  }
  Sync();
  changed_ |= is_new;
  return is_new;
}

void SetValue::AddNew(MemberBatch& batch) {
  static_assert(MemberBatch::kCapacity <= Table::kMostAtOnce);
  std::array<Hashed, MemberBatch::kCapacity> members;
  size_t count = 0;
  if (body_.form == Form::kTable) batch.Prefetch(*body_.table);
  batch.ForEachHashed(*ref_.hash_key, [&](const Text&, const Hashed& member) {
    if (body_.form == Form::kTable) {
      members[count++] = member;
    } else {
      Add(member);
    }
    return true;
  });
  if (count > 0) body_.table->InsertAll(std::span(members).first(count));
  changed_ |= count > 0;
}

// Adds an integer to a set that is not a table.
bool SetValue::AddInteger(int64_t integer, const Hashed& member) {
  if (body_.form == Form::kRun) return AddToRun(member);
  StartCompact(Form::kIntSet);
  if (!IntSetEditor(body_.compact).Add(integer)) return false;
  Sync();
  if (size() > IntSetLimit(*limits_)) ConvertToTable();
  return true;
}

// Adds any string to a set that is not a table: to a run if it may be or become one.
bool SetValue::AddToRun(const Hashed& member) {
  const size_t limit = limits_->set_max_listpack_entries;
  const bool fits = member.bytes.size() <= limits_->set_max_listpack_value;
  const bool has_room = size() < limit && !(body_.form == Form::kNone && expected_ > limit);
  if (body_.form == Form::kRun) {
    if (Contains(member)) return false;
  } else if (fits && has_room) {
    ConvertToRun();
  }
  if (body_.form == Form::kRun && fits && has_room) {
    RunEditor(body_.compact).Append(member.bytes);
    return true;
  }
  ConvertToTable();
  body_.table->Insert(member, {});
  return true;
}

bool SetValue::Remove(const Hashed& member) {
  bool was_there = false;
  if (body_.form == Form::kTable) {
    was_there = body_.table->Remove(member);
  } else if (body_.form == Form::kIntSet) {
    const auto integer = ParseInt64(member.bytes);
    was_there = integer && IntSetEditor(body_.compact).Remove(*integer);
  } else {
    const size_t offset = RunView(body_.compact.bytes()).Find(member.bytes, kItemsPerMember);
    was_there = offset != RunView::kNone;
    if (was_there) RunEditor(body_.compact).Erase(offset, kItemsPerMember);
  }
  Sync();
  changed_ |= was_there;
  return was_there;
}

void SetValue::Reserve(size_t count, size_t max_bytes) {
  const bool too_long = max_bytes > std::max(limits_->set_max_listpack_value, Text::kMaxDigits);
  const bool too_many_for_run = count > limits_->set_max_listpack_entries;
  const bool too_many_for_ints = count > IntSetLimit(*limits_);
  switch (body_.form) {
    case Form::kNone:
      expected_ = count;
      if (too_long || (too_many_for_run && too_many_for_ints)) ConvertToTable();
      break;
    case Form::kIntSet:
      if (too_long || too_many_for_ints) ConvertToTable();
      break;
    case Form::kRun:
      if (too_long || too_many_for_run) ConvertToTable();
      break;
    case Form::kTable:
    case Form::kTimedRun:
      break;
  }
}

std::string SetValue::Pop(Random& random) {
  if (body_.form == Form::kTable) {
    const TablePosition position = body_.table->Random(random);
    std::string member = body_.table->At(position).key.ToString();
    body_.table->Erase(position);
    changed_ = true;
    return member;
  }
  std::string member = RandomMember(random).ToString();
  Remove({member, 0});  // The compact forms look at no hash.
  return member;
}

void SetValue::Clear() {
  changed_ |= !empty();
  body_.form = Form::kNone;
  body_.shrunk = false;
  body_.compact.Clear();
  Sync();  // A table stays in the body until the edit ends: it may be big, so the keyspace frees
           // it.
}

void SetValue::StartCompact(Form form) {
  if (body_.form == form) return;
  THIMBLE_CHECK(body_.form == Form::kNone);
  body_.compact.Clear();
  body_.form = form;
}

// Turns an integer set into a run of the same members, and nothing into an empty run.
void SetValue::ConvertToRun() {
  if (body_.form == Form::kNone) return StartCompact(Form::kRun);
  ByteBuffer run;
  run.Reserve(body_.compact.size() * 2);
  ForEach([&](const Text& member) { RunEditor(run).Append(FlatText(member).bytes()); });
  body_.compact.Assign(run.bytes());
  body_.form = Form::kRun;
  changed_ = true;
  Sync();
}

void SetValue::ConvertToTable() {
  auto table = std::make_unique<Table>(*ref_.hash_key, kSetTraits);
  table->Reserve(expected_);
  ForEach([&](const Text& member) {
    const FlatText text(member);
    table->Insert(ref_.hash_key->Of(text.bytes()), {});
  });
  body_.table = std::move(table);
  body_.form = Form::kTable;
  changed_ = true;
  Sync();
}

}  // namespace thimble
