#include "server/script/function_dump.h"

#include <cstring>
#include <utility>
#include <vector>

#include "storage/rdb/byte_stream.h"
#include "storage/rdb/crc64.h"
#include "storage/rdb/rdb_reader.h"
#include "storage/rdb/rdb_types.h"
#include "storage/rdb/rdb_writer.h"

namespace thimble {
namespace {

constexpr size_t kVersionBytes = 2;
constexpr size_t kFooterBytes = kVersionBytes + sizeof(uint64_t);

// The records of a payload whose version and checksum are right.
Result<Bytes> OpenPayload(Bytes payload) {
  const auto wrong = [] {
    return Error::Message("ERR DUMP payload version or checksum are wrong");
  };
  if (payload.size() < kFooterBytes) return wrong();
  const Bytes footer = payload.substr(payload.size() - kFooterBytes);
  uint16_t version = 0;
  uint64_t checksum = 0;
  std::memcpy(&version, footer.data(), sizeof version);
  std::memcpy(&checksum, footer.data() + kVersionBytes, sizeof checksum);
  if (!IsReadableRdb(version)) return wrong();
  if (Crc64(0, payload.substr(0, payload.size() - sizeof checksum)) != checksum) return wrong();
  return payload.substr(0, payload.size() - kFooterBytes);
}

Result<std::vector<std::string>> ReadRecords(Bytes records) {
  MemorySource source(records);
  RdbReader reader(source);
  std::vector<std::string> codes;
  while (!reader.AtEnd()) {
    if (reader.Byte() != static_cast<uint8_t>(RdbOpcode::kFunction)) {
      return Error::Message("ERR given type is not a function");
    }
    codes.emplace_back(reader.String());
    if (!reader.ok()) return Error::Message("ERR Failed loading library payload");
  }
  return codes;
}

}  // namespace

std::string DumpLibraries(const FunctionLibraries& libraries) {
  std::string payload;
  StringSink sink(payload);
  RdbWriter writer(sink, {.compress = true, .checksum = true});
  for (const auto& [name, library] : libraries.all()) {
    writer.Byte(static_cast<uint8_t>(RdbOpcode::kFunction));
    writer.String(Bytes(library->code));
  }
  const auto version = static_cast<uint16_t>(kRdbVersionWritten);
  writer.Raw({reinterpret_cast<const char*>(&version), kVersionBytes});
  writer.Fixed64(writer.Checksum());
  writer.Flush();
  return payload;
}

Result<void> RestoreLibraries(FunctionLibraries& libraries, Bytes payload, RestorePolicy policy) {
  Result<Bytes> records = OpenPayload(payload);
  if (!records.ok()) return records.error();
  Result<std::vector<std::string>> codes = ReadRecords(*records);
  if (!codes.ok()) return codes.error();

  // A rehearsal apart from the others tells what is wrong with them before anything has changed.
  FunctionLibraries rehearsal = libraries.Sibling();
  for (const std::string& code : *codes) {
    Result<std::string> loaded = rehearsal.Load(code, false);
    if (!loaded.ok()) return loaded.error();
  }
  if (policy == RestorePolicy::kFlush) {
    libraries.Flush();
  } else if (auto fits = libraries.CheckFit(rehearsal, policy == RestorePolicy::kReplace);
             !fits.ok()) {
    return fits;
  }
  for (const auto& [name, library] : rehearsal.all()) libraries.Delete(name);
  for (const std::string& code : *codes) {
    Result<std::string> loaded = libraries.Load(code, false);
    if (!loaded.ok()) return loaded.error();
  }
  return Ok();
}

}  // namespace thimble
