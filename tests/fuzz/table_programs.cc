// The programs of table_fuzz.cc, of random bytes: no guidance, which takes most of a fuzzer's time,
// and mostly short ones, whose tables are checked sooner, so that tens of millions of operations
// are a matter of minutes.
//
//   table_programs OPERATIONS SEED     prints, as the target does, how many there were
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>

#include "storage/common/number.h"
#include "storage/common/random.h"
#include "tests/fuzz/table_fuzz.h"

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int main(int argc, char** argv) {
  using thimble::ParseInt64;
  const auto operations = argc == 3 ? ParseInt64(argv[1]) : std::nullopt;
  const auto seed = argc == 3 ? ParseInt64(argv[2]) : std::nullopt;
  if (!operations || !seed) {
    std::fprintf(stderr, "usage: table_programs OPERATIONS SEED\n");
    return 2;
  }
  LLVMFuzzerInitialize(&argc, &argv);
  thimble::Random random(static_cast<uint64_t>(*seed));
  constexpr size_t kLongest = 1000;
  std::string program;
  while (thimble::TableFuzzOperations() < static_cast<uint64_t>(*operations)) {
    program.resize(1 + random.Below(1 + random.Below(kLongest)));
    for (char& byte : program) byte = static_cast<char>(random.Below(256));
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(program.data()), program.size());
  }
}
