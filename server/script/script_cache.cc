#include "server/script/script_cache.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace thimble {
namespace {

bool ReadDigits(Bytes sha, std::array<char, 40>& digits) {
  if (sha.size() != digits.size()) return false;
  std::transform(sha.begin(), sha.end(), digits.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return true;
}

}  // namespace

size_t ScriptCache::HashDigits::operator()(const Digits& digits) const {
  // A digest is spread evenly already, but for its being text.
  uint64_t parts[2];
  std::memcpy(parts, digits.data(), sizeof parts);
  return (parts[0] ^ (parts[1] << 4U)) * 0x9E3779B97F4A7C15U;
}

ScriptCache::ScriptCache(const HashKey& hash_key) : by_source_(16, HashSource{&hash_key}) {}

Script* ScriptCache::FindBySha(Bytes sha) {
  Digits digits;
  if (!ReadDigits(sha, digits)) return nullptr;
  const auto found = by_sha_.find(digits);
  return found == by_sha_.end() ? nullptr : found->second.get();
}

Script* ScriptCache::FindBySource(Bytes source) {
  const auto found = by_source_.find(source);
  return found == by_source_.end() ? nullptr : found->second;
}

Script& ScriptCache::Add(std::unique_ptr<Script> script) {
  Script& added = *script;
  Digits digits;
  std::copy_n(added.sha.begin(), digits.size(), digits.begin());
  memory_bytes_ += CostOf(added);
  by_source_.emplace(added.source, &added);
  if (!added.kept) added.age = fleeting_.insert(fleeting_.end(), &added);
  by_sha_.emplace(digits, std::move(script));
  return added;
}

void ScriptCache::Touch(Script& script) {
  if (script.kept || fleeting_.back() == &script) return;
  fleeting_.splice(fleeting_.end(), fleeting_, script.age);
}

void ScriptCache::Keep(Script& script) {
  if (std::exchange(script.kept, true)) return;
  fleeting_.erase(script.age);
}

std::unique_ptr<Script> ScriptCache::TakeSurplus() {
  if (fleeting_.size() <= kMaxFleeting) return nullptr;
  Script& oldest = *fleeting_.front();
  fleeting_.pop_front();
  memory_bytes_ -= CostOf(oldest);
  by_source_.erase(oldest.source);
  Digits digits;
  std::copy_n(oldest.sha.begin(), digits.size(), digits.begin());
  auto node = by_sha_.extract(digits);
  return std::move(node.mapped());
}

void ScriptCache::Clear() {
  fleeting_.clear();
  by_source_.clear();
  by_sha_.clear();
  memory_bytes_ = 0;
}

}  // namespace thimble
