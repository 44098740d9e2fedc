#pragma once

#include <optional>
#include <string>

#include "storage/keyspace/keyspace.h"
#include "storage/rdb/rdb_types.h"

namespace thimble {

// A value by itself, as DUMP gives it and RESTORE takes it: [type] [value] [version: 2] [CRC-64].

struct DumpOptions {
  bool compress = true;
  bool omit_field_deadlines = false;
};
// Of the oldest version that has what the value needs. O(size).
std::string MakeDumpPayload(const Keyspace::Item& item, const DumpOptions& options);

// A payload taken apart.
struct DumpPayload {
  RdbType type;
  bool valkey;
  Bytes value;
};
// Nothing if the version or, where `verify` asks for it, the checksum is wrong.
std::optional<DumpPayload> OpenDumpPayload(Bytes payload, bool verify);

// Whether servers from Redis 7.0 on read it, by its version and type.
bool IsPayloadForAll(Bytes payload);

}  // namespace thimble
