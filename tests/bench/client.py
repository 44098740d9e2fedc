"""A client that asks for one thing at a time: settings, counters, the commands under watch."""

import socket


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.input = self.socket.makefile("rb")

    def ask(self, *words):
        """The text of a simple, integer or bulk reply; raises on an error."""
        request = b"*%d\r\n" % len(words)
        for word in words:
            request += b"$%d\r\n%s\r\n" % (len(word), word.encode())
        self.socket.sendall(request)
        line = self.input.readline().rstrip(b"\r\n").decode()
        if line[0] == "-":
            raise RuntimeError(line)
        if line[0] != "$":
            return line[1:]
        return self.input.read(int(line[1:]) + 2)[:-2].decode()

    def info(self, section, field):
        """A field of INFO as a number; nothing if this server has none of that name."""
        for line in self.ask("INFO", section).splitlines():
            name, _, value = line.partition(":")
            if name == field:
                return float(value)
        return None
