#include "server/command/effect_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "protocol/request_text.h"
#include "storage/common/check.h"

namespace thimble {
namespace {

constexpr Bytes kMulti = "*1\r\n$5\r\nMULTI\r\n";
constexpr Bytes kExec = "*1\r\n$4\r\nEXEC\r\n";
constexpr size_t kGrowth = 4096;
// Room beyond this does not stay.
constexpr size_t kMaxKeptBytes = size_t{2} << 20U;

}  // namespace

// By little: what is new is filled with zeros, and memory is there for more as a rule.
void EffectStream::Grow(size_t bytes) {
  bytes_.resize(std::max(used_ + bytes, bytes_.size() + kGrowth));
}

void EffectStream::Select(int database) {
  database_ = database;
  const std::string digits = std::to_string(database);
  std::string request;
  AppendRequest(request, std::initializer_list<Bytes>{"SELECT", digits});
  Append(request);
}

// What the group holds already moves behind it.
void EffectStream::BeginTransaction() {
  Append(kMulti);
  const auto begin = bytes_.begin() + static_cast<std::ptrdiff_t>(group_begin_);
  const auto end = bytes_.begin() + static_cast<std::ptrdiff_t>(used_);
  std::rotate(begin, end - static_cast<std::ptrdiff_t>(kMulti.size()), end);
}

void EffectStream::EndTransaction() {
  Append(kExec);
}

void EffectStream::Add(int database, Bytes name, std::span<const Bytes> args) {
  BeginEffect(database);
  size_t most = 2 * kMaxRequestHeader + name.size() + 2;
  for (const Bytes arg : args) most += kMaxRequestHeader + arg.size() + 2;
  char* const begin = Reserve(most);
  char* out = PutRequestHeader(begin, '*', args.size() + 1);
  out = PutRequestBulk(out, name);
  for (const Bytes arg : args) out = PutRequestBulk(out, arg);
  used_ += static_cast<size_t>(out - begin);
}

void EffectStream::Stamp(int64_t now_s) {
  if (in_group() || now_s <= stamped_s_) return;
  stamped_s_ = now_s;
  Append("#TS:" + std::to_string(now_s) + "\r\n");
}

std::string EffectStream::Take() {
  const size_t whole = size();
  const size_t open = used_ - whole;
  std::string taken = std::exchange(bytes_, std::exchange(spare_, {}));
  used_ = 0;
  group_begin_ = 0;
  Append(Bytes(taken).substr(whole, open));
  taken.resize(whole);
  return taken;
}

void EffectStream::Reuse(std::string room) {
  if (room.capacity() <= kMaxKeptBytes) spare_ = std::move(room);
}

void EffectStream::StartAnew() {
  THIMBLE_DCHECK(!in_group());
  database_ = -1;
  stamped_s_ = 0;
}

void EffectStream::Clear() {
  used_ = group_begin_ = effects_ = 0;
  StartAnew();
}

}  // namespace thimble
