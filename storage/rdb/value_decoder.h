#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/keyspace/keyspace.h"
#include "storage/rdb/rdb_reader.h"
#include "storage/rdb/rdb_types.h"

namespace thimble {

// Reads one value after the other, in steps, so that a big one need not hold up the loop.
//
// Checks      Everything, while it reads: lengths, order, pairs, that no field or member comes
//             twice. Nothing of a value that turns out malformed is ever seen by a keyspace.
// Deadlines   of fields: the product has none yet. A field past its deadline is left out, as if it
//             had expired here. One with a deadline to come fails the value, because it would live
//             for ever; with Options::drop_field_deadlines it is kept without, and counted.
//             AddField is where deadlines will go.
class ValueDecoder {
 public:
  struct Options {
    uint64_t now_ms = 0;
    bool drop_field_deadlines = false;
    // What there is to read in all. A stated number of elements makes us prepare for no more than
    // would fit into so much; where it is not known, for little.
    uint64_t source_bytes = 0;
  };
  // `environment` outlives the decoder.
  ValueDecoder(const StorageEnvironment& environment, Options options);

  // The next value. `valkey`: it is of a file or payload of Valkey's own versions. REQUIRES:
  // IsOwnRdbType(type, valkey).
  void Begin(RdbType type, bool valkey);
  enum class Progress : uint8_t { kMore, kDone, kFailed };  // kFailed: reader.error() says why.
  // Reads about `elements` further elements; a compact value is read whole.
  Progress Read(RdbReader& reader, size_t elements);

  // --- After kDone, until the reader reads on -------------------------------------------------
  // Whether it is a collection without elements, which no keyspace may hold.
  bool empty() const;
  // Gives the value to `key`. REQUIRES: !empty().
  void StoreIn(Keyspace& keys, const Hashed& key, const Keyspace::Arrival& arrival) {
    Take().StoreIn(keys, key, arrival);
  }
  // The value by itself, to be stored later. Its string dies when the reader reads on.
  struct Value {
    Bytes string{};
    bool is_hash_run = false;  // `string` is the compact form of a hash.
    std::optional<HashValue> hash{};
    std::optional<SetValue> set{};
    void StoreIn(Keyspace& keys, const Hashed& key, const Keyspace::Arrival& arrival);
  };
  Value Take();

  // Fields kept without their deadline since the decoder was made.
  uint64_t dropped_deadlines() const { return dropped_deadlines_; }

 private:
  // Elements on their way into a table, so that their cache misses overlap.
  static constexpr size_t kBatch = 16;
  static constexpr size_t kMaxBatchedBytes = 4096;
  struct Element {
    std::string field;
    std::string value;
  };

  void ReadHead(RdbReader& reader);
  bool ReadWhole(RdbReader& reader);
  bool ReadPairs(RdbReader& reader, Bytes blob, bool with_deadlines);
  bool WriteHashRun(Bytes listpack);
  void ReadElement(RdbReader& reader);
  uint64_t ReadDeadline(RdbReader& reader);
  bool AddField(RdbReader& reader, Bytes field, Bytes value, uint64_t deadline_ms);
  bool AddMember(RdbReader& reader, Bytes member);
  uint64_t MostReserved() const;
  bool FlushBatch(RdbReader& reader);
  bool IsHash() const;

  const StorageEnvironment& environment_;
  const Options options_;
  RdbType type_ = RdbType::kString;
  bool valkey_ = false;
  bool started_ = false;
  uint64_t left_ = 0;          // Elements still to be read.
  uint64_t first_expiry_ = 0;  // What the deadlines of kHashExpiry count from.
  uint64_t dropped_deadlines_ = 0;
  Bytes string_;
  bool is_hash_run_ = false;  // string_ is one, in run_room_.
  std::vector<char> run_room_;
  std::optional<HashValue> hash_;
  std::optional<SetValue> set_;
  std::array<Element, kBatch> batch_;
  size_t batched_ = 0;
};

}  // namespace thimble
