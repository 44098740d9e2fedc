#pragma once

#include <cstdint>
#include <new>
#include <unordered_map>

namespace thimble {

class BlobTaker;

// What those who take the parts of a snapshot have in common.
struct SnapshotState {
  uint64_t now_ms = 0;  // When it began: keys whose deadline is before are gone.
  // There was not enough memory to copy what was about to change: the snapshot is of no use.
  bool failed = false;
  uint64_t aside_bytes = 0;  // What was copied because it was about to change.
  // Blobs that are taken by themselves, by where they are now.
  std::unordered_map<const void*, BlobTaker*> blobs;

  // Does what may need memory.
  template <class Act>
  void Try(Act act) {
    if (failed) return;
    try {
      act();
    } catch (const std::bad_alloc&) {
      failed = true;
    }
  }
};

}  // namespace thimble
