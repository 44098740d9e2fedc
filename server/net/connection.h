#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "protocol/output_buffer.h"
#include "storage/common/bytes.h"

namespace thimble {

class Connection;
class Loop;

// What a connection reports to. One handler serves all connections of a server.
class ConnectionHandler {
 public:
  virtual ~ConnectionHandler() = default;
  // A new connection; the handler may keep state for it through set_session.
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
//             a buffer of the connection's own; ExpectInput sizes it so that a large bulk is read
//             straight into place.
// Output      output() is appended to by the handler and flushed once per batch with one gathered
//             write; what the socket does not take waits for it to be writable. Reading never
//             stops because output waits.
// Lifetime    Owned by the loop. Close() detaches the handler at once; memory goes when the
//             event loop has closed the handle.
class Connection {
 public:
  virtual ~Connection() = default;

  // --- Input --------------------------------------------------------------------------------
  Bytes input() const;
  // Drops the first bytes of input(); views into what stays remain valid until OnInput returns.
  void Consume(size_t bytes);
  // A hint that input() will need to grow to `bytes` in all.
  void ExpectInput(size_t bytes);
  // Has OnInput called again soon with what was left, as if more had arrived (after a pause).
  void ResumeInput();
  size_t InputMemoryBytes() const;
  // Unconsumed input bytes held now.
  size_t input_bytes() const;

  // --- Output -------------------------------------------------------------------------------
  OutputBuffer& output();
  // Writes now what the socket takes. Only needed outside OnInput (push messages, MONITOR).
  void Flush();
  // Has Flush called once before the loop sleeps again; cheap to call many times.
  void FlushSoon();

  // --- End ----------------------------------------------------------------------------------
  // Closes when all output has been written; further input is ignored.
  void CloseAfterFlush();
  // Closes now, dropping output. OnClose is called from the loop, never from inside this call.
  void Close();
  bool closing() const;

  // --- Facts --------------------------------------------------------------------------------
  std::string PeerAddress() const;   // "127.0.0.1:50312", "[::1]:50312", "/path:0" for unix sockets.
  std::string LocalAddress() const;
  bool is_unix() const;
  bool peer_is_loopback() const;  // True for unix sockets as well.
  int fd() const;
  uint64_t total_bytes_in() const;
  uint64_t total_bytes_out() const;

  void set_session(void* session);
  void* session() const;
};

}  // namespace thimble
