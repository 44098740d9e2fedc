#pragma once

#include <string>
#include <utility>
#include <vector>

#include "storage/common/function_ref.h"
#include "storage/keyspace/databases.h"
#include "storage/rdb/rdb_writer.h"

namespace thimble {

// What a file says beside its keys.
struct RdbFacts {
  std::vector<std::pair<std::string, std::string>> aux;  // "redis-ver" and the like, in order.
  std::vector<std::string> functions;                    // The code of each library.
};

// Writes a whole file, checksum included, and flushes it: magic and version, facts, each database
// that holds keys. `with_frequency`: access clocks count uses; `with_idle`: they tell time and
// eviction goes by it. `progress` is called after each key. False if the sink refused.
struct RdbFileOptions {
  bool with_frequency = false;
  bool with_idle = false;
  Walk walk = Walk::kKeep;
};
bool WriteRdbFile(RdbWriter& writer, Databases& databases, const RdbFacts& facts,
                  const RdbFileOptions& options, FunctionRef<void()> progress);

}  // namespace thimble
