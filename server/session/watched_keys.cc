#include "server/session/watched_keys.h"

#include <utility>

namespace thimble {

WatchedKeys::WatchedKeys(const HashKey& hash_key, Databases& databases)
    : hash_key_(hash_key),
      databases_(databases),
      by_database_(static_cast<size_t>(databases.count()), NameMap<Key>(hash_key)),
      flushes_(static_cast<size_t>(databases.count())) {}

WatchedKeys::Watch::Watch(WatchedKeys& keys, int db, Bytes name) : keys_(&keys) {
  existed_ = keys.databases_[db].Holds(keys.HashedName(name));
  key_ = &keys.Acquire(db, name);
  version_ = key_->version;
  flushes_ = keys.flushes_[static_cast<size_t>(db)];
}

WatchedKeys::Watch::Watch(Watch&& other) noexcept
    : keys_(other.keys_),
      key_(other.key_),
      version_(other.version_),
      flushes_(other.flushes_),
      existed_(other.existed_) {
  ++key_->watchers;
}

bool WatchedKeys::Watch::Changed() const {
  if (key_->version != version_) return true;
  if (!existed_) return false;
  if (keys_->flushes_[static_cast<size_t>(key_->db)] != flushes_) return true;
  return !keys_->databases_[key_->db].Holds(keys_->HashedName(*key_->name));
}

WatchedKeys::Key& WatchedKeys::Acquire(int db, Bytes name) {
  NameMap<Key>& names = by_database_[static_cast<size_t>(db)];
  auto found = names.find(name);
  if (found == names.end()) {
    found = names.emplace(name, Key{db}).first;
    found->second.name = &found->first;
    ++total_;
  }
  ++found->second.watchers;
  return found->second;
}

void WatchedKeys::Release(Key& key) {
  if (--key.watchers > 0) return;
  NameMap<Key>& names = by_database_[static_cast<size_t>(key.db)];
  names.erase(names.find(std::string_view(*key.name)));
  --total_;
}

void WatchedKeys::Touch(int db, Bytes name) {
  NameMap<Key>& names = by_database_[static_cast<size_t>(db)];
  if (names.empty()) return;
  const auto found = names.find(name);
  if (found != names.end()) ++found->second.version;
}

void WatchedKeys::TouchSwapped(int first, int second) {
  for (const int db : {first, second}) {
    for (auto& [name, key] : by_database_[static_cast<size_t>(db)]) {
      const Hashed hashed = HashedName(name);
      if (databases_[first].Holds(hashed) || databases_[second].Holds(hashed)) ++key.version;
    }
  }
}

}  // namespace thimble
