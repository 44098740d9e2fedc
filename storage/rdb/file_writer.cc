#include "storage/rdb/file_writer.h"

#include "storage/rdb/rdb_types.h"
#include "storage/rdb/value_encoder.h"

namespace thimble {
namespace {

void WriteOpcode(RdbWriter& writer, RdbOpcode opcode) {
  writer.Byte(static_cast<uint8_t>(opcode));
}

void WriteHead(RdbWriter& writer, const RdbFacts& facts) {
  std::string version = std::to_string(kRdbVersionWritten);
  version.insert(0, 4 - version.size(), '0');
  writer.Raw("REDIS" + version);
  for (const auto& [name, value] : facts.aux) {
    WriteOpcode(writer, RdbOpcode::kAux);
    writer.String(Bytes(name));
    writer.String(Bytes(value));
  }
  for (const std::string& code : facts.functions) {
    WriteOpcode(writer, RdbOpcode::kFunction);
    writer.String(Bytes(code));
  }
}

void WriteKey(RdbWriter& writer, const Text& key, const Keyspace::Item& item,
              const RdbFileOptions& options) {
  if (item.deadline_ms != 0) {
    WriteOpcode(writer, RdbOpcode::kExpiryMs);
    writer.Fixed64(item.deadline_ms);
  }
  if (options.with_idle) {
    WriteOpcode(writer, RdbOpcode::kIdle);
    writer.Length(item.idle_seconds);
  } else if (options.with_frequency) {
    WriteOpcode(writer, RdbOpcode::kFrequency);
    writer.Byte(item.frequency);
  }
  const RdbType type = RdbTypeOf(item);
  writer.Byte(static_cast<uint8_t>(type));
  writer.String(key);
  WriteValue(writer, item, type, options.walk);
}

}  // namespace

bool WriteRdbFile(RdbWriter& writer, Databases& databases, const RdbFacts& facts,
                  const RdbFileOptions& options, FunctionRef<void()> progress) {
  WriteHead(writer, facts);
  for (int i = 0; i < databases.count(); ++i) {
    Keyspace& keys = databases[i];
    if (keys.size() == 0) continue;
    WriteOpcode(writer, RdbOpcode::kSelectDb);
    writer.Length(static_cast<uint64_t>(i));
    WriteOpcode(writer, RdbOpcode::kResizeDb);
    writer.Length(keys.size());
    writer.Length(keys.deadlines());
    const auto write = [&](const Text& key, const Keyspace::Item& item) {
      WriteKey(writer, key, item, options);
      progress();
      return writer.ok();
    };
    if (!keys.ForEachItemWhile(write, options.walk)) return false;
  }
  WriteOpcode(writer, RdbOpcode::kEnd);
  writer.Fixed64(writer.Checksum());
  return writer.Flush();
}

}  // namespace thimble
