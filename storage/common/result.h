#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "storage/common/check.h"

namespace thimble {

// What can be wrong with a request, without its wording: the text a client reads is chosen in
// server/command/error_text.cc, so that no layer below knows the protocol.
enum class Errc : uint8_t {
  kMessage,            // Error::text() is the whole error line, prefix included ("ERR ...").
  kWrongType,          // The key holds another type.
  kSyntax,             // "syntax error"
  kArity,              // Wrong number of arguments for the command being run.
  kNotInteger,         // "value is not an integer or out of range"
  kNotFloat,           // "value is not a valid float"
  kHashNotInteger,     // The field's value is not an integer.
  kHashNotFloat,       // The field's value is not a float.
  kOverflow,           // "increment or decrement would overflow"
  kNanOrInfinity,      // "increment would produce NaN or Infinity"
  kOutOfRange,         // "value is out of range"
  kNotPositive,        // "value is out of range, must be positive"
  kOffsetOutOfRange,   // "offset is out of range"
  kStringTooLong,      // The string would exceed proto-max-bulk-len.
  kInvalidCursor,      // "invalid cursor"
  kInvalidExpireTime,  // "invalid expire time in '<command>' command"
  kNoSuchKey,          // "no such key"
  kDbOutOfRange,       // "DB index is out of range"
  kInvalidDbIndex,     // "invalid DB index"
  kSameObject,         // "source and destination objects are the same"
  kOutOfMemory,        // -OOM
};

// Why a call did not do what it was asked. Move-only and two words wide: errors are rare, results
// are everywhere.
class [[nodiscard]] Error {
 public:
  Error(Errc code) : code_(code) {}  // NOLINT(google-explicit-constructor): reads as a value.

  // An error with its own full line, e.g. Message("ERR DB index is out of range").
  static Error Message(std::string line) {
    Error error(Errc::kMessage);
    error.text_ = std::make_unique<const std::string>(std::move(line));
    return error;
  }

  Errc code() const { return code_; }
  // The full line of a kMessage error; empty for every other code.
  const std::string& text() const {
    static const std::string kNone;
    return text_ ? *text_ : kNone;
  }

 private:
  Errc code_;
  std::unique_ptr<const std::string> text_;
};

// A T, or the Error that explains why there is none.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT
  Result(Errc code) : state_(std::in_place_index<1>, Error(code)) {}         // NOLINT

  // Makes the T where it will be.
  template <class... Args>
  explicit Result(std::in_place_t, Args&&... args)
      : state_(std::in_place_index<0>, std::forward<Args>(args)...) {}

  bool ok() const { return state_.index() == 0; }

  // REQUIRES: ok().
  T& operator*() { return Value(); }
  const T& operator*() const { return const_cast<Result*>(this)->Value(); }
  T* operator->() { return &Value(); }
  const T* operator->() const { return &const_cast<Result*>(this)->Value(); }

  // Moves the error out, to be returned by the caller. REQUIRES: !ok().
  Error error() {
    THIMBLE_DCHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  T& Value() {
    THIMBLE_DCHECK(ok());
    return *std::get_if<0>(&state_);
  }

  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}  // NOLINT
  Result(Errc code) : failed_(true), error_(code) {}                // NOLINT

  bool ok() const { return !failed_; }
  // REQUIRES: !ok().
  Error error() { return std::move(error_); }

 private:
  bool failed_ = false;
  Error error_{Errc::kMessage};
};

inline Result<void> Ok() {
  return {};
}

}  // namespace thimble
