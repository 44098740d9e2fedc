#include "server/pubsub/pubsub.h"

#include <algorithm>

#include "protocol/reply_writer.h"
#include "server/session/client.h"
#include "storage/common/glob.h"

namespace thimble {
namespace {

void WriteMessage(ReplyWriter reply, const Topic& topic, Bytes channel, Bytes message) {
  switch (topic.kind) {
    case TopicKind::kChannel:
      reply.Push(3);
      reply.Bulk(Bytes("message"));
      break;
    case TopicKind::kPattern:
      reply.Push(4);
      reply.Bulk(Bytes("pmessage"));
      reply.Bulk(Bytes(*topic.name));
      break;
    case TopicKind::kShardChannel:
      reply.Push(3);
      reply.Bulk(Bytes("smessage"));
      break;
  }
  reply.Bulk(channel);
  reply.Bulk(message);
}

SharedFrame Share(FrameLog& log, const OutputBuffer& frame) {
  SharedFrame shared = log.Add(frame.size());
  char* at = shared.begin();
  frame.VisitFront(SIZE_MAX,
                   [&at](Bytes piece) { at = std::copy(piece.begin(), piece.end(), at); });
  return shared;
}

}  // namespace

// --- Subscriptions ------------------------------------------------------------------------------

Subscriptions::~Subscriptions() {
  for (Places& places : places_) {
    for (const auto& [topic, place] : places) pubsub_.Leave(*topic, place);
  }
}

bool Subscriptions::Add(TopicKind kind, Bytes name) {
  Topic& topic = pubsub_.TopicOf(kind, name);
  const auto [at, added] = Of(kind).try_emplace(&topic, topic.subscribers.size());
  if (added) topic.subscribers.push_back(&client_);
  return added;
}

bool Subscriptions::Remove(TopicKind kind, Bytes name) {
  auto& topics = pubsub_.topics_[static_cast<size_t>(kind)];
  const auto topic = topics.find(name);
  if (topic == topics.end()) return false;
  const auto found = Of(kind).find(&topic->second);
  if (found == Of(kind).end()) return false;
  const size_t place = found->second;
  Of(kind).erase(found);
  pubsub_.Leave(topic->second, place);
  return true;
}

bool Subscriptions::empty() const {
  for (const Places& places : places_) {
    if (!places.empty()) return false;
  }
  return true;
}

std::vector<std::string> Subscriptions::Names(TopicKind kind) const {
  std::vector<std::string> names;
  for (const auto& [topic, place] : Of(kind)) names.push_back(*topic->name);
  return names;
}

size_t Subscriptions::MemoryBytes() const {
  constexpr size_t kNodeBytes =
      5 * sizeof(void*);  // Of a standard hash table, its bucket included.
  size_t bytes = sizeof(Subscriptions);
  for (const Places& places : places_) bytes += places.size() * kNodeBytes;
  return bytes;
}

// --- PubSub -------------------------------------------------------------------------------------

PubSub::PubSub(const HashKey& hash_key, Pushes& pushes)
    : pushes_(pushes),
      topics_{NameMap<Topic>(hash_key), NameMap<Topic>(hash_key), NameMap<Topic>(hash_key)} {}

Topic& PubSub::TopicOf(TopicKind kind, Bytes name) {
  auto& topics = topics_[static_cast<size_t>(kind)];
  auto found = topics.find(name);
  if (found == topics.end()) {
    found = topics.try_emplace(std::string(name)).first;
    found->second.name = &found->first;
    found->second.kind = kind;
  }
  return found->second;
}

// The last subscriber takes the place of the one that leaves; a topic ends with its last.
void PubSub::Leave(Topic& topic, size_t place) {
  Client* const last = topic.subscribers.back();
  topic.subscribers.pop_back();
  if (place < topic.subscribers.size()) {
    topic.subscribers[place] = last;
    last->subscriptions->Of(topic.kind)[&topic] = place;
  }
  if (!topic.subscribers.empty()) return;
  auto& topics = topics_[static_cast<size_t>(topic.kind)];
  topics.erase(topics.find(std::string_view(*topic.name)));
}

void PubSub::Send(Topic& topic, Bytes channel, Bytes message) {
  // For fewer, a copy each is cheaper than a block.
  constexpr size_t kShareFrom = 4;
  std::array<OutputBuffer, 2> frames;  // As RESP2 and RESP3 write it, made when first needed.
  std::array<SharedFrame, 2> shared;
  const bool share = topic.subscribers.size() >= kShareFrom;
  for (Client* client : topic.subscribers) {
    const size_t form = client->protocol == Protocol::kResp3 ? 1 : 0;
    OutputBuffer& frame = frames[form];
    if (frame.empty()) {
      WriteMessage(ReplyWriter(frame, client->protocol), topic, channel, message);
      if (share && frame.size() <= FrameLog::kMaxFrameBytes) {
        shared[form] = Share(topic.logs[form], frame);
      }
    }
    if (shared[form].empty()) {
      pushes_.Send(*client, frame);
    } else {
      pushes_.Send(*client, shared[form]);
    }
  }
}

size_t PubSub::Publish(Bytes channel, Bytes message) {
  size_t receivers = 0;
  auto& channels = topics_[static_cast<size_t>(TopicKind::kChannel)];
  if (const auto found = channels.find(channel); found != channels.end()) {
    Send(found->second, channel, message);
    receivers += found->second.subscribers.size();
  }
  for (auto& [pattern, topic] : topics_[static_cast<size_t>(TopicKind::kPattern)]) {
    if (!GlobMatch(pattern, channel)) continue;
    Send(topic, channel, message);
    receivers += topic.subscribers.size();
  }
  return receivers;
}

size_t PubSub::PublishToShard(Bytes channel, Bytes message) {
  auto& channels = topics_[static_cast<size_t>(TopicKind::kShardChannel)];
  const auto found = channels.find(channel);
  if (found == channels.end()) return 0;
  Send(found->second, channel, message);
  return found->second.subscribers.size();
}

size_t PubSub::SubscribersOf(TopicKind kind, Bytes name) const {
  const auto& topics = topics_[static_cast<size_t>(kind)];
  const auto found = topics.find(name);
  return found == topics.end() ? 0 : found->second.subscribers.size();
}

void PubSub::ForEach(TopicKind kind, FunctionRef<void(const Topic&)> visit) const {
  for (const auto& [name, topic] : topics_[static_cast<size_t>(kind)]) visit(topic);
}

}  // namespace thimble
