#pragma once

#include <cstdint>
#include <string>

#include "storage/compact/byte_buffer.h"
#include "storage/snapshot/table_taker.h"

namespace thimble {

// Takes a value that is too large to be taken with its key: a head, and then bit by bit.
class ValueTaker {
 public:
  // What there is to say of the key.
  struct Head {
    std::string key;
    bool is_hash = false;
    uint64_t deadline_ms = 0;
    uint16_t clock = 0;
    size_t size = 0;  // Elements, or bytes.
  };
  explicit ValueTaker(Head head) : head_(std::move(head)) {}
  virtual ~ValueTaker() = default;
  ValueTaker(const ValueTaker&) = delete;
  ValueTaker& operator=(const ValueTaker&) = delete;

  virtual void AppendHead(SnapshotBuffer& out) const = 0;
  // Appends some more. False, and nothing is appended, when all is taken.
  virtual bool TakeMore(SnapshotBuffer& out) = 0;
  virtual uint64_t taken_aside_bytes() const = 0;
  // What nobody else needed any more and was kept for this.
  struct Kept {
    std::unique_ptr<Table> table;
    ByteBuffer string;
  };
  virtual Kept TakeKept() = 0;

 protected:
  void AppendHead(SnapshotBuffer& out, SnapshotRecordKind kind) const;
  const Head& head() const { return head_; }

 private:
  const Head head_;
};

// The fields of a hash or the members of a set.
class CollectionTaker final : public ValueTaker {
 public:
  CollectionTaker(Table& table, Head head)
      : ValueTaker(std::move(head)), elements_(table, this->head().is_hash) {}

  void AppendHead(SnapshotBuffer& out) const override {
    ValueTaker::AppendHead(out, SnapshotRecordKind::kCollection);
  }
  bool TakeMore(SnapshotBuffer& out) override { return elements_.TakeMore(out); }
  uint64_t taken_aside_bytes() const override { return elements_.taken_aside_bytes(); }
  Kept TakeKept() override { return {.table = elements_.TakeKept().table, .string = {}}; }

 private:
  class Elements final : public TableTaker {
   public:
    Elements(Table& table, bool has_values) : TableTaker(table), has_values_(has_values) {}

   private:
    void CopyBucket(BucketRef ref, SnapshotBuffer& out) override;

    const bool has_values_;
  };

  Elements elements_;
};

// A long string, piece by piece. Before it changes where it is, what is left is taken at once;
// overwritten or deleted, it is kept until all is taken.
class StringTaker final : public ValueTaker {
 public:
  // `released`: what its key's entry points to.
  StringTaker(const void* released, Head head) : ValueTaker(std::move(head)), string_(released) {}

  const void* string() const { return string_; }
  void BeforeChange();
  void Keep(ByteBuffer& bytes) { kept_ = std::move(bytes); }

  void AppendHead(SnapshotBuffer& out) const override {
    ValueTaker::AppendHead(out, SnapshotRecordKind::kString);
  }
  bool TakeMore(SnapshotBuffer& out) override;
  uint64_t taken_aside_bytes() const override { return taken_aside_bytes_; }
  Kept TakeKept() override { return {.table = nullptr, .string = std::move(kept_)}; }

 private:
  void TakePiece(size_t bytes, SnapshotBuffer& out);

  const void* string_;
  size_t taken_ = 0;
  bool complete_ = false;  // One of no bytes has a piece too.
  SnapshotBuffer aside_;
  uint64_t taken_aside_bytes_ = 0;
  ByteBuffer kept_;
};

}  // namespace thimble
