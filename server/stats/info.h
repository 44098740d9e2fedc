#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "storage/common/bytes.h"

namespace thimble {

// Lines "name:value" of one INFO section.
class InfoText {
 public:
  explicit InfoText(std::string& out) : out_(out) {}

  void Field(std::string_view name, std::string_view value);
  template <class T>
  requires std::is_integral_v<T>
  void Field(std::string_view name, T value) { Field(name, std::to_string(value)); }
  // With a fixed number of decimal places and a unit behind.
  void Field(std::string_view name, double value, int places, std::string_view unit = "");
  // Fields of parts the product does not have, or not yet: tools expect them, and zero is the
  // truth.
  void Zeroes(std::initializer_list<std::string_view> names);
  // Two fields: the bytes, and name_human for people.
  void Bytes(std::string_view name, uint64_t bytes);

 private:
  std::string& out_;
};

// The sections of INFO. Each part of the server registers its own at start.
class InfoRegistry {
 public:
  using Writer = std::function<void(InfoText&)>;
  enum class Shown { kByDefault, kOnRequest };  // On request: by name, `all` and `everything`.

  // Sections appear in the order they were added. `name` as its headline is: "Server".
  void Add(std::string_view name, Shown shown, Writer writer);

  // The sections asked for, each once, whatever the order of asking: names in any case, `default`,
  // `all`, `everything`; none at all means `default`. Unknown names give nothing.
  std::string Render(std::span<const thimble::Bytes> names) const;

 private:
  struct Section {
    std::string name;
    Shown shown;
    Writer writer;
  };
  std::vector<Section> sections_;
};

}  // namespace thimble
