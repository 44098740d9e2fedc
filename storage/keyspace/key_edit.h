#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "storage/keyspace/event.h"
#include "storage/keyspace/stored_value.h"
#include "storage/table/hash_key.h"

namespace thimble {

class Keyspace;

// What the keyspace must remember of a value while it is open. Its own business.
struct EditState {
  Keyspace* keyspace = nullptr;
  Hashed key;
  TablePosition position;  // Good for as long as the table keeps this generation.
  uint32_t generation = 0;
  Representation representation = Representation::kInteger;
  void* pointer = nullptr;  // Of a table or a blob; null for what is embedded.
  size_t value_bytes = 0;   // In the keyspace's table.
  size_t owned_bytes = 0;
  size_t elements = 0;
  bool had_field_deadlines = false;
  bool existed = false;
  bool closed = false;   // The outcome is in the keyspace.
  bool emptied = false;  // The outcome was that the key is gone.
};

// A value open for change, and the only way to change one. Commit puts the outcome into the
// keyspace, deletes an emptied collection and tells the observer (kDel after the committed event,
// with no changes of its own). An edit that ends without Commit puts back what was changed but
// reports nothing except that kDel. Fields that it found past their deadline are reported first.
//
// A handler calls Commit exactly once if it changed anything, and not at all otherwise. After it
// the value may still be read, until the next non-const call on its keyspace, but not changed.
// While an edit is open its key must not be touched in another way.
//
// Cost        An embedded value is copied into scratch memory and back, no heap involved; a blob
//             and a table are changed in place.
// Stays where Keyspace::Edit makes it. Holds a borrowed key: it must outlive the edit, as a
// command's arguments do.
template <class V>
class KeyEdit {
 public:
  // For Keyspace::Edit; the position is nowhere if the key is missing.
  KeyEdit(Keyspace& keyspace, const Hashed& key, TablePosition position, const StoredValue& stored);
  KeyEdit(const KeyEdit&) = delete;
  KeyEdit& operator=(const KeyEdit&) = delete;
  ~KeyEdit();

  V* operator->() { return &value_; }
  V& operator*() { return value_; }
  // Whether the key was there when the edit began.
  bool existed() const { return state_.existed; }
  // States what happened, once: `changes` elements were written. `then` is told behind `event`.
  void Commit(Event event, size_t changes, std::optional<Event> then = std::nullopt);

 private:
  void Close();

  EditState state_;
  V value_;
};

}  // namespace thimble
