#include "server/commands/all_commands.h"

#include "server/command/registry.h"
#include "server/commands/client_commands.h"
#include "server/commands/command_commands.h"
#include "server/commands/command_log_commands.h"
#include "server/commands/config_commands.h"
#include "server/commands/connection_commands.h"
#include "server/commands/debug_commands.h"
#include "server/commands/field_access_commands.h"
#include "server/commands/field_expiry_commands.h"
#include "server/commands/function_commands.h"
#include "server/commands/hash_commands.h"
#include "server/commands/info_commands.h"
#include "server/commands/key_commands.h"
#include "server/commands/latency_commands.h"
#include "server/commands/memory_commands.h"
#include "server/commands/migrate_commands.h"
#include "server/commands/persist_commands.h"
#include "server/commands/pubsub_commands.h"
#include "server/commands/script_commands.h"
#include "server/commands/server_commands.h"
#include "server/commands/set_commands.h"
#include "server/commands/string_commands.h"
#include "server/commands/sync_commands.h"
#include "server/commands/transaction_commands.h"

namespace thimble {

void AddAllCommands(CommandRegistry& registry) {
  registry.Add(ConnectionCommands());
  registry.Add(ClientCommands());
  registry.Add(CommandCommands());
  registry.Add(ConfigCommands());
  registry.Add(DebugCommands());
  registry.Add(FieldAccessCommands());
  registry.Add(FieldExpiryCommands());
  registry.Add(FunctionCommands());
  registry.Add(HashCommands());
  registry.Add(InfoCommands());
  registry.Add(KeyCommands());
  registry.Add(LatencyCommands());
  registry.Add(MemoryCommands());
  registry.Add(MigrateCommands());
  registry.Add(PersistCommands());
  registry.Add(PubSubCommands());
  registry.Add(ScriptCommands());
  registry.Add(ServerCommands());
  registry.Add(SetCommands());
  registry.Add(CommandLogCommands());
  registry.Add(StringCommands());
  registry.Add(SyncCommands());
  registry.Add(TransactionCommands());
}

}  // namespace thimble
