#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "storage/rdb/byte_stream.h"
#include "storage/snapshot/snapshot_output.h"

namespace thimble {

// Writes databases as the commands that make them: the base of a log that is to hold nothing else,
// with aof-use-rdb-preamble off.
class CommandSnapshot final : public SnapshotOutput {
 public:
  explicit CommandSnapshot(ByteSink& sink) : sink_(sink) {}

  // `functions`: the code of each library.
  void WriteHead(const std::vector<std::string>& functions);

  // --- SnapshotOutput ---
  void BeginDatabase(int index, size_t keys, size_t deadlines) override;
  void WriteKey(const Text& key, const Keyspace::Item& item) override;
  void BeginHash(const Text& key, const Keyspace::Item& item, size_t size,
                 uint64_t earliest_ms) override;
  void BeginSet(const Text& key, const Keyspace::Item& item, size_t size) override;
  void WriteElement(const TableEntry& entry) override;
  void WriteEnd() override { FlushAbove(0); }
  bool ok() const override { return ok_; }

 private:
  void Write(std::initializer_list<Bytes> args);
  void WriteDeadline(uint64_t deadline_ms);
  void WriteFieldDeadlines();
  void Begin(const Text& key, const Keyspace::Item& item, size_t size, const char* name,
             size_t words_each);
  void FlushAbove(size_t bytes);

  ByteSink& sink_;
  std::string text_;
  bool ok_ = true;
  // Of the key whose elements are being written.
  std::string key_;
  uint64_t deadline_ms_ = 0;
  const char* name_ = "";  // Of the command.
  size_t words_each_ = 1;
  size_t left_ = 0;
  size_t in_command_ = 0;  // Of them.
  // Fields of the command that have deadlines.
  std::vector<std::pair<std::string, uint64_t>> dying_;
  std::string flat_;
};

}  // namespace thimble
