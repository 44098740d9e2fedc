#include "server/command/effect_stream.h"

#include <algorithm>
#include <cstring>

#include "protocol/request_text.h"
#include "storage/common/check.h"
#include "storage/common/copy.h"

namespace thimble {
namespace {

constexpr Bytes kMulti = "*1\r\n$5\r\nMULTI\r\n";
constexpr Bytes kExec = "*1\r\n$4\r\nEXEC\r\n";
// Room beyond this does not stay.
constexpr size_t kMaxKeptBytes = size_t{1} << 20U;

}  // namespace

char* EffectStream::Reserve(size_t bytes) {
  if (bytes_.size() - used_ < bytes) [[unlikely]]
    bytes_.resize(std::max(used_ + bytes, 2 * bytes_.size()));
  return bytes_.data() + used_;
}

void EffectStream::Append(Bytes bytes) {
  CopyBytes(Reserve(bytes.size()), bytes.data(), bytes.size());
  used_ += bytes.size();
}

void EffectStream::Select(int database) {
  if (database == database_) [[likely]]
    return;
  database_ = database;
  const std::string digits = std::to_string(database);
  std::string request;
  AppendRequest(request, std::initializer_list<Bytes>{"SELECT", digits});
  Append(request);
}

void EffectStream::BeginEffect(int database) {
  if (effects_ == 1) {
    Append(kMulti);  // Then it is moved before the first request.
    const auto begin = bytes_.begin() + static_cast<std::ptrdiff_t>(group_begin_);
    const auto end = bytes_.begin() + static_cast<std::ptrdiff_t>(used_);
    std::rotate(begin, end - static_cast<std::ptrdiff_t>(kMulti.size()), end);
  }
  Select(database);
  if (effects_++ == 0) group_begin_ = used_;
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

void EffectStream::AddRequest(int database, Bytes request) {
  BeginEffect(database);
  Append(request);
}

void EffectStream::EndGroup() {
  if (effects_ > 1) Append(kExec);
  effects_ = 0;
}

void EffectStream::Stamp(int64_t now_s) {
  if (in_group() || now_s <= stamped_s_) return;
  stamped_s_ = now_s;
  Append("#TS:" + std::to_string(now_s) + "\r\n");
}

std::string EffectStream::Take() {
  const size_t whole = size();
  const size_t open = used_ - whole;
  std::string taken(bytes_, 0, whole);
  std::memmove(bytes_.data(), bytes_.data() + whole, open);
  used_ = open;
  group_begin_ = 0;
  if (bytes_.size() > std::max(kMaxKeptBytes, open)) {
    bytes_.resize(std::max(kMaxKeptBytes, open));
    bytes_.shrink_to_fit();
  }
  return taken;
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
