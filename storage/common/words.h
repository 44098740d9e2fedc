#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// Splits a line as a shell would: words between white space, "double quotes" with \n \r \t \b \a
// \xff and \" inside, 'single quotes' with \' inside. A closing quote must be followed by white
// space or the end. Nothing if quotes are not balanced. What AppendQuoted wrote comes back.
std::optional<std::vector<std::string>> SplitWords(Bytes line);

// Reads the rest of a quoted part, `at` being behind its opening quote. Appends what it means to
// `out` and leaves `at` behind the closing quote. False if there is none.
bool ReadQuoted(Bytes line, size_t& at, char quote, std::string& out);

// Appends `bytes` in double quotes, with whatever is not printable ASCII escaped.
void AppendQuoted(std::string& out, Bytes bytes);

// ASCII only, whatever the locale.
std::string LowerCase(Bytes text);

}  // namespace thimble
