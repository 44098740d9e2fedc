#pragma once

#include <span>
#include <string>
#include <string_view>

#include "storage/common/bytes.h"
#include "storage/common/result.h"

namespace thimble {

// The line a client reads for an error, prefix included, no CR LF. `full_name` is the command's
// ("hset", "config|get"), which some texts contain.
std::string ErrorText(const Error& error, std::string_view full_name);

// A client's own bytes as error texts repeat them: up to the first NUL, where C strings end.
Bytes Quotable(Bytes bytes, size_t limit = 128);

// "ERR unknown command 'FOO', with args beginning with: 'a' 'b' ".
std::string UnknownCommandText(std::span<const Bytes> args);
// "ERR unknown subcommand 'X'. Try CONFIG HELP."
std::string UnknownSubcommandText(std::string_view container, Bytes subcommand);
// "ERR unknown subcommand or wrong number of arguments for 'x'. Try CONFIG HELP.", for handlers of
// subcommands that take fewer arguments than they were given.
Error WrongSubcommandUse(std::string_view upper_container, Bytes subcommand);

}  // namespace thimble
