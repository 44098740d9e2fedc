#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "storage/common/bytes.h"
#include "storage/common/copy.h"

namespace thimble {

// Effects as one stream of requests, for a file or a replica: a SELECT where the database changes,
// and MULTI and EXEC around what one command, or one transaction, did if that takes more than one
// request.
//
// Groups      The first Add() after EndGroup() begins one. What is taken are whole groups.
class EffectStream {
 public:
  // One command that, run where the data is as it was, makes the change that happened here.
  void Add(int database, Bytes name, std::span<const Bytes> args);
  // The same of a request as Add would write it.
  void AddRequest(int database, Bytes request);
  bool in_group() const { return effects_ > 0; }
  void EndGroup();

  // A line "#TS:seconds" before the next group, for the first of each second: where a log can be
  // cut to go back in time.
  void Stamp(int64_t now_s);

  // Whole groups not yet taken.
  size_t size() const { return in_group() ? group_begin_ : used_; }
  bool empty() const { return size() == 0; }
  std::string Take();
  // Memory to go on with after the next Take(): best what a string had that was taken. What it
  // holds does not matter.
  void Reuse(std::string room);

  // Whoever reads what follows knows of no SELECT and no time stamp before it. REQUIRES: no group
  // is open.
  void StartAnew();
  // Drops all that was not taken, and starts anew.
  void Clear();

 private:
  void BeginEffect(int database);
  void BeginTransaction();
  void EndTransaction();
  void Select(int database);
  void Append(Bytes bytes);
  char* Reserve(size_t bytes);
  void Grow(size_t bytes);

  std::string bytes_;  // Room, of which used_ bytes are the stream.
  std::string spare_;  // Room for what comes after them.
  size_t used_ = 0;
  size_t group_begin_ = 0;  // Of the open group's first request.
  size_t effects_ = 0;      // Of the open group; 0 = none is open.
  int database_ = -1;       // What the reader has selected.
  int64_t stamped_s_ = 0;
};

inline void EffectStream::AddRequest(int database, Bytes request) {
  BeginEffect(database);
  Append(request);
}

inline void EffectStream::EndGroup() {
  if (effects_ > 1) [[unlikely]]
    EndTransaction();
  effects_ = 0;
}

inline void EffectStream::BeginEffect(int database) {
  if (effects_ == 1) [[unlikely]]
    BeginTransaction();
  if (database != database_) [[unlikely]]
    Select(database);
  if (effects_++ == 0) group_begin_ = used_;
}

inline void EffectStream::Append(Bytes bytes) {
  CopyBytes(Reserve(bytes.size()), bytes.data(), bytes.size());
  used_ += bytes.size();
}

inline char* EffectStream::Reserve(size_t bytes) {
  if (bytes_.size() - used_ < bytes) [[unlikely]]
    Grow(bytes);
  return bytes_.data() + used_;
}

}  // namespace thimble
