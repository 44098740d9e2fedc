"""Replays go_program.transcript over one connection: a check for each of its sections."""

import os

from support import cases
from support.wire import Wire

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "go_program.transcript")


def sections():
    """[(name, [line, ...]), ...] without comments and empty lines."""
    found = []
    with open(PATH, encoding="ascii") as file:
        for line in map(str.rstrip, file):
            if line.startswith("== "):
                found.append((line[3:], []))
            elif line and not line.startswith("#"):
                found[-1][1].append(line)
    return found


def unescape(text):
    return text.encode("ascii").decode("unicode_escape").encode("latin-1")


def replay(wire, lines):
    waiting, wrong = b"", []
    for line in lines:
        if line.startswith("> "):
            waiting += unescape(line[2:])
            continue
        if waiting:
            wire.send(waiting)
            waiting = b""
        reply = wire.read_raw()
        if line.startswith("<?"):
            good = reply.startswith(line[2:].encode("ascii"))
        else:
            good = reply == unescape(line[2:])
        if not good:
            wrong.append(f"got {reply!r:.200}, expected {line!r:.200}")
    if wrong:  # Only now, so that every reply of the section is read.
        raise AssertionError("; ".join(wrong))


class Conversation:
    """The one connection of the program, opened when the first check has emptied the server."""

    wire = None

    def check(self, lines):
        def body(environment):
            if self.wire is None:
                self.wire = Wire(environment.port)
                self.wire.call("FLUSHALL")
            replay(self.wire, lines)
        return body


def main():
    conversation = Conversation()
    for name, lines in sections():
        body = conversation.check(lines)
        body.__name__ = name
        cases.case(body)
    cases.main(lambda environment: None)


main()
