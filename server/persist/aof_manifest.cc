#include "server/persist/aof_manifest.h"

#include <algorithm>
#include <cctype>

#include "server/command/args.h"
#include "storage/common/number.h"
#include "storage/common/words.h"

namespace thimble {
namespace {

constexpr size_t kMaxManifestLine = 1024;
constexpr const char* kFormat = "Invalid AOF manifest file format";

// A name that leads elsewhere must not be followed.
bool IsPath(const std::string& name) {
  return name.find('/') != std::string::npos || name.find('\\') != std::string::npos;
}

// Puts one line where it belongs. Returns what is wrong with it, or null.
const char* AddLine(AofManifest& manifest, Bytes line) {
  const auto words = SplitWords(line);
  if (!words || words->size() < 6 || words->size() % 2 != 0) return kFormat;
  AofManifest::File file;
  std::string type;
  for (size_t i = 0; i < words->size(); i += 2) {
    const std::string& value = (*words)[i + 1];
    if (EqualsIgnoringCase((*words)[i], "file")) {
      file.name = value;
      if (IsPath(file.name)) return "File can't be a path, just a filename";
    } else if (EqualsIgnoringCase((*words)[i], "seq")) {
      file.sequence = ParseUint64(value).value_or(0);
    } else if (EqualsIgnoringCase((*words)[i], "type")) {
      type = value;
    }
  }
  if (file.name.empty() || file.sequence == 0 || file.sequence > AofManifest::kMostSequence ||
      type.empty()) {
    return kFormat;
  }
  if (manifest.Names(file.name)) return "Found a file that is named twice";
  if (type == "b") {
    if (manifest.base) return "Found duplicate base file information";
    manifest.base = std::move(file);
  } else if (type == "i") {
    if (!manifest.increments.empty() && file.sequence <= manifest.increments.back().sequence) {
      return "Found a non-monotonic sequence number";
    }
    manifest.increments.push_back(std::move(file));
  } else if (type == "h") {
    manifest.history.push_back(std::move(file));
  } else {
    return "Unknown AOF file type";
  }
  return nullptr;
}

Error Wrong(size_t line_number, Bytes line, const char* why) {
  return Error::Message("Reading the manifest file, at line " + std::to_string(line_number) +
                        ": >>> '" + std::string(line) + "': " + why);
}

uint64_t LastOf(const std::vector<AofManifest::File>& files) {
  uint64_t last = 0;
  for (const AofManifest::File& file : files) last = std::max(last, file.sequence);
  return last;
}

void AppendLine(std::string& text, const AofManifest::File& file, char type) {
  text += "file ";
  const bool is_plain = std::all_of(file.name.begin(), file.name.end(), [](unsigned char c) {
    return std::isgraph(c) != 0 && c != '"' && c != '\'' && c != '\\';
  });
  if (is_plain) {
    text += file.name;
  } else {
    AppendQuoted(text, file.name);
  }
  text += " seq " + std::to_string(file.sequence) + " type " + type + "\n";
}

}  // namespace

Result<AofManifest> AofManifest::Parse(Bytes text) {
  AofManifest manifest;
  if (text.empty()) return Wrong(0, "", "Found an empty AOF manifest");
  size_t line_number = 0;
  while (!text.empty()) {
    ++line_number;
    const size_t end = text.find('\n');
    Bytes line = text.substr(0, end);
    if (end == Bytes::npos || line.size() > kMaxManifestLine) {
      return Wrong(line_number, line.substr(0, kMaxManifestLine),
                   "The AOF manifest file contains too long line");
    }
    text.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with('#')) continue;
    if (const char* const why = AddLine(manifest, line)) return Wrong(line_number, line, why);
  }
  if (!manifest.base && manifest.increments.empty() && manifest.history.empty()) {
    return Wrong(line_number, "", "Found an empty AOF manifest");
  }
  return manifest;
}

uint64_t AofManifest::NextBaseSequence() const {
  return std::max({base ? base->sequence : 0, LastOf(history), taken}) + 1;
}

uint64_t AofManifest::NextIncrementSequence() const {
  return std::max({increments.empty() ? 0 : increments.back().sequence, LastOf(history), taken}) +
         1;
}

bool AofManifest::Names(const std::string& name) const {
  const auto is_it = [&](const File& file) { return file.name == name; };
  return (base && is_it(*base)) || std::any_of(increments.begin(), increments.end(), is_it) ||
         std::any_of(history.begin(), history.end(), is_it);
}

std::string AofManifest::ToText() const {
  std::string text;
  if (base) AppendLine(text, *base, 'b');
  for (const File& file : history) AppendLine(text, file, 'h');
  for (const File& file : increments) AppendLine(text, file, 'i');
  return text;
}

}  // namespace thimble
