#pragma once

#include <string>

#include "server/script/function_library.h"
#include "storage/common/result.h"

namespace thimble {

// All libraries in Redis's payload: the records an RDB file would hold, version, checksum.
std::string DumpLibraries(const FunctionLibraries& libraries);

enum class RestorePolicy : uint8_t {
  kAppend,   // A library or function that exists already is an error.
  kReplace,  // A library of the same name makes way.
  kFlush,    // All libraries make way.
};
// Takes over the libraries of a payload: all of them or, if anything is wrong with them, none. They
// run twice; if the second time fails for want of memory or time, what stood before is gone as far
// as it had to make way.
Result<void> RestoreLibraries(FunctionLibraries& libraries, Bytes payload, RestorePolicy policy);

}  // namespace thimble
