#include "storage/snapshot/keys_taker.h"

#include <utility>

#include "storage/keyspace/stored_value.h"
#include "storage/snapshot/bucket_copy.h"

namespace thimble {

std::unique_ptr<ValueTaker> KeysTaker::RemoveFirstValue() {
  std::unique_ptr<ValueTaker> first = std::move(values_.front());
  values_.pop_front();
  std::erase_if(strings_, [&](const auto& entry) { return entry.second == first.get(); });
  return first;
}

void KeysTaker::BeforeStringChange(const void* released) {
  const auto found = strings_.find(released);
  if (found != strings_.end()) found->second->BeforeChange();
}

bool KeysTaker::KeepString(ByteBuffer& bytes) {
  const auto found = strings_.find(bytes.block());
  if (found == strings_.end()) return false;
  found->second->Keep(bytes);
  return true;
}

void KeysTaker::CopyBucket(BucketRef ref, SnapshotBuffer& out) {
  CopyKeys(ref, out, [this](const TableEntry& entry) { TakeApart(entry); });
}

void KeysTaker::TakeApart(const TableEntry& entry) {
  if (entry.deadline_ms != 0 && entry.deadline_ms < now_ms_) return;
  const StoredValue stored(entry.value);
  ValueTaker::Head head{.key = entry.key.ToString(),
                        .is_hash = stored.type() == ObjectType::kHash,
                        .deadline_ms = entry.deadline_ms,
                        .clock = entry.clock};
  if (stored.is_table()) {
    head.size = stored.table()->size();
    values_.push_back(std::make_unique<CollectionTaker>(*stored.table(), std::move(head)));
    return;
  }
  head.size = ByteBuffer::BytesOf(stored.pointer()).size();
  auto string = std::make_unique<StringTaker>(stored.pointer(), std::move(head));
  strings_[stored.pointer()] = string.get();
  values_.push_back(std::move(string));
}

}  // namespace thimble
