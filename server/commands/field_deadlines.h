#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/commands/expiry_options.h"
#include "storage/keyspace/key_edit.h"
#include "storage/value/hash_value.h"

namespace thimble {

// What commands that give deadlines to fields of a hash have in common.

// When a field shall die.
struct FieldDeadline {
  uint64_t ms = 0;       // 0 = never.
  bool is_past = false;  // It dies at once.
};

// Fails with kNotInteger, with kInvalidExpireTime for what lies beyond the year 4199, and for what
// is negative. Nothing is past while a log is replayed.
Result<FieldDeadline> ReadFieldDeadline(Bytes number, ExpiryForm form, CommandContext& ctx);

inline constexpr const char* kFieldsNotPositive = "ERR Number of fields must be a positive integer";
// Takes "FIELDS count" and returns the count, which may be more than what remains. `not_positive`
// is the error for a count that is none. REQUIRES: two arguments remain.
Result<size_t> TakeFieldCount(ArgCursor& args, const char* not_positive = kFieldsNotPositive);
// The same where the fields are all that may follow: they are what remains.
Result<void> TakeFieldsWord(ArgCursor& args);
Error WrongFieldCount();

// Gives some fields of a hash one deadline, and tells of it.
class DeadlineChange {
 public:
  // The key outlives it.
  DeadlineChange(CommandContext& ctx, const Hashed& key, FieldDeadline deadline)
      : ctx_(ctx), key_(key.bytes), deadline_(deadline) {}

  // REQUIRES: the field is there. Its bytes outlive this.
  void Apply(HashValue& hash, const Hashed& field);
  // Commits the edit, unless nothing was applied.
  void Commit(KeyEdit<HashValue>& edit);

 private:
  Event event() const;

  CommandContext& ctx_;
  const Bytes key_;
  const FieldDeadline deadline_;
  std::vector<Bytes> fields_;
};

}  // namespace thimble
