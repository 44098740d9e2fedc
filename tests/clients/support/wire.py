"""RESP2 and RESP3 over a plain socket, for checks that no client library may soften."""

import socket


class ReplyError(str):
    """An error reply, as a value: checks compare its text."""


class Status(str):
    """A simple string reply."""


class Push(list):
    """A RESP3 push frame."""


class Wire:
    """A connection that sends exactly what it is told and parses one reply at a time."""

    def __init__(self, port, host="127.0.0.1", timeout_s=10):
        self.socket = socket.create_connection((host, port), timeout=timeout_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb", buffering=65536)
        self.taken = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.reader.close()
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def call(self, *words):
        self.send(encode(*words))
        return self.read()

    def batch(self, commands):
        """Sends all commands in one write and reads one reply for each."""
        self.send(b"".join(encode(*words) for words in commands))
        return [self.read() for _ in commands]

    def read_raw(self):
        """The next reply as the bytes it came in."""
        self.taken.clear()
        self.read()
        return bytes(self.taken)

    def read(self):
        line = self.reader.readline()
        self.taken += line
        if not line.endswith(b"\r\n"):
            raise ConnectionError(f"the server closed the connection (had {line!r})")
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return Status(rest.decode())
        if kind == b"-":
            return ReplyError(rest.decode(errors="replace"))
        if kind == b":":
            return int(rest)
        if kind == b"(":
            return int(rest)
        if kind == b",":
            return float(rest)
        if kind == b"#":
            return rest == b"t"
        if kind == b"_":
            return None
        if kind in (b"$", b"="):
            return self._bulk(int(rest))
        if kind == b"*":
            return None if int(rest) < 0 else [self.read() for _ in range(int(rest))]
        if kind == b"~":
            return {freeze(self.read()) for _ in range(int(rest))}
        if kind == b"%":
            return {freeze(self.read()): self.read() for _ in range(int(rest))}
        if kind == b">":
            return Push(self.read() for _ in range(int(rest)))
        raise ValueError(f"unknown reply {line!r}")

    def expect_silence(self):
        """Fails if a reply waits that nobody asked for."""
        reply = self.call("ECHO", "silence")
        if reply != b"silence":
            raise AssertionError(f"an extra reply waited: {reply!r:.200}")

    def _bulk(self, size):
        if size < 0:
            return None
        data = self.reader.read(size + 2)
        self.taken += data
        if len(data) != size + 2:
            raise ConnectionError("the server closed the connection inside a bulk string")
        return data[:-2]


def freeze(value):
    """A hashable form of a reply, for members of RESP3 sets and keys of maps."""
    if isinstance(value, list):
        return tuple(map(freeze, value))
    if isinstance(value, set):
        return frozenset(value)
    if isinstance(value, dict):
        return tuple((key, freeze(item)) for key, item in value.items())
    return value


def encode(*words):
    """A command as an array of bulk strings."""
    parts = [w if isinstance(w, bytes) else str(w).encode() for w in words]
    return b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(p), p) for p in parts)
