#include "storage/keyspace/event.h"

#include "storage/common/check.h"

namespace thimble {

const char* EventName(Event event) {
  switch (event) {
    case Event::kDel:
      return "del";
    case Event::kExpire:
      return "expire";
    case Event::kExpired:
      return "expired";
    case Event::kEvicted:
      return "evicted";
    case Event::kPersist:
      return "persist";
    case Event::kRenameFrom:
      return "rename_from";
    case Event::kRenameTo:
      return "rename_to";
    case Event::kMoveFrom:
      return "move_from";
    case Event::kMoveTo:
      return "move_to";
    case Event::kCopyTo:
      return "copy_to";
    case Event::kSet:
      return "set";
    case Event::kSetRange:
      return "setrange";
    case Event::kIncrBy:
      return "incrby";
    case Event::kIncrByFloat:
      return "incrbyfloat";
    case Event::kAppend:
      return "append";
    case Event::kHSet:
      return "hset";
    case Event::kHIncrBy:
      return "hincrby";
    case Event::kHIncrByFloat:
      return "hincrbyfloat";
    case Event::kHDel:
      return "hdel";
    case Event::kHExpire:
      return "hexpire";
    case Event::kHPersist:
      return "hpersist";
    case Event::kHExpired:
      return "hexpired";
    case Event::kSAdd:
      return "sadd";
    case Event::kSRem:
      return "srem";
    case Event::kSPop:
      return "spop";
    case Event::kSInterStore:
      return "sinterstore";
    case Event::kSUnionStore:
      return "sunionstore";
    case Event::kSDiffStore:
      return "sdiffstore";
    case Event::kRestore:
      return "restore";
    case Event::kNew:
      return "new";
    case Event::kKeyMiss:
      return "keymiss";
  }
  CheckFailed(__FILE__, __LINE__, "a known event");
}

}  // namespace thimble
