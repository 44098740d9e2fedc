#include "storage/rdb/file_writer.h"

namespace thimble {
namespace {

void WriteOpcode(RdbWriter& writer, RdbOpcode opcode) {
  writer.Byte(static_cast<uint8_t>(opcode));
}

}  // namespace

void RdbFileWriter::WriteHead(const RdbFacts& facts) {
  std::string version =
      std::to_string(RdbVersionFor(facts.field_deadlines && !options_.omit_field_deadlines));
  version.insert(0, 4 - version.size(), '0');
  writer_.Raw("REDIS" + version);
  for (const auto& [name, value] : facts.aux) {
    WriteOpcode(writer_, RdbOpcode::kAux);
    writer_.String(Bytes(name));
    writer_.String(Bytes(value));
  }
  for (const std::string& code : facts.functions) {
    WriteOpcode(writer_, RdbOpcode::kFunction);
    writer_.String(Bytes(code));
  }
}

void RdbFileWriter::BeginDatabase(int index, size_t keys, size_t deadlines) {
  WriteOpcode(writer_, RdbOpcode::kSelectDb);
  writer_.Length(static_cast<uint64_t>(index));
  WriteOpcode(writer_, RdbOpcode::kResizeDb);
  writer_.Length(keys);
  writer_.Length(deadlines);
}

void RdbFileWriter::WriteKeyHead(const Text& key, const Keyspace::Item& item, RdbType type) {
  if (item.deadline_ms != 0) {
    WriteOpcode(writer_, RdbOpcode::kExpiryMs);
    writer_.Fixed64(item.deadline_ms);
  }
  if (options_.with_idle) {
    WriteOpcode(writer_, RdbOpcode::kIdle);
    writer_.Length(item.idle_seconds);
  } else if (options_.with_frequency) {
    WriteOpcode(writer_, RdbOpcode::kFrequency);
    writer_.Byte(item.frequency);
  }
  writer_.Byte(static_cast<uint8_t>(type));
  writer_.String(key);
}

void RdbFileWriter::WriteKey(const Text& key, const Keyspace::Item& item) {
  const RdbType type = RdbTypeOf(item, options_.omit_field_deadlines);
  WriteKeyHead(key, item, type);
  WriteValue(writer_, item, type);
}

void RdbFileWriter::BeginHash(const Text& key, const Keyspace::Item& item, size_t size,
                              uint64_t earliest_ms) {
  earliest_ms_ = options_.omit_field_deadlines ? 0 : earliest_ms;
  WriteKeyHead(key, item, RdbTypeOfHash(earliest_ms_));
  if (earliest_ms_ != 0) writer_.Fixed64(earliest_ms_);
  writer_.Length(size);
  of_hash_ = true;
}

void RdbFileWriter::BeginSet(const Text& key, const Keyspace::Item& item, size_t size) {
  WriteKeyHead(key, item, RdbType::kSet);
  writer_.Length(size);
  earliest_ms_ = 0;
  of_hash_ = false;
}

void RdbFileWriter::WriteEnd() {
  WriteOpcode(writer_, RdbOpcode::kEnd);
  writer_.Fixed64(writer_.Checksum());
  writer_.Flush();
}

}  // namespace thimble
