#include "server/commands/client_name.h"

#include <algorithm>

namespace thimble {

bool IsPlainWord(Bytes text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '!' && c <= '~'; });
}

Result<void> NameClient(Client& client, Bytes name) {
  if (!IsPlainWord(name)) {
    return Error::Message(
        "ERR Client names cannot contain spaces, newlines or special characters.");
  }
  client.name = name;
  return Ok();
}

}  // namespace thimble
