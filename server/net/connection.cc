#include "server/net/connection.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "server/net/loop_internals.h"
#include "server/net/socket_address.h"

namespace thimble {
namespace {

using Internals = Loop::Internals;

// A large bulk is read this much at a time; nothing else is read further once a connection has
// had its share of a turn.
constexpr size_t kMaxDirectRead = size_t{1} << 20U;
constexpr size_t kReadShare = Internals::kReadBytes;
constexpr size_t kMostAhead = size_t{1} << 20U;
// One gathered write: so many pieces and about so many bytes, then others have their turn.
constexpr size_t kMaxPieces = 64;
constexpr size_t kWriteShare = size_t{1} << 20U;
// A buffer for partial input beyond this is not kept for a remainder far smaller.
constexpr size_t kKeptSlack = size_t{64} << 10U;

// The front of a connection's output, as one gathered write takes it.
struct Gathered {
  explicit Gathered(const OutputBuffer& output) {
    output.VisitFront(kMaxPieces, [this](Bytes piece) {
      buffers[count++] = {const_cast<char*>(piece.data()), piece.size()};
      bytes += piece.size();
    });
  }

  uv_buf_t buffers[kMaxPieces];  // Only the first `count` are set.
  unsigned count = 0;
  size_t bytes = 0;
};

}  // namespace

struct Connection::Socket {
  union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
  };
  SocketAddress peer;
  std::unique_ptr<uv_write_t> write;  // While the socket is full.

  static Connection& Owner(const uv_handle_t* handle) {
    return *static_cast<Connection*>(handle->data);
  }
};

Connection::Connection(Loop& loop, int fd, ConnectionHandler& handler)
    : loop_(loop), handler_(&handler), socket_(std::make_unique<Socket>()), fd_(fd) {}

Connection::~Connection() {
  std::free(kept_);
}

Connection* Connection::Adopt(Loop& loop, int fd, ConnectionHandler& handler) {
  auto* const connection = new Connection(loop, fd, handler);
  Internals& in = loop.internals();
  connection->index_ = in.connections.size();
  in.connections.push_back(connection);
  if (!connection->Open()) {
    connection->Detach();
    connection->Close();
    return nullptr;
  }
  in.Enter();
  connection->delivering_ = true;
  handler.OnOpen(*connection);
  connection->delivering_ = false;
  connection->FlushNow();
  return connection;
}

// Hands the socket to libuv and starts to read. On failure fd_ is closed or belongs to the handle.
bool Connection::Open() {
  Internals& in = loop_.internals();
  Socket& socket = *socket_;
  socket.peer = SocketAddress::OfPeer(fd_);
  int status = 0;
  if (SocketAddress::OfSocket(fd_).is_unix()) {
    uv_pipe_init(&in.loop, &socket.pipe, 0);
    status = uv_pipe_open(&socket.pipe, fd_);
  } else {
    const int on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    uv_tcp_init(&in.loop, &socket.tcp);
    status = uv_tcp_open(&socket.tcp, fd_);
  }
  socket.handle.data = this;
  if (status != 0) {
    close(fd_);
    return false;
  }
  return StartReading() == 0;
}

int Connection::StartReading() {
  return uv_read_start(
      &socket_->stream,
      [](uv_handle_t* handle, size_t /*suggested*/, uv_buf_t* buffer) {
        Socket::Owner(handle).AllocateRead(buffer->base, buffer->len);
      },
      [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
        Socket::Owner(reinterpret_cast<uv_handle_t*>(stream)).OnRead(count, buffer->base);
      });
}

// --- Input ----------------------------------------------------------------------------------

// Where the next read goes. An empty room ends this connection's reading for the turn: libuv then
// reports no buffers, and the socket, still readable, comes up again in the next turn.
void Connection::AllocateRead(char*& base, size_t& room) {
  Internals& in = loop_.internals();
  if (read_turn_ != in.turn) {
    read_turn_ = in.turn;
    read_bytes_ = 0;
  }
  // What waits is moved by every read: no more is read ahead of requests that can run.
  const bool far_ahead = in_resume_list_ && input_.size() > kMostAhead;
  if (read_bytes_ >= kReadShare || far_ahead) {
    room = 0;
    return;
  }
  const size_t waiting = input_.size();
  if (waiting <= Internals::kMaxCarriedBytes && expected_bytes_ <= Internals::kMaxCarriedBytes) {
    base = in.read_buffer.get() + Internals::kMaxCarriedBytes;
    room = Internals::kReadBytes;
    if (waiting > 0) std::memcpy(base - waiting, input_.data(), waiting);
    return;
  }
  if (input_.data() != kept_) std::memmove(kept_, input_.data(), waiting);
  // Memory follows what a client sends, not what it announces.
  const size_t ahead = std::max(waiting, kMaxDirectRead);
  const size_t wanted = expected_bytes_ > waiting ? expected_bytes_ : SIZE_MAX;
  if (kept_capacity_ - waiting < std::min(wanted - waiting, Internals::kReadBytes) &&
      !GrowKept(std::min(wanted, waiting + ahead))) {
    out_of_memory_ = true;
    room = 0;
    return;
  }
  input_ = Bytes(kept_, waiting);
  base = kept_ + waiting;
  room = std::min(kept_capacity_ - waiting, kMaxDirectRead);
}

void Connection::OnRead(int64_t count, const char* base) {
  Internals& in = loop_.internals();
  in.Enter();
  if (count == UV_EOF) return OnEndOfInput();
  if (out_of_memory_) return Close();
  if (count == UV_ENOBUFS || count == 0) return;
  if (count < 0) return Close();

  const auto bytes = static_cast<size_t>(count);
  read_bytes_ += static_cast<uint32_t>(bytes);
  total_bytes_in_ += bytes;
  in.net_totals.bytes_in += bytes;
  ++in.net_totals.reads;
  // What was left over stands right before what arrived, in either buffer.
  input_ = Bytes(base - input_.size(), input_.size() + bytes);
  DeliverInput();
}

void Connection::DeliverInput() {
  if (state_ == State::kOpen) {
    expected_bytes_ = 0;
    delivering_ = true;
    handler_->OnInput(*this);
    delivering_ = false;
  }
  if (state_ == State::kClosed) return;
  KeepInput();
  FlushNow();
}

// Sees to it that what the handler left outlives the shared buffer, and that nothing is held when
// nothing was left.
void Connection::KeepInput() {
  if (state_ != State::kOpen) input_ = {};
  const size_t waiting = input_.size();
  if (waiting == 0) return ReleaseKept();

  const bool in_kept =
      kept_ != nullptr && input_.data() >= kept_ && input_.data() < kept_ + kept_capacity_;
  const bool too_large =
      kept_capacity_ > kKeptSlack && kept_capacity_ / 4 > std::max(waiting, expected_bytes_);
  if (in_kept && !too_large) return;

  char* const old = std::exchange(kept_, nullptr);
  kept_capacity_ = 0;
  if (GrowKept(waiting)) {
    std::memcpy(kept_, input_.data(), waiting);
    input_ = Bytes(kept_, waiting);
  } else {
    Close();
  }
  std::free(old);
}

bool Connection::GrowKept(size_t capacity) {
  if (capacity <= kept_capacity_) return true;
  auto* const grown = static_cast<char*>(std::realloc(kept_, capacity));
  if (grown == nullptr) return false;
  kept_ = grown;
  kept_capacity_ = capacity;
  return true;
}

void Connection::ReleaseKept() {
  input_ = {};
  expected_bytes_ = 0;
  std::free(std::exchange(kept_, nullptr));
  kept_capacity_ = 0;
}

void Connection::HoldInput() {
  if (state_ == State::kClosed) return;
  held_ = true;
  uv_read_stop(&socket_->stream);
}

void Connection::ResumeInput() {
  const bool held = std::exchange(held_, false);
  if (closing()) return;
  if (held && StartReading() != 0) return Close();
  if (in_resume_list_) return;
  in_resume_list_ = true;
  loop_.internals().to_resume.push_back(this);
}

void Connection::ResumeNow() {
  in_resume_list_ = false;
  DeliverInput();
}

// The peer will send nothing more. It may have gone, or wait for the replies to what it sent:
// both are served by closing once nothing is left to say.
void Connection::OnEndOfInput() {
  end_of_input_ = true;
  FlushNow();
}

// --- Output ---------------------------------------------------------------------------------

void Connection::FlushSoon() {
  if (in_flush_list_ || state_ == State::kClosed) return;
  in_flush_list_ = true;
  loop_.internals().to_flush.push_back(this);
}

void Connection::FlushNow() {
  if (loop_.internals().holding) [[unlikely]]
    return FlushSoon();
  size_t share = kWriteShare;
  while (state_ != State::kClosed && queued_bytes_ == 0) {
    if (output_.empty()) return Finish();
    const Gathered front(output_);
    const int written = uv_try_write(&socket_->stream, front.buffers, front.count);
    if (written < 0 && written != UV_EAGAIN) return Close();
    if (written > 0) CountWritten(static_cast<size_t>(written));
    if (written < 0 || static_cast<size_t>(written) < front.bytes || front.bytes > share)
      return output_.empty() ? Finish() : QueueWrite();
    share -= front.bytes;
  }
}

// Leaves the front of the output to libuv until the socket is writable. Chunks stay where they
// are while they wait, so output_ keeps them and goes on growing behind them.
void Connection::QueueWrite() {
  const Gathered front(output_);
  queued_bytes_ = front.bytes;
  socket_->write = std::make_unique<uv_write_t>();
  const int status = uv_write(socket_->write.get(), &socket_->stream, front.buffers, front.count,
                              [](uv_write_t* write, int result) {
                                auto* handle = reinterpret_cast<uv_handle_t*>(write->handle);
                                Socket::Owner(handle).OnWritten(result);
                              });
  if (status != 0) Close();
}

void Connection::OnWritten(int status) {
  loop_.internals().Enter();
  const size_t bytes = std::exchange(queued_bytes_, 0);
  socket_->write.reset();
  if (state_ == State::kClosed) return;
  if (status != 0) return Close();
  CountWritten(bytes);
  FlushNow();
}

void Connection::CountWritten(size_t bytes) {
  NetTotals& totals = loop_.internals().net_totals;
  output_.Consume(bytes);
  total_bytes_out_ += bytes;
  totals.bytes_out += bytes;
  ++totals.writes;
}

// --- End ------------------------------------------------------------------------------------

// All output has been written: closes if that was all this connection waited for.
void Connection::Finish() {
  output_.Clear();
  if (delivering_ || held_) return;
  if (state_ == State::kOpen) {
    if (end_of_input_ && !in_resume_list_) Close();
    return;
  }
  // Closing a socket with unread input resets it, and the peer may lose the last reply. Read what
  // has already come.
  char discarded[16 << 10];
  for (int i = 0; i < 64; ++i) {
    if (recv(fd_, discarded, sizeof discarded, MSG_DONTWAIT) <= 0) break;
  }
  Close();
}

void Connection::CloseAfterFlush() {
  if (state_ != State::kOpen) return;
  state_ = State::kFlushing;
  if (!delivering_) FlushNow();
}

void Connection::Close() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  fd_ = -1;
  uv_close(&socket_->handle, [](uv_handle_t* handle) { Socket::Owner(handle).OnHandleClosed(); });
}

void Connection::OnHandleClosed() {
  Internals& in = loop_.internals();
  in.Enter();
  if (handler_ != nullptr) handler_->OnClose(*this);
  if (in_flush_list_) std::erase(in.to_flush, this);
  if (in_resume_list_) std::erase(in.to_resume, this);
  in.connections[index_] = in.connections.back();
  in.connections[index_]->index_ = index_;
  in.connections.pop_back();
  delete this;
}

// --- Facts ----------------------------------------------------------------------------------

std::string Connection::PeerAddress() const {
  return is_unix() ? LocalAddress() : socket_->peer.ToString();
}

std::string Connection::LocalAddress() const {
  return SocketAddress::OfSocket(fd_).ToString();
}

bool Connection::is_unix() const {
  return socket_->handle.type == UV_NAMED_PIPE;
}

bool Connection::peer_is_loopback() const {
  return is_unix() || socket_->peer.is_loopback();
}

}  // namespace thimble
