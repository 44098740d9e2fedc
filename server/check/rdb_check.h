#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/persist/files.h"

namespace thimble {

// Reads an RDB file as the server would, in all its parts and values, keeping nothing, and tells on
// standard output what it found, in the words of redis-check-rdb. `shown` is how the file is called
// there. Returns the offset behind its end mark and checksum; nothing if the file is not sound.
std::optional<uint64_t> CheckRdb(Files& files, const std::string& path, const std::string& shown);

}  // namespace thimble
