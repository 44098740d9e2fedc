#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "storage/common/bytes.h"

namespace thimble {

// What happened to a key, in the words keyspace notifications use.
enum class Event : uint8_t {
  kDel,
  kExpire,
  kExpired,
  kEvicted,
  kPersist,
  kRenameFrom,
  kRenameTo,
  kMoveFrom,
  kMoveTo,
  kCopyTo,
  kSet,
  kSetRange,
  kIncrBy,
  kIncrByFloat,
  kAppend,
  kHSet,
  kHIncrBy,
  kHIncrByFloat,
  kHDel,
  kHExpire,
  kHPersist,
  kHExpired,
  kSAdd,
  kSRem,
  kSPop,
  kSInterStore,
  kSUnionStore,
  kSDiffStore,
  kRestore,
  // Told only if the environment asks for it.
  kNew,      // The key was not there before; the event that made it follows.
  kKeyMiss,  // A read found nothing.
};

// "hset", "del", ... as published on __keyevent@<db>__ channels.
const char* EventName(Event event);

// Whether something changed: false for what is only told.
constexpr bool IsChange(Event event) {
  return event != Event::kNew && event != Event::kKeyMiss;
}

// Hears of every change to every key, once, after it took effect and before any later one. WATCH,
// notifications, client-side caching, the dirty count, the append-only file and replicas all hang
// here. It must not change the keyspace.
class KeyspaceObserver {
 public:
  virtual ~KeyspaceObserver() = default;
  // `changes` counts elements or keys written, as INFO's rdb_changes_since_last_save does.
  virtual void OnChange(int db, Bytes key, Event event, size_t changes) = 0;
  // Fields of a hash were past their deadline and are gone. OnChange of kHExpired follows, and of
  // kDel if they were the last ones.
  virtual void OnFieldsExpired(int db, Bytes key, std::span<const std::string> fields) = 0;
  // A database was emptied (`db` -1: all of them) of `keys` keys, after OnChange of none of them.
  virtual void OnFlush(int db, size_t keys) = 0;
  // Two databases exchanged their contents.
  virtual void OnSwap(int first, int second) = 0;
};

}  // namespace thimble
