#pragma once

#include "protocol/reply_writer.h"
#include "server/command/registry.h"
#include "server/command/services.h"
#include "server/session/client.h"
#include "storage/keyspace/databases.h"

namespace thimble {

// What a handler may reach while it runs: its client, the client's database, the reply and the
// server's services. Lives for one command.
class CommandContext {
 public:
  CommandContext(Services& services, Client& client, const Command& command, OutputBuffer& out)
      : services_(services), client_(client), command_(command), reply_(out, client.protocol) {}

  Client& client() { return client_; }
  ReplyWriter& reply() { return reply_; }
  const Command& command() const { return command_; }

  Keyspace& keys() { return services_.databases[client_.database]; }
  // kUse, or kCount for a client in NO-TOUCH mode.
  Access access() const { return client_.no_touch ? Access::kCount : Access::kUse; }
  Databases& databases() { return services_.databases; }
  StorageEnvironment& environment() { return services_.environment; }
  Random& random() { return services_.environment.random; }
  const HashKey& hash_key() const { return services_.environment.hash_key; }
  // Wall clock that keys expire by.
  int64_t NowMs() const { return services_.environment.NowMs(); }

  Services& services() { return services_; }

 private:
  Services& services_;
  Client& client_;
  const Command& command_;
  ReplyWriter reply_;
};

}  // namespace thimble
