#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "storage/common/bytes.h"
#include "storage/common/number.h"
#include "storage/common/result.h"
#include "storage/table/hash_key.h"

namespace thimble {

// Case-insensitive comparison of ASCII words; `lower` is lower case already.
bool EqualsIgnoringCase(Bytes word, Bytes lower);

// Whether an argument is the option `lower`, in any case. A NUL ends it, as it does in C.
inline bool IsWord(Bytes arg, Bytes lower) {
  if (arg.size() > lower.size() && arg[lower.size()] == '\0') [[unlikely]]
    arg = arg.substr(0, lower.size());
  return EqualsIgnoringCase(arg, lower);
}

// What is known of a request ahead of execution: hashes, recognised by the argument's address.
struct HashHints {
  Hashed key;
  Hashed field;
  size_t input_bytes = 0;  // As it was sent; 0 for what was not.
  // The request itself if it has its shortest form and the arguments are views of it; else empty.
  Bytes sent = {};

  // Only what tells that nothing is known: the rest is not looked at then.
  void Clear() {
    // One by one: what is copied from where it was just written has to wait until it is there.
    key.bytes = {};
    field.bytes = {};
    key.located = {};
    field.located = {};
    input_bytes = 0;
    sent = {};
  }
};

// A command's arguments, read from front to back. Views live until the handler returns.
class ArgCursor {
 public:
  ArgCursor(std::span<const Bytes> args, const HashKey& hash_key, const HashHints& hints)
      : args_(args), hash_key_(&hash_key), hints_(&hints) {}
  // Spelled out so that a handler's cursor is handed over where it was made: what has a copy
  // constructor of its own is passed by reference, and a copy made at once would have to wait until
  // the members are written.
  ArgCursor(const ArgCursor& other)  // NOLINT(modernize-use-equals-default)
      : args_(other.args_), hash_key_(other.hash_key_), hints_(other.hints_) {}
  ArgCursor& operator=(const ArgCursor&) = default;

  size_t Remaining() const { return args_.size(); }
  bool HasNext() const { return !args_.empty(); }
  // The word that the command, or its subcommand, was called by. REQUIRES: nothing was taken yet.
  Bytes CalledBy() const { return *(args_.data() - 1); }
  // REQUIRES of all Next*: HasNext().
  Bytes Next() {
    const Bytes first = args_.front();
    args_ = args_.subspan(1);
    return first;
  }
  // A key, field or member with its hash, taken from the batch's hints where it was made ahead.
  Hashed NextHashed() {
    const Bytes bytes = Next();
    if (bytes.data() == hints_->key.bytes.data()) return hints_->key;
    if (bytes.data() == hints_->field.bytes.data()) return hints_->field;
    return hash_key_->Of(bytes);
  }
  Result<int64_t> NextInt() {
    const auto value = ParseInt64(Next());
    if (!value) return Errc::kNotInteger;
    return *value;
  }

  Bytes Peek() const { return args_.front(); }
  void Skip(size_t count) { args_ = args_.subspan(count); }
  std::span<const Bytes> rest() const { return args_; }

  // Takes the next argument if it is the word `lower`.
  bool TakeWord(Bytes lower) {
    if (args_.empty() || !IsWord(args_.front(), lower)) return false;
    args_ = args_.subspan(1);
    return true;
  }
  // The same for an option with one argument: false, taking nothing, if that argument is missing.
  bool TakeOption(Bytes lower) { return args_.size() >= 2 && TakeWord(lower); }

  const HashKey& hash_key() const { return *hash_key_; }

 private:
  std::span<const Bytes> args_;
  const HashKey* hash_key_;
  const HashHints* hints_;
};

}  // namespace thimble
