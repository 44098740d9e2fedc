#pragma once

#include <cstddef>

#include "storage/common/function_ref.h"
#include "storage/keyspace/keyspace.h"

namespace thimble {

class Databases;

// Where the content of databases goes, key by key. The elements of a large collection come one by
// one, as many as were announced, before anything else does.
class SnapshotOutput {
 public:
  virtual ~SnapshotOutput() = default;

  // What follows is of that database, which has so many keys, expired ones included, and so many
  // with deadlines.
  virtual void BeginDatabase(int index, size_t keys, size_t deadlines) = 0;
  virtual void WriteKey(const Text& key, const Keyspace::Item& item) = 0;
  // The item says all of the key but its elements. No field's deadline is before `earliest_ms`; 0:
  // none has one.
  virtual void BeginHash(const Text& key, const Keyspace::Item& item, size_t size,
                         uint64_t earliest_ms) = 0;
  virtual void BeginSet(const Text& key, const Keyspace::Item& item, size_t size) = 0;
  virtual void WriteElement(const TableEntry& entry) = 0;  // Without a value: of a set.
  virtual void WriteEnd() = 0;
  virtual bool ok() const = 0;  // False once bytes could not be written.
};

// Gives it all there is, as it is now, and the end. `progress` is called after each key. False, and
// no more is given to it, once it failed.
bool WriteDatabases(Databases& databases, SnapshotOutput& output, FunctionRef<void()> progress);

}  // namespace thimble
