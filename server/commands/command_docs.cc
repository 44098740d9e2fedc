#include "server/commands/command_docs.h"

#include "server/command/names.h"
#include "server/command/syntax.h"

namespace thimble {
namespace {

void ReplyArguments(ReplyWriter& reply, const std::vector<ArgumentDoc>& arguments);

void ReplyArgument(ReplyWriter& reply, const ArgumentDoc& argument) {
  const bool is_group = argument.type == "oneof" || argument.type == "block";
  const bool has_flags = argument.optional || argument.multiple;
  size_t fields = 3;  // A group has arguments, anything else a text to display.
  fields += argument.key_spec >= 0 ? 1 : 0;
  fields += argument.token.empty() ? 0 : 1;
  fields += has_flags ? 1 : 0;
  reply.Map(fields);
  reply.Bulk("name");
  reply.Bulk(Bytes(argument.name));
  reply.Bulk("type");
  reply.Bulk(Bytes(argument.type));
  if (!is_group) {
    reply.Bulk("display_text");
    reply.Bulk(Bytes(argument.name));
  }
  if (argument.key_spec >= 0) {
    reply.Bulk("key_spec_index");
    reply.Integer(argument.key_spec);
  }
  if (!argument.token.empty()) {
    reply.Bulk("token");
    reply.Bulk(Bytes(argument.token));
  }
  if (has_flags) {
    reply.Bulk("flags");
    reply.Set((argument.optional ? 1U : 0U) + (argument.multiple ? 1U : 0U));
    if (argument.optional) reply.Status("optional");
    if (argument.multiple) reply.Status("multiple");
  }
  if (is_group) {
    reply.Bulk("arguments");
    ReplyArguments(reply, argument.arguments);
  }
}

void ReplyArguments(ReplyWriter& reply, const std::vector<ArgumentDoc>& arguments) {
  reply.Array(arguments.size());
  for (const ArgumentDoc& argument : arguments) ReplyArgument(reply, argument);
}

}  // namespace

void ReplyCommandDocs(ReplyWriter& reply, const Command& command) {
  const CommandSpec& spec = *command.spec;
  const bool deprecated = !spec.deprecated_since.empty();
  const bool has_arguments = !spec.syntax.empty();
  size_t fields = 3;
  fields += spec.complexity.empty() ? 0 : 1;
  fields += deprecated ? 3 : 0;
  fields += has_arguments ? 1 : 0;
  fields += command.subcommands.empty() ? 0 : 1;
  reply.Map(fields);
  reply.Bulk("summary");
  reply.Bulk(spec.summary);
  reply.Bulk("since");
  reply.Bulk(spec.since);
  reply.Bulk("group");
  reply.Bulk(GroupName(spec.group));
  if (!spec.complexity.empty()) {
    reply.Bulk("complexity");
    reply.Bulk(spec.complexity);
  }
  if (deprecated) {
    reply.Bulk("doc_flags");
    reply.Set(1);
    reply.Status("deprecated");
    reply.Bulk("deprecated_since");
    reply.Bulk(spec.deprecated_since);
    reply.Bulk("replaced_by");
    reply.Bulk(spec.replaced_by);
  }
  if (has_arguments) {
    reply.Bulk("arguments");
    ReplyArguments(reply, ParseSyntax(spec.syntax));
  }
  if (!command.subcommands.empty()) {
    reply.Bulk("subcommands");
    reply.Map(command.subcommands.size());
    for (const auto& subcommand : command.subcommands) {
      reply.Bulk(Bytes(subcommand->full_name));
      ReplyCommandDocs(reply, *subcommand);
    }
  }
}

}  // namespace thimble
