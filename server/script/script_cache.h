#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "storage/common/bytes.h"
#include "storage/table/hash_key.h"

namespace thimble {

// A compiled script of EVAL.
struct Script {
  std::string source;
  std::string sha;                   // 40 hexadecimal digits.
  uint32_t flags = 0;                // ScriptFlag bits.
  int function = 0;                  // Its place in the interpreter's registry.
  bool keeps_arguments = false;      // Leaves KEYS and ARGV as it finds them.
  bool kept = false;                 // SCRIPT LOAD: stays until SCRIPT FLUSH.
  std::list<Script*>::iterator age;  // In the list of those that do not stay.
};

// Scripts by SHA-1 and, for EVAL, by source: a source seen before is not digested again.
//
// Bounds    Of scripts that EVAL brought, the 500 used last stay, as in Redis 7.4; what SCRIPT LOAD
//           brought stays.
class ScriptCache {
 public:
  static constexpr size_t kMaxFleeting = 500;

  explicit ScriptCache(const HashKey& hash_key);

  size_t size() const { return by_sha_.size(); }
  // What the cache holds beside the compiled functions, estimated.
  size_t MemoryBytes() const { return memory_bytes_; }

  // By 40 hexadecimal digits in any case; null if unknown.
  Script* FindBySha(Bytes sha);
  Script* FindBySource(Bytes source);
  // Takes a script that is not there yet.
  Script& Add(std::unique_ptr<Script> script);
  // It was used by EVAL or EVALSHA: the last to go.
  void Touch(Script& script);
  void Keep(Script& script);
  // Takes out the one that has to go, if there is one too many.
  std::unique_ptr<Script> TakeSurplus();
  void Clear();

 private:
  using Digits = std::array<char, 40>;
  struct HashDigits {
    size_t operator()(const Digits& digits) const;
  };
  struct HashSource {
    const HashKey* key;
    size_t operator()(Bytes source) const { return key->Hash(source); }
  };
  static size_t CostOf(const Script& script) { return sizeof(Script) + script.source.size() + 200; }

  std::unordered_map<Digits, std::unique_ptr<Script>, HashDigits> by_sha_;
  std::unordered_map<Bytes, Script*, HashSource> by_source_;
  std::list<Script*> fleeting_;  // The one to go first in front.
  size_t memory_bytes_ = 0;
};

}  // namespace thimble
