#include "storage/table/digest.h"

#include <xxhash.h>

namespace thimble {

uint64_t PublicDigest(Bytes bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace thimble
