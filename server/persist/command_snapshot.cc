#include "server/persist/command_snapshot.h"

#include <algorithm>
#include <initializer_list>

#include "protocol/request_text.h"
#include "server/persist/forked_child.h"

namespace thimble {
namespace {

constexpr size_t kWorthFlushing = size_t{256} << 10U;
// More elements are spread over several commands, so that none is too long for anybody.
constexpr size_t kElementsPerCommand = 64;

class CommandWriter {
 public:
  CommandWriter(ByteSink& sink, Walk walk) : sink_(sink), walk_(walk) {}

  bool Write(std::initializer_list<Bytes> args) {
    AppendRequest(text_, std::span(args.begin(), args.size()));
    return FlushAbove(kWorthFlushing);
  }
  bool WriteKey(Bytes key, const Keyspace::Item& item) {
    switch (item.type) {
      case ObjectType::kString: {
        std::string value;
        if (!Write({"SET", key, item.string.text().Flatten(value)})) return false;
        break;
      }
      case ObjectType::kHash:
        WriteHash(key, item.hash);
        break;
      case ObjectType::kSet:
        WriteSet(key, item.set);
        break;
    }
    if (item.deadline_ms == 0) return FlushAbove(kWorthFlushing);
    return Write({"PEXPIREAT", key, std::to_string(item.deadline_ms)});
  }
  bool Flush() { return FlushAbove(0); }

 private:
  // Begins a command that takes the next of `left` elements; returns of how many.
  size_t Begin(Bytes name, Bytes key, size_t left, size_t words_each) {
    const size_t count = std::min(left, kElementsPerCommand);
    AppendRequestHeader(text_, '*', 2 + count * words_each);
    AppendRequestBulk(text_, name);
    AppendRequestBulk(text_, key);
    return count;
  }
  void Append(const Text& word) { AppendRequestBulk(text_, word.Flatten(flat_)); }

  void WriteHash(Bytes key, const HashView& hash) {
    size_t left = hash.size();
    size_t in_command = 0;
    const auto write = [&](const FieldValue& pair) {
      if (in_command == 0) in_command = Begin("HMSET", key, left, 2);
      Append(pair.field);
      Append(pair.value);
      --in_command;
      --left;
      if (in_command == 0) FlushAbove(kWorthFlushing);
    };
    hash.ForEach(write, walk_);
  }
  void WriteSet(Bytes key, const SetView& set) {
    size_t left = set.size();
    size_t in_command = 0;
    const auto write = [&](const Text& member) {
      if (in_command == 0) in_command = Begin("SADD", key, left, 1);
      Append(member);
      --in_command;
      --left;
      if (in_command == 0) FlushAbove(kWorthFlushing);
    };
    set.ForEach(write, walk_);
  }

  bool FlushAbove(size_t bytes) {
    if (!ok_ || text_.size() <= bytes) return ok_;
    ok_ = sink_.Write(text_);
    text_.clear();
    return ok_;
  }

  ByteSink& sink_;
  const Walk walk_;
  std::string text_;
  std::string flat_;
  bool ok_ = true;
};

}  // namespace

bool WriteCommandSnapshot(ByteSink& sink, Databases& databases,
                          const std::vector<std::string>& functions, FunctionRef<void()> progress) {
  const Walk walk = ForkedChild::IsOne() ? Walk::kForget : Walk::kKeep;
  CommandWriter writer(sink, walk);
  for (const std::string& code : functions) {
    if (!writer.Write({"FUNCTION", "LOAD", code})) return false;
  }
  for (int i = 0; i < databases.count(); ++i) {
    Keyspace& keys = databases[i];
    if (keys.size() == 0) continue;
    if (!writer.Write({"SELECT", std::to_string(i)})) return false;
    std::string name;
    const auto write = [&](const Text& key, const Keyspace::Item& item) {
      const bool written = writer.WriteKey(key.Flatten(name), item);
      progress();
      return written;
    };
    if (!keys.ForEachItemWhile(write, walk)) return false;
  }
  return writer.Flush();
}

}  // namespace thimble
