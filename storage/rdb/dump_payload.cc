#include "storage/rdb/dump_payload.h"

#include <cstring>

#include "storage/rdb/crc64.h"
#include "storage/rdb/rdb_writer.h"
#include "storage/rdb/value_encoder.h"

namespace thimble {
namespace {

constexpr size_t kVersionBytes = 2;
constexpr size_t kFooterBytes = kVersionBytes + sizeof(uint64_t);

// REQUIRES: it is longer than a footer.
uint16_t VersionOf(Bytes payload) {
  uint16_t version = 0;
  std::memcpy(&version, payload.data() + payload.size() - kFooterBytes, sizeof version);
  return version;
}

}  // namespace

std::string MakeDumpPayload(const Keyspace::Item& item, const DumpOptions& options) {
  std::string payload;
  StringSink sink(payload);
  RdbWriter writer(sink, {.compress = options.compress, .checksum = true});
  const RdbType type = RdbTypeOf(item, options.omit_field_deadlines);
  writer.Byte(static_cast<uint8_t>(type));
  WriteValue(writer, item, type);
  const auto version = static_cast<uint16_t>(RdbVersionFor(HoldsDeadlines(type)));
  writer.Raw({reinterpret_cast<const char*>(&version), kVersionBytes});
  writer.Fixed64(writer.Checksum());
  writer.Flush();
  return payload;
}

std::optional<DumpPayload> OpenDumpPayload(Bytes payload, bool verify) {
  if (payload.size() <= kFooterBytes) return std::nullopt;
  const Bytes footer = payload.substr(payload.size() - kFooterBytes);
  const uint16_t version = VersionOf(payload);
  uint64_t checksum = 0;
  std::memcpy(&checksum, footer.data() + kVersionBytes, sizeof checksum);
  if (!IsReadableRdb(version)) return std::nullopt;
  const Bytes summed = payload.substr(0, payload.size() - sizeof checksum);
  if (verify && Crc64(0, summed) != checksum) return std::nullopt;
  const Bytes body = payload.substr(0, payload.size() - kFooterBytes);
  return DumpPayload{static_cast<RdbType>(static_cast<uint8_t>(body[0])), IsValkeyRdb(version),
                     body.substr(1)};
}

bool IsPayloadForAll(Bytes payload) {
  return payload.size() > kFooterBytes && VersionOf(payload) <= kRdbVersionWritten &&
         static_cast<uint8_t>(payload[0]) <= static_cast<uint8_t>(RdbType::kStream2);
}

}  // namespace thimble
