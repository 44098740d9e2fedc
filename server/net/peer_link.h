#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "storage/common/bytes.h"

namespace thimble {

// A connection to another server, used in turns and not by the loop: each call waits until it is
// done, up to a timeout, and so does everybody else.
class PeerLink {
 public:
  // `host` is a name or an address. Null if there is no connection in time, or `refused`.
  static std::unique_ptr<PeerLink> Connect(const std::string& host, const std::string& port,
                                           int64_t timeout_ms, bool* refused);
  ~PeerLink();
  PeerLink(const PeerLink&) = delete;
  PeerLink& operator=(const PeerLink&) = delete;

  // All of it, or false.
  bool Send(Bytes bytes, int64_t timeout_ms);
  // The next line, its end taken off; nothing if none comes.
  std::optional<std::string> ReadLine(int64_t timeout_ms);
  // Whether the last call failed because time was over, rather than the connection.
  bool timed_out() const { return timed_out_; }

  // The peer's selected database, as far as whoever uses the link keeps account of it.
  int64_t database = -1;

 private:
  explicit PeerLink(int socket) : socket_(socket) {}
  bool WaitFor(int16_t events, int64_t end_ms);

  const int socket_;
  std::string input_;
  bool timed_out_ = false;
};

// Links that were used a moment ago, to be used again. A link in use is not among them.
class PeerLinks {
 public:
  PeerLinks();
  ~PeerLinks();

  // Null if there is none.
  std::unique_ptr<PeerLink> Take(const std::string& host, const std::string& port);
  void Put(const std::string& host, const std::string& port, std::unique_ptr<PeerLink> link);
  // Closes those that have not been used for some seconds.
  void CloseIdle();
  size_t size() const { return links_.size(); }

 private:
  struct Idle {
    std::unique_ptr<PeerLink> link;
    int64_t since_ms;
  };
  std::map<std::string, Idle> links_;  // By "host:port".
};

}  // namespace thimble
