#include "server/session/client_line.h"

#include "server/command/spec.h"
#include "server/pubsub/pubsub.h"
#include "server/session/tracking.h"
#include "server/session/transaction.h"
#include "server/stats/memory_report.h"

namespace thimble {
namespace {

std::string FlagLetters(const Client& client) {
  std::string flags;
  if (client.monitoring) flags += 'O';
  if (client.subscriptions != nullptr) flags += 'P';
  if (client.waiting) flags += 'b';
  if (InMulti(client) || client.in_exec) flags += 'x';
  if (client.tracking != nullptr) {
    flags += 't';
    if (client.tracking->broken_redirect) flags += 'R';
    if (client.tracking->options.broadcast) flags += 'B';
  }
  if (client.transaction != nullptr && client.transaction->AnyChanged()) flags += 'd';
  if (client.connection == nullptr || client.connection->closing()) flags += 'c';
  if (client.connection != nullptr && client.connection->is_unix()) flags += 'U';
  if (client.no_evict) flags += 'e';
  if (client.no_touch) flags += 'T';
  return flags.empty() ? "N" : flags;
}

std::string LastCommand(const Client& client) {
  if (client.last_command == nullptr) return "NULL";
  std::string name(client.last_command->name);
  if (client.last_container != nullptr)
    name = std::string(client.last_container->name) + "|" + name;
  return name;
}

void Append(std::string& line, std::string_view name, std::string_view value) {
  if (!line.empty()) line += ' ';
  line.append(name).append("=").append(value);
}

void Append(std::string& line, std::string_view name, uint64_t value) {
  Append(line, name, std::string_view(std::to_string(value)));
}

void AppendSubscriptions(std::string& line, const Client& client) {
  const auto count = [&](TopicKind kind) -> uint64_t {
    return client.subscriptions == nullptr ? 0 : client.subscriptions->count(kind);
  };
  Append(line, "sub", count(TopicKind::kChannel));
  Append(line, "psub", count(TopicKind::kPattern));
  Append(line, "ssub", count(TopicKind::kShardChannel));
}

void AppendTransaction(std::string& line, const Client& client) {
  const Transaction* const transaction = client.transaction.get();
  if (transaction == nullptr || !transaction->open()) {
    line += " multi=-1";
  } else {
    Append(line, "multi", transaction->queue().size());
  }
  Append(line, "watch", transaction == nullptr ? 0 : transaction->watches());
}

}  // namespace

std::string ClientLine(const Client& client, int64_t now_ms) {
  static const OutputBuffer kNothing;
  const Connection* const connection = client.connection;
  const bool gone = connection == nullptr;
  const size_t input_memory = gone ? 0 : connection->InputMemoryBytes();
  const size_t input = gone ? 0 : connection->input_bytes();
  const OutputBuffer& output = gone ? kNothing : connection->output();
  std::string line;
  Append(line, "id", client.id);
  Append(line, "addr", gone ? "" : connection->PeerAddress());
  Append(line, "laddr", gone ? "" : connection->LocalAddress());
  Append(line, "fd", std::string_view(std::to_string(gone ? -1 : connection->fd())));
  Append(line, "name", client.name);
  Append(line, "age", static_cast<uint64_t>((now_ms - client.connected_ms) / 1000));
  Append(line, "idle", static_cast<uint64_t>((now_ms - client.active_ms) / 1000));
  Append(line, "flags", FlagLetters(client));
  Append(line, "db", static_cast<uint64_t>(client.database));
  AppendSubscriptions(line, client);
  AppendTransaction(line, client);
  Append(line, "qbuf", input);
  Append(line, "qbuf-free", input_memory > input ? input_memory - input : 0);
  line += " argv-mem=0";
  Append(line, "multi-mem", client.transaction == nullptr ? 0 : client.transaction->MemoryBytes());
  line += " rbs=0 rbp=0";
  Append(line, "obl", output.size());
  Append(line, "oll", output.chunks());
  Append(line, "omem", output.MemoryBytes());
  Append(line, "tot-mem", ClientMemoryBytes(client));
  Append(line, "events", output.empty() ? "r" : "rw");
  Append(line, "cmd", LastCommand(client));
  Append(line, "user", client.user);
  if (client.tracking == nullptr) {
    line += " redir=-1";
  } else {
    Append(line, "redir", client.tracking->options.redirect);
  }
  Append(line, "resp", static_cast<uint64_t>(client.protocol));
  Append(line, "lib-name", client.library_name);
  Append(line, "lib-ver", client.library_version);
  return line;
}

}  // namespace thimble
