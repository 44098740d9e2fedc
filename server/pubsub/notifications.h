#pragma once

#include <cstdint>

#include "storage/common/bytes.h"
#include "storage/keyspace/event.h"

namespace thimble {

class PubSub;

// Classes of keyspace events, as `notify-keyspace-events` names them with letters.
enum EventClass : uint32_t {
  kEventOfKeyspace = 1U << 0U,  // K: published on __keyspace@<db>__:<key>.
  kEventOfKeyevent = 1U << 1U,  // E: published on __keyevent@<db>__:<event>.
  kEventGeneric = 1U << 2U,     // g: DEL, EXPIRE, RENAME, ...
  kEventString = 1U << 3U,      // $
  kEventSet = 1U << 4U,         // s
  kEventHash = 1U << 5U,        // h
  kEventExpired = 1U << 6U,     // x
  kEventEvicted = 1U << 7U,     // e
  kEventMiss = 1U << 8U,        // m: a read found no key. Not part of A.
  kEventNew = 1U << 9U,         // n: a key came to be. Not part of A.
};

// The bits of "KEg$...". Letters of types the product does not have stand for nothing.
uint32_t ParseEventClasses(Bytes letters);

// The class an event belongs to.
EventClass ClassOf(Event event);

// Publishes an event on the channels that `classes` ask for, if on any.
void PublishEvent(PubSub& pubsub, uint32_t classes, int db, Bytes key, Event event);

}  // namespace thimble
