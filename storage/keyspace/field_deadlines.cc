#include "storage/keyspace/field_deadlines.h"

namespace thimble {

void FieldDeadlines::Set(const Hashed& key, uint64_t earliest_ms) {
  if (earliest_ms == 0) {
    if (!empty() && table_->Remove(key) && table_->empty()) table_.reset();
    return;
  }
  if (empty()) {
    table_ = std::make_unique<Table>(hash_key_, TableTraits{.values = false, .clocks = false});
  }
  if (const TablePosition position = table_->Find(key)) {
    table_->SetDeadline(position, earliest_ms);
  } else {
    table_->Insert(key, {}, earliest_ms);
  }
}

std::optional<uint64_t> FieldDeadlines::Of(const Hashed& key) const {
  TableValue entry;
  if (empty() || !table_->Find(key, entry)) return std::nullopt;
  return entry.deadline_ms;
}

void FieldDeadlines::CollectDue(uint64_t now_ms, size_t buckets, std::vector<std::string>& due) {
  if (empty()) return;
  table_->VisitExpired(now_ms - 1, buckets, &cursor_,
                       [&](const TableEntry& entry) { due.push_back(entry.key.ToString()); });
}

}  // namespace thimble
