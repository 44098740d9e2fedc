#pragma once

#include "server/script/lua.h"

namespace thimble {

// What cjson's options say; one for each table of its functions.
struct JsonOptions {
  bool sparse_convert = false;
  int sparse_ratio = 2;
  int sparse_safe = 10;
  int encode_max_depth = 1000;
  int decode_max_depth = 1000;
  enum InvalidNumbers { kRefuse, kAllow, kNull };
  int encode_invalid_numbers = kRefuse;
  bool decode_invalid_numbers = true;
  bool encode_keep_buffer = true;
  int encode_number_precision = 14;
};

// Pushes the JSON text of the value at index 1.
void EncodeJson(lua_State* lua, const JsonOptions& options);

// Pushes the value that `text` stands for.
void DecodeJson(lua_State* lua, const JsonOptions& options, Bytes text);

}  // namespace thimble
