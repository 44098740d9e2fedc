#include "storage/rdb/value_encoder.h"

#include <string>

#include "storage/compact/int_set.h"
#include "storage/rdb/listpack.h"

namespace thimble {
namespace {

size_t MostListpackBytes(const HashView& hash) {
  return ListpackWriter::MostBytes(2 * hash.size(), hash.MemoryBytes());
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

}  // namespace

RdbType RdbTypeOf(const Keyspace::Item& item) {
  switch (item.type) {
    case ObjectType::kString:
      return RdbType::kString;
    case ObjectType::kHash:
      return item.hash.encoding() == Encoding::kListpack && FitsListpack(item.hash)
                 ? RdbType::kHashListpack
                 : RdbType::kHash;
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
    case RdbType::kSetIntset:
      return WriteIntset(writer, item.set);
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
