#pragma once

#include <string>
#include <utility>
#include <vector>

#include "storage/rdb/rdb_types.h"
#include "storage/rdb/rdb_writer.h"
#include "storage/rdb/value_encoder.h"
#include "storage/snapshot/snapshot_output.h"

namespace thimble {

// What a file says beside its keys.
struct RdbFacts {
  std::vector<std::pair<std::string, std::string>> aux;  // "redis-ver" and the like, in order.
  std::vector<std::string> functions;                    // The code of each library.
  bool field_deadlines = false;                          // There are hashes that have some.
};

// `with_frequency`: access clocks count uses; `with_idle`: they tell time and eviction goes by it.
// `omit_field_deadlines`: fields are written without, so that servers before Redis 7.4 read them.
struct RdbFileOptions {
  bool with_frequency = false;
  bool with_idle = false;
  bool omit_field_deadlines = false;
};

// Writes a file: the head, then each database that holds keys, then the end, which flushes.
class RdbFileWriter final : public SnapshotOutput {
 public:
  RdbFileWriter(RdbWriter& writer, const RdbFileOptions& options)
      : writer_(writer), options_(options) {}

  void WriteHead(const RdbFacts& facts);

  // --- SnapshotOutput ---
  void BeginDatabase(int index, size_t keys, size_t deadlines) override;
  void WriteKey(const Text& key, const Keyspace::Item& item) override;
  void BeginHash(const Text& key, const Keyspace::Item& item, size_t size,
                 uint64_t earliest_ms) override;
  void BeginSet(const Text& key, const Keyspace::Item& item, size_t size) override;
  void WriteElement(const TableEntry& entry) override {
    if (earliest_ms_ != 0) WriteFieldDeadline(writer_, entry.deadline_ms, earliest_ms_);
    writer_.String(entry.key);
    if (of_hash_) writer_.String(entry.value);
  }
  void WriteEnd() override;  // Checksum included.
  bool ok() const override { return writer_.ok(); }

 private:
  void WriteKeyHead(const Text& key, const Keyspace::Item& item, RdbType type);

  RdbWriter& writer_;
  const RdbFileOptions options_;
  bool of_hash_ = false;      // What elements are.
  uint64_t earliest_ms_ = 0;  // Of their deadlines, where they have some.
};

}  // namespace thimble
