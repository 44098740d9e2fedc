#include "storage/rdb/value_decoder.h"

#include <algorithm>
#include <utility>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/compact/run.h"
#include "storage/compact/run_writer.h"
#include "storage/rdb/listpack.h"
#include "storage/rdb/old_formats.h"

namespace thimble {
namespace {

// What a stated number of elements may make us prepare for before any of them was seen.
constexpr uint64_t kMostReserved = uint64_t{1} << 16U;
// What the compact form of a hash is prepared for.
constexpr size_t kMostReservedBytes = size_t{64} << 10U;
// What entering a part counts for.
constexpr size_t kPartElements = 4096;
// Elements that are any shorter are prepared for in part.
constexpr uint64_t kShortElementBytes = 4;

const char* IntegrityText(RdbType type) {
  switch (type) {
    case RdbType::kSetIntset:
      return "Intset integrity check failed.";
    case RdbType::kSetListpack:
      return "Set listpack integrity check failed.";
    case RdbType::kHashZipmap:
      return "Zipmap integrity check failed.";
    case RdbType::kHashZiplist:
      return "Hash ziplist integrity check failed.";
    default:
      return "Hash listpack integrity check failed.";
  }
}

constexpr const char* kDeadlineTooFar = "a field's deadline is beyond all times";
constexpr const char* kRepeatedField = "a field occurs twice";
constexpr const char* kRepeatedMember = "a member occurs twice";

// Valkey's mark for a field without a deadline.
constexpr uint64_t kNoValkeyDeadline = UINT64_MAX;

}  // namespace

ValueDecoder::ValueDecoder(const StorageEnvironment& environment, FillBudget& budget,
                           Options options)
    : environment_(environment), budget_(budget), options_(options) {}

void ValueDecoder::Begin(RdbType type, bool valkey) {
  THIMBLE_DCHECK(IsOwnRdbType(type, valkey));
  type_ = type;
  valkey_ = valkey;
  started_ = false;
  left_ = 0;
  first_expiry_ = 0;
  filler_.reset();
  string_ = {};
  compact_.reset();
  hash_.reset();
  set_.reset();
}

bool ValueDecoder::IsHash() const {
  return type_ != RdbType::kString && type_ != RdbType::kSet && type_ != RdbType::kSetIntset &&
         type_ != RdbType::kSetListpack;
}

bool ValueDecoder::HasDeadlines() const {
  return type_ == RdbType::kHashExpiry || type_ == RdbType::kHashExpiryEarly;
}

bool ValueDecoder::empty() const {
  return (hash_ && hash_->empty()) || (set_ && set_->empty());
}

Keyspace::Incoming ValueDecoder::Take(Keyspace& keys) {
  filler_.reset();
  if (hash_) return keys.Prepare(*std::exchange(hash_, std::nullopt));
  if (set_) return keys.Prepare(*std::exchange(set_, std::nullopt));
  if (compact_) return Keyspace::PrepareCompact(*compact_, string_);
  return Keyspace::Prepare(string_);
}

uint64_t ValueDecoder::MostReserved() const {
  return std::max(kMostReserved, options_.source_bytes / kShortElementBytes);
}

ValueDecoder::Progress ValueDecoder::Read(RdbReader& reader, size_t elements) {
  entered_part_ = false;
  if (!started_) ReadHead(reader);
  while (left_ > 0 && elements > 0 && reader.ok()) {
    ReadElement(reader);
    --left_;
    --elements;
  }
  const auto waits = [this] { return filler_ && !filler_->empty(); };
  while (left_ == 0 && elements > 0 && reader.ok() && waits()) {
    EnterPart(reader);
    elements -= std::min(elements, kPartElements);
  }
  if (!reader.ok()) return Progress::kFailed;
  return left_ > 0 || waits() ? Progress::kMore : Progress::kDone;
}

// Reads what comes before the elements; of a string or a compact collection, all of it.
void ValueDecoder::ReadHead(RdbReader& reader) {
  started_ = true;
  if (type_ == RdbType::kString) {
    string_ = reader.String();
    return;
  }
  if (!IsHash()) set_.emplace(SetValue::Aside(environment_));
  switch (type_) {
    case RdbType::kHashExpiry:
      first_expiry_ = reader.Fixed64();
      [[fallthrough]];
    case RdbType::kHash:
    case RdbType::kHashExpiryEarly:
      left_ = reader.Length();
      hash_.emplace(CollectionBody{}, environment_.hash_key, environment_.limits);
      hash_->Reserve(std::min(left_, MostReserved()));
      if (hash_->table() != nullptr) StartFilling(*hash_->body().table);
      return;
    case RdbType::kSet:
      left_ = reader.Length();
      if (ReadSmallSet(reader)) return;
      set_->Reserve(std::min(left_, MostReserved()), 0);
      if (set_->table() != nullptr) StartFilling(*set_->body().table);
      return;
    default:
      if (!ReadWhole(reader)) reader.Fail(IntegrityText(type_));
  }
}

bool ValueDecoder::ReadWhole(RdbReader& reader) {
  if (type_ == RdbType::kHashListpackExpiry) reader.Fixed64();  // The earliest of the deadlines.
  const Bytes blob = reader.String();
  if (!reader.ok()) return false;
  switch (type_) {
    case RdbType::kSetIntset:
      return WalkIntset(blob, [&](int64_t integer) {
        char digits[Text::kMaxDigits];
        return AddMember(reader,
                         {digits, static_cast<size_t>(Text(integer).CopyTo(digits) - digits)});
      });
    case RdbType::kSetListpack:
      return WalkListpack(blob, [&](Bytes member) { return AddMember(reader, member); });
    case RdbType::kHashListpackExpiry:
    case RdbType::kHashListpackExpiryEarly:
      return ReadPairs(reader, blob, true);
    default:
      return ReadPairs(reader, blob, false);
  }
}

// Most of a file's hashes are small and stay so. False for one of more fields than that may have,
// or that is malformed in any way: what there is to say of it is ReadPairs'. How long a value may
// be matters to who sets it, as in Redis.
bool ValueDecoder::ReadSmallHash(Bytes listpack) {
  if (listpack.size() > kMostReservedBytes) return false;
  const size_t most_fields = environment_.limits.hash_max_listpack_entries;
  const std::optional<Bytes> run = hash_runs_.Make(listpack, most_fields);
  if (!run) return false;
  string_ = *run;
  compact_ = Representation::kHashRun;
  return true;
}

// Sets likewise, in one pass, member by member. False for one that has too many or too long
// members, or nothing but integers: what was read of it is in set_ then.
bool ValueDecoder::ReadSmallSet(RdbReader& reader) {
  const EncodingLimits& limits = environment_.limits;
  const size_t longest = limits.set_max_listpack_value;
  if (left_ == 0 || left_ > limits.set_max_listpack_entries ||
      left_ > limits.set_max_intset_entries || longest > kMostReservedBytes / left_) {
    return false;
  }
  const size_t most_bytes = RunWriter::MostBytes(left_, left_ * longest);
  if (room_.size() < most_bytes) room_.resize(most_bytes);
  RunWriter writer(room_.data(), left_);
  bool has_strings = false;
  Bytes member;
  for (; left_ > 0; --left_) {
    member = reader.String();
    if (member.size() > longest) break;
    const bool is_new = writer.AppendNew(member, 1);
    if (!is_new) [[unlikely]]
      reader.Fail(kRepeatedMember);
    has_strings |= !writer.IsLastInteger();
    if (!reader.ok()) return true;
  }
  if (left_ == 0 && has_strings) {
    string_ = writer.run();
    compact_ = Representation::kSetRun;
    set_.reset();
    return true;
  }
  const RunView run(writer.run());
  for (size_t at = run.First(); !run.AtEnd(at); at = run.Next(at)) {
    AddMember(reader, FlatText(run.At(at)).bytes());
  }
  if (left_ > 0) {
    AddMember(reader, member);
    --left_;
  }
  return false;
}

// The fields of a compact hash: pairs, or triples with a deadline.
bool ValueDecoder::ReadPairs(RdbReader& reader, Bytes blob, bool with_deadlines) {
  if (type_ == RdbType::kHashListpack && ReadSmallHash(blob)) return true;
  hash_.emplace(CollectionBody{}, environment_.hash_key, environment_.limits);
  // None of these forms is shorter than ours.
  hash_->ReserveCompact(std::min(blob.size(), kMostReservedBytes));
  Bytes field;
  Bytes value;
  size_t part = 0;
  const auto visit = [&](Bytes item) {
    if (part == 0) {
      field = item;
      part = 1;
      return true;
    }
    if (part == 1 && with_deadlines) {
      value = item;
      part = 2;
      return true;
    }
    const bool deadline_now = part == 2;
    part = 0;
    if (!deadline_now) return AddField(reader, field, item, 0);
    const auto deadline_ms = ParseInt64(item);
    if (!deadline_ms || *deadline_ms < 0) return false;
    return AddField(reader, field, value, static_cast<uint64_t>(*deadline_ms));
  };
  const bool sound = type_ == RdbType::kHashZiplist  ? WalkZiplist(blob, visit)
                     : type_ == RdbType::kHashZipmap ? WalkZipmap(blob, visit)
                                                     : WalkListpack(blob, visit);
  return sound && part == 0;
}

void ValueDecoder::ReadElement(RdbReader& reader) {
  if (type_ == RdbType::kSet) {
    AddMember(reader, reader.String());
    return;
  }
  uint64_t deadline_ms = valkey_ ? 0 : ReadDeadline(reader);
  field_.Keep(reader.String());
  Bytes value = reader.String();
  if (valkey_ && type_ == RdbType::kHashExpiryEarly) {
    value_.Keep(value);
    value = value_.bytes();
    deadline_ms = reader.Fixed64();
    if (deadline_ms == kNoValkeyDeadline) deadline_ms = 0;
  }
  if (reader.ok()) AddField(reader, field_.bytes(), value, deadline_ms);
}

// The deadline that stands before a field in Redis's forms; 0 where there is none.
uint64_t ValueDecoder::ReadDeadline(RdbReader& reader) {
  if (type_ == RdbType::kHashExpiryEarly) return reader.Length();
  if (type_ != RdbType::kHashExpiry) return 0;
  const uint64_t after_first = reader.Length();
  if (after_first == 0) return 0;
  uint64_t deadline_ms = 0;
  const bool fits = !__builtin_add_overflow(first_expiry_, after_first - 1, &deadline_ms);
  return fits ? deadline_ms : UINT64_MAX;
}

bool ValueDecoder::AddField(RdbReader& reader, Bytes field, Bytes value, uint64_t deadline_ms) {
  if (deadline_ms > kLatestFieldDeadlineMs) {
    reader.Fail(kDeadlineTooFar);
    return false;
  }
  if (deadline_ms != 0 && deadline_ms < options_.now_ms) return true;
  if (filler_) return Fill(reader, field, value, deadline_ms);
  if (!hash_->Set(field, value)) {
    reader.Fail(kRepeatedField);
    return false;
  }
  if (deadline_ms != 0) hash_->SetDeadline(environment_.hash_key.Of(field), deadline_ms);
  return true;
}

bool ValueDecoder::AddMember(RdbReader& reader, Bytes member) {
  if (!reader.ok()) return false;
  if (filler_) return Fill(reader, member, {}, 0);
  if (set_->Add({member})) return true;
  reader.Fail(kRepeatedMember);
  return false;
}

// --- Large collections -------------------------------------------------------------------------

void ValueDecoder::StartFilling(Table& table) {
  filler_.emplace(table, std::min(left_, MostReserved()), budget_, HasDeadlines());
}

bool ValueDecoder::Fill(RdbReader& reader, Bytes key, Bytes value, uint64_t deadline_ms) {
  filler_->Add(environment_.hash_key.Of(key), value, deadline_ms);
  if (filler_->IsFull()) EnterPart(reader);
  return reader.ok();
}

void ValueDecoder::EnterPart(RdbReader& reader) {
  entered_part_ = true;
  filler_->EnterPart(
      [&](const TableEntry&) { reader.Fail(IsHash() ? kRepeatedField : kRepeatedMember); });
}

}  // namespace thimble
