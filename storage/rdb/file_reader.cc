#include "storage/rdb/file_reader.h"

#include <algorithm>
#include <utility>

#include "storage/common/number.h"
#include "storage/rdb/rdb_types.h"
#include "storage/rdb/skip_value.h"

namespace thimble {
namespace {

constexpr Bytes kRedisMagic = "REDIS";
constexpr Bytes kValkeyMagic = "VALKEY";
// A stated number of keys makes us prepare for no more than would fit into the file, at so many
// bytes each.
constexpr uint64_t kShortKeyBytes = 4;
// What is expected of a file that does not say how many keys it has, or says too little.
constexpr uint64_t kUsualKeyBytes = 64;
constexpr uint64_t kUsualKeys = uint64_t{1} << 16U;
constexpr size_t kMagicBytes = 9;  // The word and the version's digits, whichever word it is.

// As Redis reads them: -1 is no deadline, and all others before 1970 are long past.
uint64_t DeadlineOf(int64_t stated_ms) {
  if (stated_ms == -1) return 0;
  return static_cast<uint64_t>(std::max<int64_t>(stated_ms, 1));
}

}  // namespace

bool BeginsAsRdb(Bytes start) {
  return start.starts_with(kRedisMagic) || start.starts_with(kValkeyMagic);
}

RdbFileReader::RdbFileReader(ByteSource& source, Databases& databases,
                             StorageEnvironment& environment, RdbReadOptions options,
                             RdbReadListener& listener)
    : reader_(source),
      databases_(databases),
      environment_(environment),
      options_(options),
      listener_(listener),
      budget_(FillBudget::ForSource(options.source_bytes)),
      decoder_(
          environment, budget_,
          {.now_ms = options.keep_expired ? 0 : static_cast<uint64_t>(environment.clock.NowMs()),
           .source_bytes = options.source_bytes}),
      keys_(&databases[0]) {}

RdbFileReader::Progress RdbFileReader::Fail() {
  fault_ = reader_.truncated() ? Fault::kTruncated : Fault::kMalformed;
  error_ = reader_.error();
  if (!key_.bytes().empty()) error_ += ", key '" + std::string(key_.bytes()) + "'";
  return Progress::kFailed;
}

RdbFileReader::Progress RdbFileReader::Refuse(std::string why) {
  fault_ = Fault::kRefused;
  error_ = std::move(why);
  return Progress::kFailed;
}

RdbFileReader::Progress RdbFileReader::RefuseKey(const std::string& why) {
  return Refuse("Key '" + std::string(key_.bytes()) + "' in database " +
                std::to_string(keys_->index()) + " " + why);
}

// One by one: a whole new one would be put together in memory, narrow, and read back wide.
void RdbFileReader::ForgetKeyFacts() {
  arrival_.deadline_ms = 0;
  arrival_.idle_seconds.reset();
  arrival_.frequency.reset();
  key_.Clear();
  type_.reset();
}

RdbFileReader::Progress RdbFileReader::Step() {
  was_long_ = false;
  if (!began_) return ReadMagic();
  if (draining_) return Drain();
  return in_value_ ? ReadValue() : ReadEntry();
}

RdbFileReader::Progress RdbFileReader::ReadMagic() {
  began_ = true;
  const Bytes magic = reader_.Raw(kMagicBytes);
  if (!reader_.ok()) return Fail();
  const bool valkey = magic.starts_with(kValkeyMagic);
  if (!BeginsAsRdb(magic)) return Refuse("Wrong signature trying to load DB from file");
  const Bytes digits = magic.substr(valkey ? kValkeyMagic.size() : kRedisMagic.size());
  const auto version = static_cast<int>(ParseUint64(digits).value_or(0));
  if (!IsReadableRdb(version) || IsValkeyRdb(version) != valkey) {
    return Refuse("Can't handle RDB format version " + std::string(digits));
  }
  report_.version = version;
  report_.valkey = valkey;
  return Progress::kMore;
}

// One opcode, or the beginning of a key.
RdbFileReader::Progress RdbFileReader::ReadEntry() {
  const uint8_t code = reader_.Byte();
  if (!reader_.ok()) return Fail();
  switch (static_cast<RdbOpcode>(code)) {
    case RdbOpcode::kExpiryS:
      arrival_.deadline_ms = DeadlineOf(int64_t{static_cast<int32_t>(reader_.Fixed32())} * 1000);
      break;
    case RdbOpcode::kExpiryMs:
      arrival_.deadline_ms = DeadlineOf(static_cast<int64_t>(reader_.Fixed64()));
      break;
    case RdbOpcode::kIdle:
      arrival_.idle_seconds = reader_.Length();
      break;
    case RdbOpcode::kFrequency:
      arrival_.frequency = reader_.Byte();
      break;
    case RdbOpcode::kSelectDb: {
      const uint64_t index = reader_.Length();
      if (!reader_.ok()) break;
      listener_.OnDatabase(index);
      if (options_.keep_nothing) break;
      if (index >= static_cast<uint64_t>(databases_.count())) {
        return Refuse(
            "FATAL: Data file was created with a Redis server configured to handle more than " +
            std::to_string(databases_.count()) + " databases. Exiting");
      }
      draining_ = keys_ != &databases_[static_cast<int>(index)];
      keys_ = &databases_[static_cast<int>(index)];
      expected_keys_ = 0;
      break;
    }
    case RdbOpcode::kResizeDb: {
      expected_keys_ = std::min(reader_.Length(), options_.source_bytes / kShortKeyBytes);
      reader_.Length();  // How many of them have a deadline.
      break;
    }
    case RdbOpcode::kSlotInfo:
      for (int i = 0; i < 3; ++i) reader_.Length();
      break;
    case RdbOpcode::kModuleAux:
      return ReadModuleAux();
    case RdbOpcode::kAux:
      return ReadAux();
    case RdbOpcode::kFunction:
      return ReadFunction();
    case RdbOpcode::kFunctionOld:
      return Refuse("Pre-release function format not supported.");
    case RdbOpcode::kEnd:
      ended_ = draining_ = true;
      return Progress::kMore;
    default:
      return BeginKey(static_cast<RdbType>(code));
  }
  return reader_.ok() ? Progress::kMore : Fail();
}

RdbFileReader::Progress RdbFileReader::ReadAux() {
  const std::string name(reader_.String());
  const Bytes value = reader_.String();
  if (!reader_.ok()) return Fail();
  if (name == "used-mem") report_.memory_bytes = ParseUint64(value).value_or(0);
  listener_.OnAux(name, value);
  return Progress::kMore;
}

RdbFileReader::Progress RdbFileReader::ReadModuleAux() {
  const std::optional<std::string> module = SkipModuleAux(reader_);
  if (!reader_.ok()) return Fail();
  if (!module) return Progress::kMore;
  if (!options_.skip_foreign) {
    return Refuse("The RDB file contains AUX module data I can't load: no matching module '" +
                  *module + "'. Set 'rdb-foreign-types skip' to load the file without it");
  }
  ++report_.modules_skipped;
  return Progress::kMore;
}

RdbFileReader::Progress RdbFileReader::ReadFunction() {
  const Bytes code = reader_.String();
  if (!reader_.ok()) return Fail();
  if (listener_.OnFunction(code)) return Progress::kMore;
  if (!options_.skip_foreign) return Refuse("Failed loading a library of functions");
  ++report_.functions_skipped;
  return Progress::kMore;
}

RdbFileReader::Progress RdbFileReader::ReadEnd() {
  if (report_.version < kFirstSummedRdbVersion) return Progress::kDone;
  const uint64_t computed = options_.verify_checksum ? reader_.Checksum() : 0;
  const uint64_t stated = reader_.Fixed64();
  if (!reader_.ok()) return Fail();
  if (!options_.verify_checksum || stated == 0) return Progress::kDone;
  report_.checksum_matched = stated == computed;
  if (report_.checksum_matched) return Progress::kDone;
  reader_.Fail("Wrong RDB checksum");
  return Fail();
}

RdbFileReader::Progress RdbFileReader::BeginKey(RdbType type) {
  type_ = type;
  key_.Keep(reader_.String());
  if (!reader_.ok()) return Fail();
  if (arrival_.deadline_ms != 0) ++report_.keys_with_deadline;
  if (IsOwnRdbType(type, report_.valkey)) {
    decoder_.Begin(type, report_.valkey);
    in_value_ = true;
    return ReadValue();
  }
  const char* const name = ForeignTypeName(type);
  if (name == nullptr) {
    reader_.Fail("an unknown type of value");
    return Fail();
  }
  if (!options_.skip_foreign) {
    return RefuseKey(std::string("is a ") + name +
                     ", a type this server does not hold. Set 'rdb-foreign-types skip' to load "
                     "the file without such keys");
  }
  SkipForeignValue(reader_, type);
  if (!reader_.ok()) return Fail();
  ++report_.keys_skipped;
  ForgetKeyFacts();
  return Progress::kMore;
}

RdbFileReader::Progress RdbFileReader::ReadValue() {
  const ValueDecoder::Progress progress = decoder_.Read(reader_, kStepElements);
  was_long_ |= decoder_.entered_part();
  switch (progress) {
    case ValueDecoder::Progress::kMore:
      return Progress::kMore;
    case ValueDecoder::Progress::kFailed:
      return Fail();
    case ValueDecoder::Progress::kDone:
      break;
  }
  in_value_ = false;
  return FinishKey();
}

RdbFileReader::Progress RdbFileReader::FinishKey() {
  if (decoder_.empty()) {
    ++report_.keys_empty;
    listener_.OnEmptyKey(key_.bytes());
  } else if (arrival_.deadline_ms != 0 && !options_.keep_expired &&
             arrival_.deadline_ms < static_cast<uint64_t>(environment_.clock.NowMs())) {
    ++report_.keys_expired;
  } else if (options_.keep_nothing) {
    ++report_.keys_loaded;
  } else if (Store() == Progress::kFailed) {
    return Progress::kFailed;
  }
  ForgetKeyFacts();
  return Progress::kMore;
}

RdbFileReader::Progress RdbFileReader::Store() {
  const Hashed key = environment_.hash_key.Of(key_.bytes());
  ++report_.keys_loaded;
  if (options_.may_overwrite) {
    keys_->Adopt(key, decoder_.Take(*keys_), arrival_);
    return Progress::kMore;
  }
  if (!filler_) {
    const uint64_t unsaid = std::min(kUsualKeys, options_.source_bytes / kUsualKeyBytes);
    filler_.emplace(*keys_, std::max(expected_keys_, unsaid), budget_);
  }
  filler_->Add(key, decoder_.Take(*keys_), arrival_);
  return filler_->IsFull() ? EnterPart() : Progress::kMore;
}

RdbFileReader::Progress RdbFileReader::EnterPart() {
  Progress progress = Progress::kMore;
  was_long_ = true;
  filler_->EnterPart([&](const Text& key) {
    progress = Refuse("RDB has duplicated key '" + key.ToString() + "' in DB " +
                      std::to_string(filler_->keyspace().index()));
  });
  return progress;
}

// Enters what waits for a database behind which another one comes, or nothing.
RdbFileReader::Progress RdbFileReader::Drain() {
  if (filler_ && !filler_->empty()) return EnterPart();
  filler_.reset();
  draining_ = false;
  return ended_ ? ReadEnd() : Progress::kMore;
}

}  // namespace thimble
