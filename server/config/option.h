#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/common/result.h"

namespace thimble {

struct Settings;

// How REWRITE puts a value into the file.
enum class FileForm : uint8_t {
  kPlain,         // As CONFIG GET shows it.
  kQuoted,        // In double quotes.
  kMemory,        // With the largest unit that divides it.
  kPairPerLine,   // `save`: one line for each two words.
  kClassPerLine,  // `client-output-buffer-limit`: one line for each four words.
};

// What values an option takes. `read` turns the words after its name into the one text that stands
// for the value everywhere (CONFIG GET shows it, Settings are filled from it), or tells why not.
struct ValueType {
  using Words = std::span<const std::string>;
  using Reader = Result<std::string> (*)(const ValueType& type, Words words,
                                         const std::string& current);
  Reader read = nullptr;
  bool several_words = false;  // Else exactly one.
  FileForm form = FileForm::kPlain;
  int64_t min = 0;
  int64_t max = 0;
  std::span<const std::string_view> choices{};
};

enum OptionFlag : uint16_t {
  kPlainOption = 0,
  kImmutable = 1U << 0U,    // CONFIG SET refuses.
  kGuarded = 1U << 1U,      // CONFIG SET refuses unless enable-protected-configs allows it.
  kSensitive = 1U << 2U,    // The value is kept out of logs and of MONITOR.
  kHidden = 1U << 3U,       // CONFIG GET shows it by its full name only.
  kNoEffectYet = 1U << 4U,  // Will matter, does nothing so far: setting it logs a warning.
  kOutside = 1U << 5U,      // Of no concern to this product: kept and given back.
  // Must not be pretended: any value but the default is refused.
  kNeedsTls = 1U << 6U,
  kNeedsAcl = 1U << 7U,
  kNeedsReplication = 1U << 8U,
  kNeedsCluster = 1U << 9U,
  kNotWhileLoading = 1U << 10U,  // CONFIG SET refuses while files are loaded.
};

// One row of the option table.
struct OptionSpec {
  std::string_view name;
  ValueType type;
  std::string_view default_value;  // As CONFIG GET shows it.
  uint16_t flags = kPlainOption;
  void (*apply)(Settings& settings, const std::string& value) = nullptr;
  std::string_view alias{};  // An older spelling of the same option.

  constexpr bool Is(OptionFlag flag) const { return (flags & flag) != 0; }
};

// Every option there is, by name, alias or both.
std::span<const OptionSpec> AllOptions();

// Null if there is none of that name; any case, either spelling.
const OptionSpec* FindOption(std::string_view name);

}  // namespace thimble
