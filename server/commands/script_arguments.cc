#include "server/commands/script_arguments.h"

#include <utility>

#include "storage/common/number.h"

namespace thimble {

Result<ScriptArguments> ReadScriptArguments(ArgCursor& args, Error not_a_number) {
  const std::optional<int64_t> count = ParseInt64(args.Next());
  if (!count) return not_a_number;
  if (*count > static_cast<int64_t>(args.Remaining())) {
    return Error::Message("ERR Number of keys can't be greater than number of args");
  }
  if (*count < 0) return Error::Message("ERR Number of keys can't be negative");
  const auto keys = static_cast<size_t>(*count);
  return ScriptArguments{args.rest().first(keys), args.rest().subspan(keys)};
}

}  // namespace thimble
