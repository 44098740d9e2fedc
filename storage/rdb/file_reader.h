#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/common/kept_bytes.h"
#include "storage/keyspace/databases.h"
#include "storage/keyspace/keyspace_filler.h"
#include "storage/rdb/rdb_reader.h"
#include "storage/rdb/rdb_types.h"
#include "storage/rdb/value_decoder.h"

namespace thimble {

struct RdbReadOptions {
  bool verify_checksum = true;
  bool keep_expired = false;   // Else keys past their deadline are left out.
  bool skip_foreign = false;   // Pass over values of types that are not the product's.
  bool may_overwrite = false;  // Else a key that is there already is an error.
  uint64_t source_bytes = 0;   // What there is to read, if that is known.
  bool keep_nothing = false;   // Only checks: no database is touched, none is too many.
};

struct RdbReadReport {
  int version = 0;
  bool valkey = false;
  bool checksum_matched = false;  // There was one, and it was looked at.
  uint64_t memory_bytes = 0;      // Of the server that wrote it, as it says.
  uint64_t keys_loaded = 0;
  uint64_t keys_expired = 0;
  uint64_t keys_with_deadline = 0;  // Whatever became of them.
  uint64_t keys_skipped = 0;        // Of foreign types.
  uint64_t keys_empty = 0;          // Collections without elements.
  uint64_t functions_skipped = 0;
  uint64_t modules_skipped = 0;  // What they wrote beside keys.
};

// Hears of what stands in a file beside keys.
class RdbReadListener {
 public:
  virtual ~RdbReadListener() = default;
  virtual void OnAux(Bytes name, Bytes value) = 0;
  // The code of a library of functions. False if it cannot be taken, which ends the reading.
  virtual bool OnFunction(Bytes code) = 0;
  virtual void OnEmptyKey(Bytes key) = 0;
  // The keys that follow are of that database.
  virtual void OnDatabase(uint64_t index) = 0;
};

// Whether a file that starts so is meant to be one.
bool BeginsAsRdb(Bytes start);

// Reads a whole file into the databases, in steps so that the loop can turn in between. Changes are
// not reported to the keyspaces' observer if it is silenced meanwhile; that is the caller's
// business, and so is a keyspace left half filled after an error.
class RdbFileReader {
 public:
  // Everything given outlives the reader.
  RdbFileReader(ByteSource& source, Databases& databases, StorageEnvironment& environment,
                RdbReadOptions options, RdbReadListener& listener);

  enum class Progress : uint8_t { kMore, kDone, kFailed };
  // Reads some hundred elements, or one compact value, further, or passes over a foreign one of any
  // size; or enters some thousand keys that were read before.
  Progress Step();
  // Whether the last step entered keys or elements: it took as long as many others.
  bool was_long() const { return was_long_; }

  // After kFailed: what was wrong, as a line for the log.
  const std::string& error() const { return error_; }
  enum class Fault : uint8_t { kNone, kTruncated, kMalformed, kRefused };
  Fault fault() const { return fault_; }
  // The key that was being read then and its type, if one was.
  std::optional<RdbType> failed_type() const { return type_; }
  Bytes failed_key() const { return key_.bytes(); }
  uint64_t position() const { return reader_.position(); }
  const RdbReadReport& report() const { return report_; }

 private:
  static constexpr size_t kStepElements = 256;

  Progress Fail();
  Progress Refuse(std::string why);
  Progress RefuseKey(const std::string& why);
  Progress ReadMagic();
  Progress ReadEntry();
  Progress ReadAux();
  Progress ReadModuleAux();
  Progress ReadFunction();
  Progress ReadEnd();
  Progress BeginKey(RdbType type);
  Progress ReadValue();
  Progress FinishKey();
  Progress Store();
  Progress EnterPart();
  Progress Drain();
  void ForgetKeyFacts();

  RdbReader reader_;
  Databases& databases_;
  StorageEnvironment& environment_;
  const RdbReadOptions options_;
  RdbReadListener& listener_;
  FillBudget budget_;
  ValueDecoder decoder_;
  RdbReadReport report_;
  std::string error_;
  Fault fault_ = Fault::kNone;
  bool began_ = false;
  bool was_long_ = false;
  bool in_value_ = false;
  Keyspace* keys_;
  KeptBytes key_;
  std::optional<RdbType> type_;  // Of the value that is being read.
  Keyspace::Arrival arrival_;    // Of the key that comes next, as far as it was announced.
  uint64_t expected_keys_ = 0;   // Of the database, as the file says.
  std::optional<KeyspaceFiller> filler_;
  bool draining_ = false;  // All that waits has to be entered before anything else is read.
  bool ended_ = false;     // No more keys will come.
};

}  // namespace thimble
