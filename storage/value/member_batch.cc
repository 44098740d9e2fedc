#include "storage/value/member_batch.h"

#include "storage/common/check.h"
#include "storage/compact/int_set.h"

namespace thimble {

void MemberBatch::Add(const Text& member) {
  THIMBLE_DCHECK(!full() && left_ == count_);
  members_[count_].text = member;
  members_[count_].is_flat = members_[count_].is_hashed = false;
  order_[left_++] = static_cast<uint8_t>(count_++);
}

Bytes MemberBatch::Flatten(Member& member) {
  if (!member.is_flat) {
    const bool is_whole = !member.text.is_integer() && member.text.head().empty();
    member.hashed.bytes = is_whole ? member.text.tail() : member.flat.emplace(member.text).bytes();
    member.is_flat = true;
  }
  return member.hashed.bytes;
}

const Hashed& MemberBatch::Hash(Member& member, const HashKey& hash_key) {
  if (!member.is_hashed) member.hashed.hash = hash_key.Hash(Flatten(member));
  member.is_hashed = true;
  return member.hashed;
}

void MemberBatch::Prefetch(const Table& table) {
  for (size_t i = 0; i < left_; ++i) {
    table.PrefetchDirectory(Hash(Left(i), table.hash_key()).hash);
  }
  for (size_t i = 0; i < left_; ++i) table.PrefetchBucket(Left(i).hashed.hash);
}

void MemberBatch::Filter(const SetView& set, bool keep_contained) {
  const auto contains = [&](Member& member) {
    switch (set.form()) {
      case Form::kTable:
        return set.table()->Contains(Hash(member, set.table()->hash_key()));
      case Form::kIntSet:  // Storage keeps what looks like an integer as one, in every encoding.
        return member.text.is_integer() &&
               IntSetView(set.compact()).Contains(member.text.integer());
      default:
        return set.Contains({Flatten(member)});
    }
  };
  if (set.form() == Form::kTable) Prefetch(*set.table());
  size_t left = 0;
  for (size_t i = 0; i < left_; ++i) {
    if (contains(Left(i)) == keep_contained) order_[left++] = order_[i];
  }
  left_ = left;
}

bool MemberBatch::ForEachWhile(FunctionRef<bool(const Text&)> visit) const {
  for (size_t i = 0; i < left_; ++i) {
    if (!visit(members_[order_[i]].text)) return false;
  }
  return true;
}

bool MemberBatch::ForEachHashed(const HashKey& hash_key,
                                FunctionRef<bool(const Text&, const Hashed&)> visit) {
  for (size_t i = 0; i < left_; ++i) {
    Member& member = Left(i);
    if (!visit(member.text, Hash(member, hash_key))) return false;
  }
  return true;
}

}  // namespace thimble
