#include "server/commands/field_deadlines.h"

#include <algorithm>

#include "server/command/field_effects.h"
#include "storage/common/number.h"

namespace thimble {
namespace {

// The latest that a client may ask for. Files and payloads may bring later ones, and a log says so.
constexpr int64_t kLatestAskedMs = (int64_t{1} << 46) - 1;

}  // namespace

Result<FieldDeadline> ReadFieldDeadline(Bytes number, ExpiryForm form, CommandContext& ctx) {
  const std::optional<int64_t> time = ParseInt64(number);
  if (!time) return Errc::kNotInteger;
  if (*time < 0) return Error::Message("ERR invalid expire time, must be >= 0");
  const int64_t now_ms = ctx.NowMs();
  Result<int64_t> ms = AbsoluteMs(*time, form, now_ms);
  if (!ms.ok()) return ms.error();
  const auto latest_ms = static_cast<int64_t>(kLatestFieldDeadlineMs);
  const bool is_replay = ctx.environment().timeless;
  if (*ms > (is_replay ? latest_ms : kLatestAskedMs)) return Errc::kInvalidExpireTime;
  // 0 would mean "no deadline".
  return FieldDeadline{.ms = std::max(static_cast<uint64_t>(*ms), uint64_t{1}),
                       .is_past = *ms <= now_ms && !is_replay};
}

Result<size_t> TakeFieldCount(ArgCursor& args, const char* not_positive) {
  if (!args.TakeWord("fields")) {
    return Error::Message("ERR Mandatory argument FIELDS is missing or not at the right position");
  }
  const std::optional<int64_t> count = ParseInt64(args.Next());
  if (!count || *count < 1) return Error::Message(not_positive);
  return static_cast<size_t>(*count);
}

Result<void> TakeFieldsWord(ArgCursor& args) {
  Result<size_t> count = TakeFieldCount(args);
  if (!count.ok()) return count.error();
  if (*count != args.Remaining()) return WrongFieldCount();
  return Ok();
}

Error WrongFieldCount() {
  return Error::Message("ERR The `numfields` parameter must match the number of arguments");
}

void DeadlineChange::Apply(HashValue& hash, const Hashed& field) {
  if (deadline_.is_past) {
    hash.Erase(field);
  } else {
    hash.SetDeadline(field, deadline_.ms);
  }
  fields_.push_back(field.bytes);
}

void DeadlineChange::Commit(KeyEdit<HashValue>& edit) {
  if (fields_.empty()) return;
  edit.Commit(event(), fields_.size());
  Effects& effects = ctx_.services().effects;
  const int database = ctx_.client().database;
  if (deadline_.is_past) return TellFieldsGone(effects, database, key_, fields_);
  TellFieldDeadline(effects, database, key_, deadline_.ms, fields_);
}

Event DeadlineChange::event() const {
  if (deadline_.is_past) return Event::kHDel;
  return deadline_.ms == 0 ? Event::kHPersist : Event::kHExpire;
}

}  // namespace thimble
