#include "server/command/help.h"

#include <cctype>
#include <string>
#include <vector>

namespace thimble {
namespace {

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

}  // namespace

Result<void> ContainerHelp(CommandContext& context, ArgCursor) {
  const CommandSpec* container = context.command().container->spec;
  const std::string name = Upper(container->name);
  std::vector<std::string> lines;
  lines.push_back(name + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
  for (const CommandSpec& subcommand : container->subcommands) {
    if (subcommand.name == "help") continue;
    std::string line = Upper(subcommand.name);
    if (!subcommand.syntax.empty()) line.append(" ").append(subcommand.syntax);
    lines.push_back(std::move(line));
    lines.push_back("    " + std::string(subcommand.summary));
  }
  lines.push_back("HELP");
  lines.push_back("    Print this help.");

  ReplyWriter& reply = context.reply();
  reply.Array(lines.size());
  for (const std::string& line : lines) reply.Status(line);
  return Ok();
}

}  // namespace thimble
