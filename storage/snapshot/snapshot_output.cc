#include "storage/snapshot/snapshot_output.h"

#include "storage/keyspace/databases.h"

namespace thimble {

bool WriteDatabases(Databases& databases, SnapshotOutput& output, FunctionRef<void()> progress) {
  for (int i = 0; i < databases.count(); ++i) {
    Keyspace& keys = databases[i];
    if (keys.size() == 0) continue;
    output.BeginDatabase(i, keys.size(), keys.deadlines());
    const auto write = [&](const Text& key, const Keyspace::Item& item) {
      output.WriteKey(key, item);
      progress();
      return output.ok();
    };
    if (!keys.ForEachItemWhile(write)) return false;
  }
  output.WriteEnd();
  return output.ok();
}

}  // namespace thimble
