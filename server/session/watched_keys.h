#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/session/keyed_hash.h"
#include "storage/common/bytes.h"
#include "storage/keyspace/databases.h"

namespace thimble {

// The keys that clients WATCH. A change counts up the version of the key it met; whoever watches
// compares versions when EXEC comes. No change ever looks at a watcher.
class WatchedKeys {
 private:
  struct Key {
    int db;
    uint64_t version = 0;
    size_t watchers = 0;
    const std::string* name = nullptr;
  };

 public:
  WatchedKeys(const HashKey& hash_key, Databases& databases);

  // One key as one client watches it, from construction to destruction.
  class Watch {
   public:
    Watch(WatchedKeys& keys, int db, Bytes name);
    ~Watch() { keys_->Release(*key_); }
    Watch(Watch&& other) noexcept;
    Watch& operator=(Watch&&) = delete;
    // Whether anything happened to the key since. One past its deadline is gone, but stays to be
    // deleted: this is asked in the middle of anything, by CLIENT LIST and the log.
    bool Changed() const;
    // The same for all who watch this key, as long as anybody does.
    const void* id() const { return key_; }

   private:
    WatchedKeys* keys_;
    Key* key_;
    uint64_t version_;
    uint64_t flushes_;
    bool existed_;
  };

  bool empty() const { return total_ == 0; }
  size_t size() const { return total_; }
  // A key changed. O(1).
  void Touch(int db, Bytes name);
  // A database was emptied: touches the watched keys it held. O(1).
  void TouchFlushed(int db) { ++flushes_[static_cast<size_t>(db)]; }
  // Two databases have exchanged contents: touches what either of them holds. O(their watched
  // keys).
  void TouchSwapped(int first, int second);

 private:
  Key& Acquire(int db, Bytes name);
  void Release(Key& key);
  Hashed HashedName(Bytes name) const { return hash_key_.Of(name); }

  const HashKey& hash_key_;
  Databases& databases_;
  std::vector<NameMap<Key>> by_database_;
  std::vector<uint64_t> flushes_;
  size_t total_ = 0;
};

}  // namespace thimble
