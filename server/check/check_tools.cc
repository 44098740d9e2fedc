#include "server/check/check_tools.h"

#include <cstdio>

#include "server/check/aof_check.h"
#include "server/check/rdb_check.h"
#include "server/config/identity.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

bool AsksForVersion(const std::vector<std::string>& args) {
  return args.size() == 1 && (args[0] == "-v" || args[0] == "--version");
}

int CheckRdbTool(const std::string& name, const std::vector<std::string>& args) {
  if (AsksForVersion(args)) {
    std::printf("%s %s\n", name.c_str(), kThimbleVersion);
    return 0;
  }
  if (args.size() != 1 || args[0].starts_with("--")) {
    std::fprintf(stderr, "Usage: %s <rdb-file-name>\n", name.c_str());
    return 1;
  }
  return CheckRdb(Files::System(), args[0], args[0]) ? 0 : 1;
}

int CheckAofTool(const std::string& name, const std::vector<std::string>& args) {
  if (AsksForVersion(args)) {
    std::printf("%s %s\n", name.c_str(), kThimbleVersion);
    return 0;
  }
  AofCheckOptions options;
  const bool fix = args.size() == 2 && args[0] == "--fix";
  const bool truncate = args.size() == 3 && args[0] == "--truncate-to-timestamp";
  if (!(fix || truncate || (args.size() == 1 && !args[0].starts_with("--")))) {
    std::printf("Usage: %s [--fix|--truncate-to-timestamp $timestamp] <file.manifest|file.aof>\n",
                name.c_str());
    return 1;
  }
  options.fix = fix;
  if (truncate) {
    options.until_s = ParseInt64(args[1]);
    if (!options.until_s) {
      std::puts("Invalid timestamp, aborting...");
      return 1;
    }
  }
  return CheckAof(Files::System(), args.back(), options) ? 0 : 1;
}

}  // namespace

std::optional<int> RunCheckTool(const std::string& program, const std::vector<std::string>& args) {
  const std::string name = program.substr(program.rfind('/') + 1);
  if (name.ends_with("-check-rdb")) return CheckRdbTool(name, args);
  if (name.ends_with("-check-aof")) return CheckAofTool(name, args);
  return std::nullopt;
}

}  // namespace thimble
