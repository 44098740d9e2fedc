#pragma once

#include <cstdint>
#include <optional>

#include "server/command/args.h"

namespace thimble {

// How commands are told when a key shall die: EX, PX, EXAT, PXAT and the EXPIRE family.

enum class TimeUnit : uint8_t { kSeconds, kMilliseconds };
enum class TimeBase : uint8_t { kNow, kEpoch };

struct ExpiryForm {
  TimeUnit unit;
  TimeBase base;
  bool operator==(const ExpiryForm&) const = default;
};
inline constexpr ExpiryForm kSecondsFromNow{TimeUnit::kSeconds, TimeBase::kNow};
inline constexpr ExpiryForm kMillisecondsFromNow{TimeUnit::kMilliseconds, TimeBase::kNow};
inline constexpr ExpiryForm kUnixSeconds{TimeUnit::kSeconds, TimeBase::kEpoch};
inline constexpr ExpiryForm kUnixMilliseconds{TimeUnit::kMilliseconds, TimeBase::kEpoch};

// Turns a number into absolute milliseconds. Fails with kInvalidExpireTime where that would
// overflow. Past times, negative ones included, are legal here.
Result<int64_t> AbsoluteMs(int64_t number, ExpiryForm form, int64_t now_ms);

// The same for a time that must be positive, as SET and SETEX demand.
Result<uint64_t> PositiveDeadline(int64_t number, ExpiryForm form, int64_t now_ms);

// An option like "EX 10", not yet read as a number: SET checks its syntax before its values.
struct ExpiryOption {
  ExpiryForm form;
  Bytes number;
};

// Takes "EX n", "PX n", "EXAT n" or "PXAT n" into `option`; false if none is next, or if one of
// another form was taken before. Of the same form the last one counts.
bool TakeExpiryOption(ArgCursor& args, std::optional<ExpiryOption>& option);

// Fails with kNotInteger or kInvalidExpireTime.
Result<uint64_t> ReadExpiryOption(const ExpiryOption& option, int64_t now_ms);

}  // namespace thimble
