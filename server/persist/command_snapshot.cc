#include "server/persist/command_snapshot.h"

#include <algorithm>
#include <span>

#include "protocol/request_text.h"

namespace thimble {
namespace {

constexpr size_t kWorthFlushing = size_t{256} << 10U;
// More elements are spread over several commands, so that none is too long for anybody.
constexpr size_t kElementsPerCommand = 64;

}  // namespace

void CommandSnapshot::Write(std::initializer_list<Bytes> args) {
  AppendRequest(text_, std::span(args.begin(), args.size()));
  FlushAbove(kWorthFlushing);
}

void CommandSnapshot::FlushAbove(size_t bytes) {
  if (text_.size() <= bytes) return;
  ok_ = ok_ && sink_.Write(text_);
  text_.clear();
}

void CommandSnapshot::WriteHead(const std::vector<std::string>& functions) {
  for (const std::string& code : functions) Write({"FUNCTION", "LOAD", code});
}

void CommandSnapshot::BeginDatabase(int index, size_t, size_t) {
  Write({"SELECT", std::to_string(index)});
}

void CommandSnapshot::WriteDeadline(uint64_t deadline_ms) {
  if (deadline_ms != 0) Write({"PEXPIREAT", key_, std::to_string(deadline_ms)});
}

void CommandSnapshot::WriteFieldDeadlines() {
  for (const auto& [field, deadline_ms] : dying_) {
    Write({"HPEXPIREAT", key_, std::to_string(deadline_ms), "FIELDS", "1", field});
  }
  dying_.clear();
}

void CommandSnapshot::WriteKey(const Text& key, const Keyspace::Item& item) {
  switch (item.type) {
    case ObjectType::kString: {
      key_ = key.ToString();
      Write({"SET", key_, item.string.text().Flatten(flat_)});
      return WriteDeadline(item.deadline_ms);
    }
    case ObjectType::kHash:
      BeginHash(key, item, item.hash.size(), 0);
      item.hash.ForEach([&](const FieldValue& pair) {
        TableEntry entry;
        entry.key = pair.field;
        entry.value = pair.value;
        entry.deadline_ms = pair.deadline_ms;
        WriteElement(entry);
      });
      return;
    case ObjectType::kSet:
      BeginSet(key, item, item.set.size());
      item.set.ForEach([&](const Text& member) {
        TableEntry entry;
        entry.key = member;
        WriteElement(entry);
      });
      return;
  }
}

void CommandSnapshot::BeginHash(const Text& key, const Keyspace::Item& item, size_t size,
                                uint64_t) {
  Begin(key, item, size, "HMSET", 2);
}

void CommandSnapshot::BeginSet(const Text& key, const Keyspace::Item& item, size_t size) {
  Begin(key, item, size, "SADD", 1);
}

void CommandSnapshot::Begin(const Text& key, const Keyspace::Item& item, size_t size,
                            const char* name, size_t words_each) {
  key_ = key.ToString();
  deadline_ms_ = item.deadline_ms;
  left_ = size;
  in_command_ = 0;
  name_ = name;
  words_each_ = words_each;
}

void CommandSnapshot::WriteElement(const TableEntry& entry) {
  if (in_command_ == 0) {
    in_command_ = std::min(left_, kElementsPerCommand);
    AppendRequestHeader(text_, '*', 2 + in_command_ * words_each_);
    AppendRequestBulk(text_, name_);
    AppendRequestBulk(text_, key_);
  }
  AppendRequestBulk(text_, entry.key.Flatten(flat_));
  if (words_each_ == 2) AppendRequestBulk(text_, entry.value.Flatten(flat_));
  if (entry.deadline_ms != 0) dying_.emplace_back(entry.key.ToString(), entry.deadline_ms);
  --in_command_;
  --left_;
  if (in_command_ == 0) {
    WriteFieldDeadlines();
    FlushAbove(kWorthFlushing);
  }
  if (left_ == 0) WriteDeadline(deadline_ms_);
}

}  // namespace thimble
