#pragma once

#include <cstdint>

#include "protocol/output_buffer.h"
#include "server/command/services.h"
#include "server/command/spec.h"

namespace thimble {

struct Client;

// Whether what a command answers are pushes: a client gets them whatever it said by CLIENT REPLY.
constexpr bool AnswersByPushes(const CommandSpec& spec) {
  return spec.Is(kPubSub) && spec.Is(kWhileSubscribed);
}

// Sends clients what they did not ask for just now: messages and invalidations.
//
// To the client whose command is running, a push goes out when that command's reply is complete, so
// that it never stands inside one.
class Pushes {
 public:
  explicit Pushes(Services& services) : services_(services) {}

  // Adds a whole frame. Closes a client whose output grows beyond its limits.
  void Send(Client& client, const OutputBuffer& frame);
  void Send(Client& client, const SharedFrame& frame);

  // --- For the dispatcher -------------------------------------------------------------------
  // Between these two, `client`'s commands run.
  void Hold(Client& client) { running_ = &client; }
  void Release() { running_ = nullptr; }
  // A command is through: whether something waits for that, and out with it.
  bool waiting() const { return held_.any; }
  void Deliver() { Deliver(*running_, held_); }

  // What waits for a command to be through.
  struct Held {
    bool any = false;
    OutputBuffer frames;
    bool too_many = false;  // More than the client may have waiting: it is closed instead.

    void Clear() {
      frames.Clear();
      any = too_many = false;
    }
  };
  // A command is left in its middle, or goes on: what waits here changes places with `other`.
  void Exchange(Held& other);
  void Deliver(Client& client, Held& held);

  // The client whose commands run now; null while none does.
  Client* running() const { return running_; }

 private:
  template <class Write>
  void SendWith(Client& client, Write write);

  Services& services_;
  Client* running_ = nullptr;
  Held held_;
};

}  // namespace thimble
