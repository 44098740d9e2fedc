#include "server/commands/expiry_options.h"

namespace thimble {

Result<int64_t> AbsoluteMs(int64_t number, ExpiryForm form, int64_t now_ms) {
  int64_t ms = number;
  if (form.unit == TimeUnit::kSeconds && __builtin_mul_overflow(number, int64_t{1000}, &ms)) {
    return Errc::kInvalidExpireTime;
  }
  if (form.base == TimeBase::kNow && __builtin_add_overflow(ms, now_ms, &ms)) {
    return Errc::kInvalidExpireTime;
  }
  return ms;
}

Result<uint64_t> PositiveDeadline(int64_t number, ExpiryForm form, int64_t now_ms) {
  if (number <= 0) return Errc::kInvalidExpireTime;
  Result<int64_t> ms = AbsoluteMs(number, form, now_ms);
  if (!ms.ok()) return ms.error();
  return static_cast<uint64_t>(*ms);
}

bool TakeExpiryOption(ArgCursor& args, std::optional<ExpiryOption>& option) {
  struct Word {
    Bytes word;
    ExpiryForm form;
  };
  static constexpr Word kWords[] = {
      {"ex", kSecondsFromNow},
      {"px", kMillisecondsFromNow},
      {"exat", kUnixSeconds},
      {"pxat", kUnixMilliseconds},
  };
  for (const Word& word : kWords) {
    if (option && !(option->form == word.form)) continue;
    if (!args.TakeOption(word.word)) continue;
    option = ExpiryOption{word.form, args.Next()};
    return true;
  }
  return false;
}

Result<uint64_t> ReadExpiryOption(const ExpiryOption& option, int64_t now_ms) {
  const std::optional<int64_t> number = ParseInt64(option.number);
  if (!number) return Errc::kNotInteger;
  return PositiveDeadline(*number, option.form, now_ms);
}

}  // namespace thimble
