#pragma once

#include <cstddef>

#include "storage/keyspace/event.h"
#include "storage/table/hash_key.h"

namespace thimble {

class Keyspace;

// A value open for change, and the only way to change one. When the edit ends, a changed compact
// value goes back into the keyspace and an emptied collection is deleted (its kDel reported after
// the committed event).
//
// A handler calls Commit exactly once if it changed anything, and not at all otherwise.
// Move-only. Holds a borrowed key: it must outlive the edit, as a command's arguments do.
template <class V>
class KeyEdit {
 public:
  V* operator->();
  V& operator*();
  // Whether the key was there when the edit began.
  bool existed() const;
  // States what happened, once: `changes` elements were written.
  void Commit(Event event, size_t changes);
};

}  // namespace thimble
