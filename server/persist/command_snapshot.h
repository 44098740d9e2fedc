#pragma once

#include <string>
#include <vector>

#include "storage/common/function_ref.h"
#include "storage/keyspace/databases.h"
#include "storage/rdb/byte_stream.h"

namespace thimble {

// Writes all databases as the commands that make them: the base of a log that is to hold nothing
// else, with aof-use-rdb-preamble off. `functions`: the code of each library. `progress` is called
// after each key. False if the sink refused.
bool WriteCommandSnapshot(ByteSink& sink, Databases& databases,
                          const std::vector<std::string>& functions, FunctionRef<void()> progress);

}  // namespace thimble
