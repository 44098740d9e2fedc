"""The Redis protocol as the differential tests need it: encode, cut, read and show replies.

Replies are handled as raw bytes as long as they agree; they are cut into single replies only when
two servers differ or when the test has to look inside one.
"""

import socket


class Error(Exception):
    """The stream is not a sequence of whole replies, or the peer went away."""


def encode(args):
    parts = [b"*%d\r\n" % len(args)]
    for arg in args:
        parts.append(b"$%d\r\n%b\r\n" % (len(arg), arg))
    return b"".join(parts)


def end_of(data, at):
    """Returns where the reply that starts at `at` ends. Raises Error if it is not whole."""
    left = 1
    while left:
        left -= 1
        line_end = data.find(b"\r\n", at)
        if line_end < 0:
            raise Error("reply cut short at byte %d" % at)
        kind = data[at]
        if kind in b"$=!":
            size = int(data[at + 1 : line_end])
            at = line_end + 2 + (size + 2 if size >= 0 else 0)
        elif kind in b"*~>":
            left += max(0, int(data[at + 1 : line_end]))
            at = line_end + 2
        elif kind in b"%|":
            left += 2 * int(data[at + 1 : line_end]) + (1 if kind == 0x7C else 0)
            at = line_end + 2
        elif kind in b"+-:_,#(":
            at = line_end + 2
        else:
            raise Error("no reply starts with byte %r (at %d)" % (chr(kind), at))
    return at


def split(data, count):
    """Cuts `data` into exactly `count` replies."""
    replies, at = [], 0
    for _ in range(count):
        end = end_of(data, at)
        replies.append(data[at:end])
        at = end
    if at != len(data):
        raise Error("%d bytes more than %d replies" % (len(data) - at, count))
    return replies


def parse(data, at=0):
    """Returns (value, end). A value is (kind, content) with kind the first byte as a str.

    Scalars hold bytes (None for the null bulk and the null array), aggregates hold a list.
    """
    kind = chr(data[at])
    line_end = data.index(b"\r\n", at)
    line, at = data[at + 1 : line_end], line_end + 2
    if kind in "$=!":
        size = int(line)
        if size < 0:
            return (kind, None), at
        return (kind, data[at : at + size]), at + size + 2
    if kind in "*~>%|":
        count = int(line) * (2 if kind in "%|" else 1)
        if count < 0:
            return (kind, None), at
        items = []
        for _ in range(count):
            item, at = parse(data, at)
            items.append(item)
        return (kind, items), at
    return (kind, line), at


def value_of(data):
    return parse(data)[0]


def show_bytes(text, limit=200):
    shown = repr(text[:limit])[2:-1].replace('"', '\\"')
    return '"%s"%s' % (shown, "" if len(text) <= limit else "...(%d bytes)" % len(text))


def show(value, limit=40):
    """A reply as one line of text; what the patterns of `differences` are matched against."""
    kind, content = value
    if content is None:
        return "nil" if kind == "$" else "nil-array"
    if kind in "*~>%|":
        mark = {"*": "", "~": "~", ">": ">", "%": "%", "|": "|"}[kind]
        items = [show(item, limit) for item in content[:limit]]
        more = ["...(%d items)" % len(content)] if len(content) > limit else []
        return "%s[%s]" % (mark, ", ".join(items + more))
    if kind == "$":
        return show_bytes(content)
    if kind == "_":
        return "null"
    text = content.decode("latin-1")
    return text if kind in "+:" else kind + text


def show_command(args):
    return " ".join(show_bytes(arg, 80) for arg in args[:24]) + (
        " ...(%d arguments)" % len(args) if len(args) > 24 else ""
    )


class Connection:
    """A blocking connection that reads whole batches, each closed by an ECHO of its own."""

    def __init__(self, port, timeout_s=20):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.batches = 0
        self.tail = b""

    def send(self, data):
        self.batches += 1
        token = b"end-of-batch-%d" % self.batches
        self.tail = b"$%d\r\n%b\r\n" % (len(token), token)
        self.socket.sendall(data + encode([b"ECHO", token]))

    def receive(self):
        """Returns all bytes that came before the reply to the closing ECHO."""
        received = bytearray()
        tail = self.tail
        while not received.endswith(tail):
            try:
                chunk = self.socket.recv(1 << 18)
            except socket.timeout as error:
                raise Error("no reply in time; so far %r" % bytes(received[-200:])) from error
            if not chunk:
                raise Error("connection closed; last bytes %r" % bytes(received[-200:]))
            received += chunk
        del received[-len(tail) :]
        return bytes(received)

    def call(self, *args):
        """Sends one command and returns its reply, parsed."""
        self.send(encode(args))
        return value_of(self.receive())

    def close(self):
        self.socket.close()
