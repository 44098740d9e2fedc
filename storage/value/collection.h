#pragma once

#include <cstdint>
#include <memory>

#include "storage/compact/byte_buffer.h"
#include "storage/table/table.h"

namespace thimble {

// How a hash or a set is held at the moment.
enum class Form : uint8_t {
  kNone,      // Empty: a key that does not exist.
  kRun,       // storage/compact/run.h
  kTimedRun,  // A run with a third item for each field: its deadline, 0 = none; hashes only.
  kIntSet,    // storage/compact/int_set.h; sets only.
  kTable,
};

// What a view of a hash or a set refers to. Borrows everything.
struct CollectionRef {
  Form form = Form::kNone;
  Bytes compact;                      // The bytes of a run or an integer set.
  const Table* table = nullptr;       // For kTable.
  const HashKey* hash_key = nullptr;  // The process's own; null only in a default-made view.
  bool shrunk = false;                // Compact, but a table once: it goes on being called one.
  uint64_t now_ms = 0;                // Fields whose deadline is before are absent.

  // Whether any of its fields may have one.
  bool MayHaveDeadlines() const {
    return form == Form::kTable ? table->deadlines() != 0 : form == Form::kTimedRun;
  }
};

// What a hash or a set that is open for change is made of. Owns it.
struct CollectionBody {
  Form form = Form::kNone;
  ByteBuffer compact;            // Also kept, with its memory, where the form has no use for it.
  std::unique_ptr<Table> table;  // For kTable.
  bool shrunk = false;

  CollectionRef Ref(const HashKey& hash_key) const {
    const bool is_compact = form != Form::kNone && form != Form::kTable;
    return {form, is_compact ? compact.bytes() : Bytes(), table.get(), &hash_key, shrunk};
  }
};

// Contiguous bytes of a Text, integers printed, without touching the heap unless the Text is in two
// pieces and long. Borrows the Text's bytes where it can.
class FlatText {
 public:
  explicit FlatText(const Text& text) {
    if (text.is_integer() || (!text.head().empty() && text.size() <= sizeof small_)) {
      bytes_ = Bytes(small_, static_cast<size_t>(text.CopyTo(small_) - small_));
    } else {
      bytes_ = text.Flatten(large_);
    }
  }
  FlatText(const FlatText&) = delete;
  FlatText& operator=(const FlatText&) = delete;

  Bytes bytes() const { return bytes_; }

 private:
  Bytes bytes_;
  char small_[256];
  std::string large_;
};

}  // namespace thimble
