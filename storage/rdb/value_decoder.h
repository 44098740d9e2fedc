#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/common/kept_bytes.h"
#include "storage/keyspace/keyspace.h"
#include "storage/rdb/hash_runs.h"
#include "storage/rdb/rdb_reader.h"
#include "storage/rdb/rdb_types.h"
#include "storage/table/table_filler.h"

namespace thimble {

// Reads one value after the other, in steps, so that a big one need not hold up the loop.
//
// Checks      Everything, while it reads: lengths, order, pairs, that no field or member comes
//             twice. Nothing of a value that turns out malformed is ever seen by a keyspace.
// Deadlines   of fields: one that is past its own is left out, as if it had expired here.
class ValueDecoder {
 public:
  struct Options {
    uint64_t now_ms = 0;  // Fields whose deadline is before are left out.
    // What there is to read in all. A stated number of elements makes us prepare for no more than
    // would fit into so much; where it is not known, for little.
    uint64_t source_bytes = 0;
  };
  // `environment` and `budget` outlive the decoder.
  ValueDecoder(const StorageEnvironment& environment, FillBudget& budget, Options options);

  // The next value. `valkey`: it is of a file or payload of Valkey's own versions. REQUIRES:
  // IsOwnRdbType(type, valkey).
  void Begin(RdbType type, bool valkey);
  enum class Progress : uint8_t { kMore, kDone, kFailed };  // kFailed: reader.error() says why.
  // Reads about `elements` further elements; a compact value is read whole.
  Progress Read(RdbReader& reader, size_t elements);
  // Whether the last Read() put a part of what it had read into the table.
  bool entered_part() const { return entered_part_; }

  // --- After kDone, until the reader reads on -------------------------------------------------
  // Whether it is a collection without elements, which no keyspace may hold.
  bool empty() const;
  // The value, for a key of that keyspace. REQUIRES: !empty().
  Keyspace::Incoming Take(Keyspace& keys);

 private:
  void ReadHead(RdbReader& reader);
  bool ReadWhole(RdbReader& reader);
  bool ReadPairs(RdbReader& reader, Bytes blob, bool with_deadlines);
  bool ReadSmallHash(Bytes listpack);
  bool ReadSmallSet(RdbReader& reader);
  void ReadElement(RdbReader& reader);
  uint64_t ReadDeadline(RdbReader& reader);
  bool AddField(RdbReader& reader, Bytes field, Bytes value, uint64_t deadline_ms);
  bool AddMember(RdbReader& reader, Bytes member);
  uint64_t MostReserved() const;
  void StartFilling(Table& table);
  bool Fill(RdbReader& reader, Bytes key, Bytes value, uint64_t deadline_ms);
  void EnterPart(RdbReader& reader);
  bool IsHash() const;
  bool HasDeadlines() const;

  const StorageEnvironment& environment_;
  FillBudget& budget_;
  const Options options_;
  RdbType type_ = RdbType::kString;
  bool valkey_ = false;
  bool started_ = false;
  bool entered_part_ = false;
  uint64_t left_ = 0;          // Elements still to be read.
  uint64_t first_expiry_ = 0;  // What the deadlines of kHashExpiry count from.
  Bytes string_;
  std::optional<Representation> compact_;  // string_ is a collection in that form.
  HashRuns hash_runs_;                     // Where it is, if it is a hash,
  std::vector<char> room_;                 // and if it is a set.
  std::optional<HashValue> hash_;
  std::optional<SetValue> set_;
  std::optional<TableFiller> filler_;  // Of a hash or set too large for a compact form.
  KeptBytes field_;                    // While its value is read,
  KeptBytes value_;                    // and that while its deadline is.
};

}  // namespace thimble
