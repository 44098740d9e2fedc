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
  const bool awaited = !services_.watched.empty() || services_.tracking.active() ||
                       services_.settings.notify_events != 0;
  if (by_itself || awaited) [[unlikely]]
    Tell(db, key, event, by_itself);
}

// Apart, so that a change nobody waits for does not pay for the room this takes.
void ChangeFeed::Tell(int db, Bytes key, Event event, bool by_itself) {
  if (by_itself) services_.effects.NoteGone(db, key);
  if (IsChange(event)) {
    // Who watches a key sees by itself that it is gone; it may have been past its deadline before.
    if (!services_.watched.empty() && !by_itself) services_.watched.Touch(db, key);
    if (services_.tracking.active()) services_.tracking.OnChange(key, by_itself);
  }
  if (services_.settings.notify_events != 0) {
    PublishEvent(services_.pubsub, services_.settings.notify_events, db, key, event);
  }
}

void ChangeFeed::OnFieldsExpired(int db, Bytes key, std::span<const std::string> fields) {
  services_.effects.NoteFieldsGone(db, key, fields);
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
