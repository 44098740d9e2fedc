#include "storage/keyspace/stored_value.h"

#include "storage/common/number.h"

namespace thimble {

int64_t StoredValue::integer() const {
  if (text_->is_integer()) return text_->integer();
  const auto integer = ParseInt64(text_->ToString());
  THIMBLE_CHECK(integer.has_value());
  return *integer;
}

size_t StoredValue::OwnedBytes() const {
  if (is_table()) return table()->MemoryBytes();
  return is_blob() ? ByteBuffer::MemoryBytesOf(pointer()) : 0;
}

CollectionBody StoredValue::TakeOwned() const {
  CollectionBody body;
  body.form = form();
  body.shrunk = shrunk();
  if (is_table()) body.table.reset(table());
  if (is_blob()) body.compact = ByteBuffer::Adopt(pointer());
  return body;
}

ValueToStore StoredValue::Duplicate(const HashKey& hash_key) const {
  if (is_blob()) {
    ByteBuffer copy = ByteBuffer::CopyOf(ByteBuffer::BytesOf(pointer()));
    return ValueToStore::Pointer(representation_, copy.Release());
  }
  if (!is_table()) return ValueToStore::Copy(*text_);
  const bool values = representation_ == Representation::kHashTable;
  auto copy = std::make_unique<Table>(hash_key, TableTraits{.values = values, .clocks = false});
  table()->ForEach([&](const TableEntry& entry) {
    const FlatText key(entry.key);
    copy->Insert(hash_key.Of(key.bytes()), FlatText(entry.value).bytes(), entry.deadline_ms);
  });
  return ValueToStore::Pointer(representation_, copy.release());
}

Representation RepresentationOf(ObjectType type, const CollectionBody& body, bool blob) {
  using enum Representation;
  const bool hash = type == ObjectType::kHash;
  // The second of each two is the blob's.
  const auto either = [blob](Representation embedded) {
    return static_cast<Representation>(static_cast<uint8_t>(embedded) + (blob ? 1 : 0));
  };
  switch (body.form) {
    case Form::kRun:
      if (hash) return either(body.shrunk ? kShrunkHashRun : kHashRun);
      return either(body.shrunk ? kShrunkSetRun : kSetRun);
    case Form::kTimedRun:
      return either(kTimedHashRun);
    case Form::kIntSet:
      return either(body.shrunk ? kShrunkIntSet : kIntSet);
    case Form::kTable:
      return hash ? kHashTable : kSetTable;
    case Form::kNone:
      break;
  }
  CheckFailed(__FILE__, __LINE__, "a collection with members has a form");
}

}  // namespace thimble
