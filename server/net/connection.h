#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "protocol/output_buffer.h"
#include "server/net/loop.h"
#include "storage/common/bytes.h"
#include "storage/common/check.h"

namespace thimble {

class Connection;

// What a connection reports to. One handler serves all connections of a server.
class ConnectionHandler {
 public:
  virtual ~ConnectionHandler() = default;
  // A new connection; the handler may keep state for it through set_session, or turn it away: write
  // a line and call CloseAfterFlush. Output is flushed when this returns.
  virtual void OnOpen(Connection& connection) = 0;
  // Input is waiting: connection.input() holds everything not yet consumed. The handler consumes
  // whole requests and leaves the rest, which the connection keeps until more arrives. Output
  // written meanwhile is flushed when this returns.
  virtual void OnInput(Connection& connection) = 0;
  // The peer is gone or Close was called: the last call for this connection.
  virtual void OnClose(Connection& connection) = 0;
};

// One client's socket: bytes in, bytes out. Knows nothing of requests.
//
// Input       While nothing is left over between reads, bytes live in the loop's one shared read
//             buffer, so an idle connection holds no input memory. A partial request is kept in
//             a buffer of the connection's own, of just its size; ExpectInput has it grow so that
//             a large bulk is read straight into place.
// Output      output() is appended to by the handler and flushed once per batch with one gathered
//             write; what the socket does not take waits for it to be writable. Reading never
//             stops because output waits. The handler only adds: what waits is the connection's
//             to consume.
// Fairness    One connection reads about kReadBytes per turn of the loop (a large bulk: 1 MiB).
// Half close  A peer that shuts down its side after a pipeline still gets its replies.
// Lifetime    Owned by the loop. Close() detaches the handler at once; OnClose follows and memory
//             goes when the event loop has closed the handle.
class Connection {
 public:
  // Takes over a connected stream socket. Calls OnOpen. On failure closes `fd`, returns null.
  static Connection* Adopt(Loop& loop, int fd, ConnectionHandler& handler);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // --- Input --------------------------------------------------------------------------------
  Bytes input() const { return input_; }
  // Drops the first bytes of input(); views into it remain valid until OnInput returns.
  void Consume(size_t bytes) {
    THIMBLE_DCHECK(bytes <= input_.size());
    input_.remove_prefix(bytes);
  }
  // A hint that input() will need to grow to `bytes` in all.
  void ExpectInput(size_t bytes) { expected_bytes_ = bytes; }
  // Has OnInput called again soon with what was left, as if more had arrived (after a pause).
  void ResumeInput();
  // Reads nothing more until ResumeInput: what the peer sends waits in the kernel, as does its end.
  // More output is to come until then: CloseAfterFlush waits for it.
  void HoldInput();
  size_t InputMemoryBytes() const { return kept_capacity_; }
  // Unconsumed input bytes held now.
  size_t input_bytes() const { return input_.size(); }

  // --- Output -------------------------------------------------------------------------------
  OutputBuffer& output() { return output_; }
  const OutputBuffer& output() const { return output_; }
  // Writes now what the socket takes. For who must know how much is left.
  void Flush() { FlushNow(); }
  // Has Flush called once before the loop sleeps again; cheap to call many times.
  void FlushSoon();

  // --- End ----------------------------------------------------------------------------------
  // Closes when all output has been written; further input is ignored.
  void CloseAfterFlush();
  // Closes now, dropping output. OnClose is called from the loop, never from inside this call.
  void Close();
  // True from CloseAfterFlush or Close on: no more OnInput.
  bool closing() const { return state_ != State::kOpen; }

  // --- Facts --------------------------------------------------------------------------------
  Loop& loop() const { return loop_; }
  std::string PeerAddress() const;  // "127.0.0.1:50312", "[::1]:50312", "/path:0" for unix sockets.
  std::string LocalAddress() const;  // Of the same forms; empty once closed.
  bool is_unix() const;
  bool peer_is_loopback() const;  // True for unix sockets as well.
  int fd() const { return fd_; }  // -1 once closed.
  uint64_t total_bytes_in() const { return total_bytes_in_; }
  uint64_t total_bytes_out() const { return total_bytes_out_; }

  void set_session(void* session) { session_ = session; }
  void* session() const { return session_; }

 private:
  friend class Loop;
  friend struct Loop::Internals;
  struct Socket;  // The libuv handle and the peer's address.
  enum class State : uint8_t {
    kOpen,
    kFlushing,  // Closes once output_ is empty.
    kClosed,
  };

  Connection(Loop& loop, int fd, ConnectionHandler& handler);
  ~Connection();
  bool Open();
  int StartReading();
  void Detach() { handler_ = nullptr; }

  // Reading.
  void AllocateRead(char*& base, size_t& room);
  void OnRead(int64_t count, const char* base);
  void OnEndOfInput();
  void DeliverInput();
  void KeepInput();
  bool GrowKept(size_t capacity);  // False if memory is out; the client is then let go.
  void ReleaseKept();
  void ResumeNow();

  // Writing.
  void FlushNow();
  void QueueWrite();
  void OnWritten(int status);
  void CountWritten(size_t bytes);
  void Finish();
  void OnHandleClosed();

  Loop& loop_;
  ConnectionHandler* handler_;
  void* session_ = nullptr;
  std::unique_ptr<Socket> socket_;
  OutputBuffer output_;
  Bytes input_;
  // Input kept between reads: input_ lies in it unless it lies in the shared buffer.
  char* kept_ = nullptr;
  size_t kept_capacity_ = 0;
  size_t expected_bytes_ = 0;
  size_t queued_bytes_ = 0;  // The front of output_, handed to libuv and still to be written.
  uint64_t total_bytes_in_ = 0;
  uint64_t total_bytes_out_ = 0;
  size_t index_ = 0;  // In the loop's list of connections.
  int fd_;
  uint32_t read_turn_ = 0;
  uint32_t read_bytes_ = 0;  // In that turn.
  State state_ = State::kOpen;
  bool delivering_ = false;
  bool end_of_input_ = false;
  bool out_of_memory_ = false;
  bool in_flush_list_ = false;
  bool in_resume_list_ = false;
  bool held_ = false;  // HoldInput was called.
};

}  // namespace thimble
