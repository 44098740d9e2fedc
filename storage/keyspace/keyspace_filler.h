#pragma once

#include "storage/keyspace/keyspace.h"
#include "storage/table/table_filler.h"

namespace thimble {

// Gives a keyspace very many keys in whatever order they come, as TableFiller does a table: a key
// is there when its part has been entered. Nobody is told of them, and nobody else may change the
// keyspace meanwhile.
class KeyspaceFiller {
 public:
  // About `expected` keys will come, as far as is known. Keyspace and budget outlive the filler.
  KeyspaceFiller(Keyspace& keyspace, size_t expected, FillBudget& budget);
  // Enters what waits, but for keys that are there already.
  ~KeyspaceFiller();
  KeyspaceFiller(const KeyspaceFiller&) = delete;
  KeyspaceFiller& operator=(const KeyspaceFiller&) = delete;

  const Keyspace& keyspace() const { return keyspace_; }
  void Add(const Hashed& key, const Keyspace::Incoming& incoming, const Keyspace::Arrival& arrival);

  // Whether a part should be entered before more is added.
  bool IsFull() const { return filler_.IsFull(); }
  bool empty() const { return filler_.empty(); }
  // Enters the next part. `refused` hears of each key that was there already, or came twice; its
  // new value is dropped.
  void EnterPart(FunctionRef<void(const Text& key)> refused);

 private:
  Keyspace& keyspace_;
  AccessClock clock_;  // As of the last part: seconds are what counts.
  TableFiller filler_;
};

}  // namespace thimble
