#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace thimble::bench {

// CommandStream turns a template such as `HSET big field:{i12} value:{i12}` into encoded requests.
// Everything in braces is computed from the index of the command, so an element that one stream
// stored is found again by another:
//
//   {i}    the index           {i12}   the same, padded with zeros to 12 digits
//   {d7}   index divided by 7  {m7}    index modulo 7      {p7}   index plus 7
//   {o8}   index modulo 1000, padded with zeros to 8 digits
//   {b18}  18 random bytes     {c18}   18 others           {n40}  a random integer of 40 bits
//   {t1}   four random digits, {t2} four others, and so on
//
// A lone `;` ends a command and begins another for the same index.
//
// Requests lie one after the other in one buffer, so any run of them is sent without a copy.
class CommandStream {
 public:
  explicit CommandStream(const std::vector<std::string>& arguments);

  // Appends the request for one index.
  void Append(uint64_t index);
  void Clear();

  size_t size() const { return ends_.size(); }
  size_t commands_per_index() const { return commands_.size(); }
  // The bytes of requests [first, first + count).
  std::string_view Requests(size_t first, size_t count) const;

 private:
  struct Piece {
    char kind;         // 0: literal text.
    uint64_t operand;  // The number behind the letter.
    std::string text;
  };
  using Argument = std::vector<Piece>;

  static Argument Parse(std::string_view argument);
  static void AppendPiece(const Piece& piece, uint64_t index, std::string* out);

  std::vector<std::vector<Argument>> commands_;
  std::string buffer_;
  std::vector<size_t> ends_;
  std::string scratch_;
};

// A good mix of all bits of its argument; the bench's only source of randomness.
inline uint64_t Mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace thimble::bench
