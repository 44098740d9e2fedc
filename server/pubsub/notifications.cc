#include "server/pubsub/notifications.h"

#include <string>

#include "server/pubsub/pubsub.h"

namespace thimble {

uint32_t ParseEventClasses(Bytes letters) {
  uint32_t classes = 0;
  for (const char letter : letters) {
    switch (letter) {
      case 'K':
        classes |= kEventOfKeyspace;
        break;
      case 'E':
        classes |= kEventOfKeyevent;
        break;
      case 'g':
        classes |= kEventGeneric;
        break;
      case '$':
        classes |= kEventString;
        break;
      case 's':
        classes |= kEventSet;
        break;
      case 'h':
        classes |= kEventHash;
        break;
      case 'x':
        classes |= kEventExpired;
        break;
      case 'e':
        classes |= kEventEvicted;
        break;
      case 'm':
        classes |= kEventMiss;
        break;
      case 'n':
        classes |= kEventNew;
        break;
      case 'A':
        classes |=
            kEventGeneric | kEventString | kEventSet | kEventHash | kEventExpired | kEventEvicted;
        break;
      default:
        break;
    }
  }
  return classes;
}

EventClass ClassOf(Event event) {
  switch (event) {
    case Event::kDel:
    case Event::kExpire:
    case Event::kPersist:
    case Event::kRenameFrom:
    case Event::kRenameTo:
    case Event::kMoveFrom:
    case Event::kMoveTo:
    case Event::kCopyTo:
    case Event::kRestore:
      return kEventGeneric;
    case Event::kExpired:
      return kEventExpired;
    case Event::kEvicted:
      return kEventEvicted;
    case Event::kSet:
    case Event::kSetRange:
    case Event::kIncrBy:
    case Event::kIncrByFloat:
    case Event::kAppend:
      return kEventString;
    case Event::kHSet:
    case Event::kHIncrBy:
    case Event::kHIncrByFloat:
    case Event::kHDel:
    case Event::kHExpire:
    case Event::kHPersist:
    case Event::kHExpired:
      return kEventHash;
    case Event::kSAdd:
    case Event::kSRem:
    case Event::kSPop:
    case Event::kSInterStore:
    case Event::kSUnionStore:
    case Event::kSDiffStore:
      return kEventSet;
    case Event::kNew:
      return kEventNew;
    case Event::kKeyMiss:
      return kEventMiss;
  }
  return kEventGeneric;
}

void PublishEvent(PubSub& pubsub, uint32_t classes, int db, Bytes key, Event event) {
  if ((classes & ClassOf(event)) == 0 || pubsub.idle()) return;
  const std::string database = "@" + std::to_string(db) + "__:";
  const Bytes name = EventName(event);
  if ((classes & kEventOfKeyspace) != 0) {
    std::string channel = "__keyspace" + database;
    channel += key;
    pubsub.Publish(channel, name);
  }
  if ((classes & kEventOfKeyevent) != 0) {
    std::string channel = "__keyevent" + database;
    channel += name;
    pubsub.Publish(channel, key);
  }
}

}  // namespace thimble
