#pragma once

#include "server/command/services.h"
#include "storage/keyspace/event.h"

namespace thimble {

// Tells every change to whoever must hear of it: the count of changes, WATCH, client-side caching,
// keyspace notifications. A change nobody waits for costs a few comparisons.
class ChangeFeed final : public KeyspaceObserver {
 public:
  explicit ChangeFeed(Services& services) : services_(services) {}

  void OnChange(int db, Bytes key, Event event, size_t changes) override;
  void OnFieldsExpired(int db, Bytes key, std::span<const std::string> fields) override;
  void OnFlush(int db, size_t keys) override;
  void OnSwap(int first, int second) override;

 private:
  [[gnu::noinline]] void Tell(int db, Bytes key, Event event, bool by_itself);

  Services& services_;
};

}  // namespace thimble
