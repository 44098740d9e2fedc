#include "storage/rdb/value_encoder.h"

#include <algorithm>
#include <string>
#include <vector>

#include "storage/compact/int_set.h"
#include "storage/rdb/listpack.h"

namespace thimble {
namespace {

size_t MostListpackBytes(const HashView& hash) {
  return ListpackWriter::MostBytes(3 * hash.size(), hash.MemoryBytes());
}

bool FitsListpack(const HashView& hash) {
  return MostListpackBytes(hash) < ListpackWriter::kMaxBytes;
}

void WriteIntset(RdbWriter& writer, const SetView& set) {
  const IntSetView integers(set.compact());
  const size_t count = integers.count();
  // As wide as the widest, which is at one end.
  const auto fits = [&](unsigned bits) {
    const int64_t limit = int64_t{1} << (bits - 1);
    return integers.At(0) >= -limit && integers.At(count - 1) < limit;
  };
  const size_t width = fits(16) ? 2 : fits(32) ? 4 : 8;
  std::string bytes;
  bytes.reserve(8 + count * width);
  const auto append = [&bytes](const auto& number, size_t size) {
    bytes.append(reinterpret_cast<const char*>(&number), size);
  };
  append(static_cast<uint32_t>(width), sizeof(uint32_t));
  append(static_cast<uint32_t>(count), sizeof(uint32_t));
  for (size_t i = 0; i < count; ++i) append(integers.At(i), width);
  writer.String(bytes);
}

void WriteListpack(RdbWriter& writer, const HashView& hash) {
  ListpackWriter listpack(writer.Scratch(MostListpackBytes(hash)));
  hash.ForEach([&](const FieldValue& pair) {
    listpack.Append(pair.field);
    listpack.Append(pair.value);
  });
  writer.String(listpack.Finish());
}

// As Redis keeps them: the first to die first, and those that do not last.
void WriteTimedListpack(RdbWriter& writer, const HashView& hash) {
  std::vector<FieldValue> fields;
  fields.reserve(hash.size());
  hash.ForEach([&](const FieldValue& field) { fields.push_back(field); });
  std::stable_sort(fields.begin(), fields.end(), [](const FieldValue& a, const FieldValue& b) {
    return a.deadline_ms - 1 < b.deadline_ms - 1;  // 0 becomes the latest.
  });
  writer.Fixed64(fields[0].deadline_ms);
  ListpackWriter listpack(writer.Scratch(MostListpackBytes(hash)));
  for (const FieldValue& field : fields) {
    listpack.Append(field.field);
    listpack.Append(field.value);
    listpack.Append(Text(static_cast<int64_t>(field.deadline_ms)));
  }
  writer.String(listpack.Finish());
}

RdbType TypeOfHash(const HashView& hash, bool omit_deadlines) {
  const uint64_t earliest_ms = omit_deadlines ? 0 : hash.earliest_deadline();
  const bool compact = hash.encoding() != Encoding::kHashtable && FitsListpack(hash);
  if (!compact) return RdbTypeOfHash(earliest_ms);
  return earliest_ms != 0 ? RdbType::kHashListpackExpiry : RdbType::kHashListpack;
}

}  // namespace

RdbType RdbTypeOfHash(uint64_t earliest_deadline_ms) {
  return earliest_deadline_ms != 0 ? RdbType::kHashExpiry : RdbType::kHash;
}

RdbType RdbTypeOf(const Keyspace::Item& item, bool omit_deadlines) {
  switch (item.type) {
    case ObjectType::kString:
      return RdbType::kString;
    case ObjectType::kHash:
      return TypeOfHash(item.hash, omit_deadlines);
    case ObjectType::kSet:
      return item.set.encoding() == Encoding::kIntset ? RdbType::kSetIntset : RdbType::kSet;
  }
  CheckFailed(__FILE__, __LINE__, "a known type");
}

void WriteValue(RdbWriter& writer, const Keyspace::Item& item, RdbType type) {
  switch (type) {
    case RdbType::kString:
      return writer.String(item.string.text());
    case RdbType::kHashListpack:
      return WriteListpack(writer, item.hash);
    case RdbType::kHashListpackExpiry:
      return WriteTimedListpack(writer, item.hash);
    case RdbType::kSetIntset:
      return WriteIntset(writer, item.set);
    case RdbType::kHashExpiry: {
      const uint64_t earliest_ms = item.hash.earliest_deadline();
      writer.Fixed64(earliest_ms);
      writer.Length(item.hash.size());
      item.hash.ForEach([&](const FieldValue& field) {
        WriteFieldDeadline(writer, field.deadline_ms, earliest_ms);
        writer.String(field.field);
        writer.String(field.value);
      });
      return;
    }
    case RdbType::kHash:
      writer.Length(item.hash.size());
      item.hash.ForEach([&](const FieldValue& pair) {
        writer.String(pair.field);
        writer.String(pair.value);
      });
      return;
    default:
      writer.Length(item.set.size());
      item.set.ForEach([&](const Text& member) { writer.String(member); });
      return;
  }
}

}  // namespace thimble
