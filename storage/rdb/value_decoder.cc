#include "storage/rdb/value_decoder.h"

#include <algorithm>
#include <utility>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/compact/run.h"
#include "storage/rdb/listpack.h"
#include "storage/rdb/old_formats.h"

namespace thimble {
namespace {

// What a stated number of elements may make us prepare for before any of them was seen.
constexpr uint64_t kMostReserved = uint64_t{1} << 16U;
// What the compact form of a hash is prepared for.
constexpr size_t kMostReservedBytes = size_t{64} << 10U;
// What a member of a small set is prepared for.
constexpr size_t kUsualMemberBytes = 16;
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

// Valkey's mark for a field without a deadline.
constexpr uint64_t kNoValkeyDeadline = UINT64_MAX;

}  // namespace

ValueDecoder::ValueDecoder(const StorageEnvironment& environment, Options options)
    : environment_(environment), options_(options) {}

void ValueDecoder::Begin(RdbType type, bool valkey) {
  THIMBLE_CHECK(IsOwnRdbType(type, valkey));
  type_ = type;
  valkey_ = valkey;
  started_ = false;
  left_ = 0;
  first_expiry_ = 0;
  batched_ = 0;
  string_ = {};
  is_hash_run_ = false;
  hash_.reset();
  set_.reset();
}

bool ValueDecoder::IsHash() const {
  return type_ != RdbType::kString && type_ != RdbType::kSet && type_ != RdbType::kSetIntset &&
         type_ != RdbType::kSetListpack;
}

bool ValueDecoder::empty() const {
  return (hash_ && hash_->empty()) || (set_ && set_->empty());
}

ValueDecoder::Value ValueDecoder::Take() {
  return {string_, is_hash_run_, std::exchange(hash_, std::nullopt),
          std::exchange(set_, std::nullopt)};
}

void ValueDecoder::Value::StoreIn(Keyspace& keys, const Hashed& key,
                                  const Keyspace::Arrival& arrival) {
  if (hash) return keys.Adopt(key, std::move(*hash), arrival);
  if (set) return keys.Adopt(key, std::move(*set), arrival);
  if (is_hash_run) return keys.AdoptHashRun(key, string, arrival);
  keys.Adopt(key, string, arrival);
}

uint64_t ValueDecoder::MostReserved() const {
  return std::max(kMostReserved, options_.source_bytes / kShortElementBytes);
}

ValueDecoder::Progress ValueDecoder::Read(RdbReader& reader, size_t elements) {
  if (!started_) ReadHead(reader);
  while (left_ > 0 && elements > 0 && reader.ok()) {
    ReadElement(reader);
    --left_;
    --elements;
  }
  if (reader.ok() && left_ == 0) FlushBatch(reader);
  if (!reader.ok()) return Progress::kFailed;
  return left_ > 0 ? Progress::kMore : Progress::kDone;
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
      return;
    case RdbType::kSet:
      left_ = reader.Length();
      set_->Reserve(std::min(left_, MostReserved()), 0);
      if (left_ <= environment_.limits.set_max_listpack_entries) {
        set_->ReserveCompact(std::min<size_t>(left_ * kUsualMemberBytes, kMostReservedBytes));
      }
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

// Most of a file's hashes are small and stay so: their compact form is written in one pass. False
// for one of more fields than that may have, or that is malformed in any way: what there is to say
// of it is ReadPairs'. How long a value may be matters to who sets it, as in Redis.
bool ValueDecoder::WriteHashRun(Bytes listpack) {
  const EncodingLimits& limits = environment_.limits;
  ListpackCursor cursor(listpack);
  const size_t items = cursor.announced().value_or(0);
  if (items == 0 || items % 2 != 0 || items / 2 > limits.hash_max_listpack_entries ||
      listpack.size() > kMostReservedBytes) {
    return false;
  }
  const size_t room = RunWriter::MostBytes(items, listpack.size());
  if (run_room_.size() < room) run_room_.resize(room);
  RunWriter writer(run_room_.data(), items);
  for (size_t i = 0; cursor.Next(); ++i) {
    if (i == items) return false;
    const RunItem item = cursor.is_integer() ? RunItem(cursor.integer()) : RunItem(cursor.string());
    const bool is_field = i % 2 == 0;
    if (is_field && RunView(writer.run()).Find(item, 2) != RunView::kNone) return false;
    writer.Append(item);
  }
  if (!cursor.sound()) return false;
  string_ = writer.run();
  is_hash_run_ = true;
  return true;
}

// The fields of a compact hash: pairs, or triples with a deadline.
bool ValueDecoder::ReadPairs(RdbReader& reader, Bytes blob, bool with_deadlines) {
  if (type_ == RdbType::kHashListpack && WriteHashRun(blob)) return true;
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
  Element& element = batch_[batched_];
  if (type_ == RdbType::kSet) {
    element.field.assign(reader.String());
    if (++batched_ == kBatch || element.field.size() > kMaxBatchedBytes) FlushBatch(reader);
    return;
  }
  uint64_t deadline_ms = valkey_ ? 0 : ReadDeadline(reader);
  element.field.assign(reader.String());
  element.value.assign(reader.String());
  if (valkey_ && type_ == RdbType::kHashExpiryEarly) {
    deadline_ms = reader.Fixed64();
    if (deadline_ms == kNoValkeyDeadline) deadline_ms = 0;
  }
  if (!reader.ok()) return;
  if (deadline_ms != 0) {
    AddField(reader, element.field, element.value, deadline_ms);
    return;
  }
  const size_t bytes = std::max(element.field.size(), element.value.size());
  if (++batched_ == kBatch || bytes > kMaxBatchedBytes) FlushBatch(reader);
}

// The deadline that stands before a field in Redis's forms; 0 where there is none.
uint64_t ValueDecoder::ReadDeadline(RdbReader& reader) {
  if (type_ == RdbType::kHashExpiryEarly) return reader.Length();
  if (type_ != RdbType::kHashExpiry) return 0;
  const uint64_t after_first = reader.Length();
  return after_first == 0 ? 0 : first_expiry_ + after_first - 1;
}

bool ValueDecoder::AddField(RdbReader& reader, Bytes field, Bytes value, uint64_t deadline_ms) {
  if (deadline_ms != 0 && deadline_ms <= options_.now_ms) return true;
  if (deadline_ms != 0) {
    if (!options_.drop_field_deadlines) {
      reader.Fail("a field has a deadline, which this server cannot keep");
      return false;
    }
    ++dropped_deadlines_;
  }
  if (hash_->Set(field, value)) return true;
  reader.Fail("a field occurs twice");
  return false;
}

bool ValueDecoder::AddMember(RdbReader& reader, Bytes member) {
  if (set_->Add(environment_.hash_key.Of(member))) return true;
  reader.Fail("a member occurs twice");
  return false;
}

bool ValueDecoder::FlushBatch(RdbReader& reader) {
  if (batched_ == 0) return true;
  const size_t count = std::exchange(batched_, 0);
  const Table* const table = hash_ ? hash_->table() : set_ ? set_->table() : nullptr;
  std::array<Hashed, kBatch> hashed;
  for (size_t i = 0; i < count; ++i) {
    hashed[i].bytes = batch_[i].field;
    if (table == nullptr) continue;  // The compact form needs no hash.
    hashed[i].hash = environment_.hash_key.Hash(hashed[i].bytes);
    table->PrefetchDirectory(hashed[i].hash);
  }
  if (table != nullptr) {
    for (size_t i = 0; i < count; ++i) table->PrefetchBucket(hashed[i].hash);
  }
  for (size_t i = 0; i < count; ++i) {
    if (hash_ && !hash_->Set(hashed[i], batch_[i].value)) reader.Fail("a field occurs twice");
    if (set_ && !set_->Add(hashed[i])) reader.Fail("a member occurs twice");
    if (!reader.ok()) return false;
    if (batch_[i].field.size() > kMaxBatchedBytes) batch_[i].field = {};
    if (batch_[i].value.size() > kMaxBatchedBytes) batch_[i].value = {};
  }
  return true;
}

}  // namespace thimble
