#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "protocol/frame_log.h"
#include "server/session/keyed_hash.h"
#include "server/session/pushes.h"
#include "storage/common/bytes.h"
#include "storage/common/function_ref.h"

namespace thimble {

struct Client;

// What one may subscribe to.
enum class TopicKind : uint8_t { kChannel, kPattern, kShardChannel };
constexpr size_t kTopicKinds = 3;

// A channel or pattern with its subscribers.
struct Topic {
  const std::string* name = nullptr;
  TopicKind kind = TopicKind::kChannel;
  std::vector<Client*> subscribers;
  std::array<FrameLog, 2> logs;  // What they are sent under RESP2 and RESP3, where they share it.
};

class PubSub;

// What one client is subscribed to; all of it ends with the object.
class Subscriptions {
 public:
  Subscriptions(PubSub& pubsub, Client& client) : pubsub_(pubsub), client_(client) {}
  ~Subscriptions();
  Subscriptions(const Subscriptions&) = delete;
  Subscriptions& operator=(const Subscriptions&) = delete;

  // False if that was so already.
  bool Add(TopicKind kind, Bytes name);
  bool Remove(TopicKind kind, Bytes name);
  size_t count(TopicKind kind) const { return Of(kind).size(); }
  bool empty() const;
  std::vector<std::string> Names(TopicKind kind) const;
  size_t MemoryBytes() const;

 private:
  friend class PubSub;
  // Topic, and where among its subscribers the client stands.
  using Places = std::unordered_map<Topic*, size_t>;
  const Places& Of(TopicKind kind) const { return places_[static_cast<size_t>(kind)]; }
  Places& Of(TopicKind kind) { return places_[static_cast<size_t>(kind)]; }

  PubSub& pubsub_;
  Client& client_;
  std::array<Places, kTopicKinds> places_;
};

// Channels, patterns and who listens. Subscribing and leaving cost O(1), publishing O(subscribers +
// patterns).
class PubSub {
 public:
  PubSub(const HashKey& hash_key, Pushes& pushes);

  // Returns how many clients got the message. kChannel: patterns that match included.
  size_t Publish(Bytes channel, Bytes message);
  size_t PublishToShard(Bytes channel, Bytes message);
  // Nobody listens to channels or patterns: there is no need to make up a message.
  bool idle() const { return topics(TopicKind::kChannel) == 0 && topics(TopicKind::kPattern) == 0; }

  size_t topics(TopicKind kind) const { return topics_[static_cast<size_t>(kind)].size(); }
  size_t SubscribersOf(TopicKind kind, Bytes name) const;
  void ForEach(TopicKind kind, FunctionRef<void(const Topic&)> visit) const;

 private:
  friend class Subscriptions;
  Topic& TopicOf(TopicKind kind, Bytes name);
  void Leave(Topic& topic, size_t place);
  void Send(Topic& topic, Bytes channel, Bytes message);

  Pushes& pushes_;
  std::array<NameMap<Topic>, kTopicKinds> topics_;
};

}  // namespace thimble
