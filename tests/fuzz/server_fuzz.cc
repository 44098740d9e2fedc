// A whole server in this process: any bytes from up to three clients, cut into packets anywhere and
// with time passing between them and at every look at the clock, must leave the databases sound and
// the server answering.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "storage/common/check.h"
#include "tests/support/in_process_server.h"

namespace thimble {
namespace {

// Reads decisions from the front of the input.
class Decisions {
 public:
  Decisions(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  bool empty() const { return size_ == 0; }
  uint8_t Byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  Bytes Take(size_t count) {
    const size_t taken = std::min(count, size_);
    const Bytes bytes(reinterpret_cast<const char*>(data_), taken);
    data_ += taken;
    size_ -= taken;
    return bytes;
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

void Play(Decisions input) {
  // Without what reaches outside the process or sleeps: files, sockets, deliberate crashes.
  test::InProcessServer server({{"rename-command", "config none1"},
                                {"rename-command", "debug none2"},
                                {"rename-command", "shutdown none3"},
                                {"client-query-buffer-limit", "1mb"},
                                {"client-output-buffer-limit", "normal 4mb 0 0"},
                                {"proto-max-bulk-len", "1mb"},
                                {"hash-max-listpack-entries", "4"},
                                {"set-max-listpack-entries", "4"},
                                {"set-max-intset-entries", "4"}});
  server.clock().set_step_us(1000);
  std::optional<test::InProcessClient> clients[3];
  while (!input.empty()) {
    const uint8_t what = input.Byte();
    auto& client = clients[what % 3U];
    if (!client || client->closed()) client.emplace(server);
    switch (what / 3U % 8U) {
      case 0:
        server.clock().AdvanceMs(input.Byte() * 100);
        break;
      case 1:
        client.reset();
        break;
      default:
        client->Exchange(input.Take(size_t{input.Byte()} * (what >= 128 ? 64U : 1U) + 1));
    }
  }
  const std::optional<std::string> broken = server.CheckInvariants();
  if (broken) std::fprintf(stderr, "%s\n", broken->c_str());
  THIMBLE_CHECK(!broken);
  test::InProcessClient last(server);
  const std::string answer = last.Call({"ECHO", "alive"});
  THIMBLE_CHECK(answer.empty() || answer == "$5\r\nalive\r\n");  // Nothing while paused.
}

}  // namespace
}  // namespace thimble

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  thimble::Play({data, size});
  return 0;
}
