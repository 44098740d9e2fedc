#pragma once

#include <optional>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// Makes the runs (storage/compact/run.h) that small hashes are kept as of the listpacks that files
// hold them in, in one pass each.
//
// Most hashes of a file have the fields of the one before, in the same order: profiles, products,
// sessions. Such a one is written beside its like, which says for each field that it is well
// formed, no integer, and none of those before.
class HashRuns {
 public:
  // The run, which lives until the next is made. Nothing if the listpack is malformed in any way,
  // odd, empty, does not say how many items it has, has more fields than that, or one twice.
  std::optional<Bytes> Make(Bytes listpack, size_t most_fields);

 private:
  const char* WriteLikeTheLast(Bytes items);
  const char* Write(Bytes listpack, size_t count);

  std::vector<char> room_;  // Where the next one is written.
  std::vector<char> last_room_;
  Bytes last_;  // In last_room_.
};

}  // namespace thimble
