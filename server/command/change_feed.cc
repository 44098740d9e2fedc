#include "server/command/change_feed.h"

#include "server/command/effects.h"
#include "server/config/settings.h"
#include "server/pubsub/notifications.h"
#include "server/session/tracking.h"
#include "server/session/watched_keys.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/databases.h"

namespace thimble {

void ChangeFeed::OnChange(int db, Bytes key, Event event, size_t changes) {
  services_.statistics.dirty += changes;
  if (changes > 0) services_.effects.NoteChange();
  const bool by_itself = event == Event::kExpired || event == Event::kEvicted;
  if (by_itself) services_.effects.NoteGone(db, key);
  if (IsChange(event)) {
    // Who watches a key sees by itself that it is gone; it may have been past its deadline before.
    if (!services_.watched.empty() && !by_itself) [[unlikely]]
      services_.watched.Touch(db, key);
    if (services_.tracking.active()) [[unlikely]]
      services_.tracking.OnChange(key);
  }
  if (services_.settings.notify_events != 0) [[unlikely]] {
    PublishEvent(services_.pubsub, services_.settings.notify_events, db, key, event);
  }
}

void ChangeFeed::OnFlush(int db, size_t keys) {
  services_.statistics.dirty += keys;
  services_.effects.NoteChange();
  const int first = db < 0 ? 0 : db;
  const int last = db < 0 ? services_.databases.count() - 1 : db;
  for (int i = first; i <= last; ++i) services_.watched.TouchFlushed(i);
  services_.tracking.OnFlush();
}

void ChangeFeed::OnSwap(int first, int second) {
  ++services_.statistics.dirty;
  services_.effects.NoteChange();
  services_.watched.TouchSwapped(first, second);
}

}  // namespace thimble
