// Any bytes, as a file or as a payload, in any pieces: they are read or refused, and either way the
// databases are sound. What was read, written and read again, is the same.
//
// The first byte says what the rest is and how it is cut up; checksums are not looked at, or
// nothing else ever would be.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/common/check.h"
#include "storage/keyspace/databases.h"
#include "storage/rdb/dump_payload.h"
#include "storage/rdb/file_reader.h"
#include "storage/rdb/file_writer.h"
#include "storage/rdb/value_decoder.h"

namespace thimble {
namespace {

class Pieces final : public ByteSource {
 public:
  Pieces(Bytes bytes, size_t step) : left_(bytes), step_(step) {}
  Bytes Next() override {
    // An exact copy on the heap, so that the sanitizer sees an over-read.
    piece_ = std::string(left_.substr(0, step_));
    left_.remove_prefix(piece_.size());
    return piece_;
  }

 private:
  Bytes left_;
  size_t step_;
  std::string piece_;
};

class Listener final : public RdbReadListener {
 public:
  void OnAux(Bytes, Bytes) override {}
  bool OnFunction(Bytes) override { return true; }
  void OnEmptyKey(Bytes) override {}
  void OnDatabase(uint64_t) override {}
};

// A world of its own for each input.
struct World {
  HashKey hash_key = HashKey::FromSeed(1);
  ManualClock clock;
  Random random{1};
  StorageEnvironment environment{.hash_key = hash_key, .clock = clock, .random = random};
  Databases databases{environment, 16};

  void CheckInvariants() {
    for (int i = 0; i < databases.count(); ++i) {
      const auto wrong = databases[i].CheckInvariants();
      THIMBLE_CHECK(!wrong.has_value());
    }
  }
};

bool ReadFile(World& world, Bytes file, size_t step, bool skip) {
  Pieces source(file, step);
  Listener listener;
  RdbFileReader reader(source, world.databases, world.environment,
                       {.verify_checksum = false, .keep_expired = true, .skip_foreign = skip},
                       listener);
  auto progress = reader.Step();
  while (progress == RdbFileReader::Progress::kMore) progress = reader.Step();
  return progress == RdbFileReader::Progress::kDone;
}

std::string WriteFile(World& world) {
  std::string file;
  StringSink sink(file);
  RdbWriter writer(sink, {});
  RdbFileWriter output(writer, {});
  output.WriteHead({});
  THIMBLE_CHECK(WriteDatabases(world.databases, output, [] {}));
  return file;
}

size_t CountKeys(World& world) {
  size_t keys = 0;
  for (int i = 0; i < world.databases.count(); ++i) {
    world.databases[i].ForEach([&](const Keyspace::KeyInfo&) { ++keys; });
  }
  return keys;
}

void FuzzFile(Bytes file, size_t step, bool skip) {
  World world;
  const bool read = ReadFile(world, file, step, skip);
  world.CheckInvariants();
  if (!read) return;
  World again;
  THIMBLE_CHECK(ReadFile(again, WriteFile(world), SIZE_MAX, false));
  again.CheckInvariants();
  THIMBLE_CHECK(CountKeys(again) == CountKeys(world));
}

void FuzzPayload(Bytes payload, size_t step) {
  const auto opened = OpenDumpPayload(payload, false);
  if (!opened || !IsOwnRdbType(opened->type, opened->valkey)) return;
  World world;
  Pieces source(opened->value, step);
  RdbReader reader(source);
  FillBudget budget = FillBudget::ForSource(0);
  ValueDecoder decoder(world.environment, budget, {.now_ms = 1});
  decoder.Begin(opened->type, opened->valkey);
  auto progress = decoder.Read(reader, 5);
  while (progress == ValueDecoder::Progress::kMore) progress = decoder.Read(reader, 5);
  if (progress == ValueDecoder::Progress::kFailed || decoder.empty()) return;
  const Hashed key = world.hash_key.Of("key");
  world.databases[0].Adopt(key, decoder.Take(world.databases[0]), {});
  world.CheckInvariants();
  const auto item = world.databases[0].ItemOf(key);
  THIMBLE_CHECK(item.has_value());
  THIMBLE_CHECK(OpenDumpPayload(MakeDumpPayload(*item, {}), true).has_value());
}

}  // namespace
}  // namespace thimble

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const thimble::Bytes bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const size_t step = data[0] < 128 ? SIZE_MAX : 1 + data[0] % 32U;
  if ((data[0] & 1U) != 0) {
    thimble::FuzzPayload(bytes, step);
  } else {
    thimble::FuzzFile(bytes, step, (data[0] & 2U) != 0);
  }
  return 0;
}
