#pragma once

#include <optional>
#include <string>
#include <vector>

namespace thimble {

// The server's program under another name looks after files instead of serving: as
// thimble-check-rdb or thimble-check-aof, also with redis- in front, as Redis's tools do. Returns
// the process's exit code, or nothing if `program` (argv[0]) is no such name.
std::optional<int> RunCheckTool(const std::string& program, const std::vector<std::string>& args);

}  // namespace thimble
