"""Types the redis-cli commands of documents 001 and 003 and checks that none fails.

Both documents show `DEBUG OBJECT` and `MEMORY USAGE` beside the hash commands. What the comments
behind the commands promise is checked where it is true of the document as a whole.
"""

import redis
from support import cases
from support.wire import ReplyError, Wire

import extract
import namespace

PROMISES = {
    ("001", "HGET product:1 stock"): b"95",
    ("001", "HGET product:1 price"): b"20.49",
    ("001", "HSTRLEN user:1 name"): 5,
    ("001", "HEXISTS user:1 email"): 1,
    ("001", "HEXISTS user:1 phone"): 0,
    ("001", "HSETNX user:1 name Bob"): 0,
    ("001", "HSETNX user:1 country USA"): 1,
    ("001", "HMGET user:1 name email age"): [b"Alice", b"alice@example.com", b"30"],
    ("003", "HMGET product:101 name price"): [b"Laptop", b"999"],
    ("003", "HINCRBY user:1 age 1"): 27,
    ("003", "HGET api:user:response:1 tier"): b"premium",
    ("003", "HGET user:1 name"): b"Alice",
}


def check(wire, number, words):
    reply = wire.call(*words)
    if isinstance(reply, ReplyError):
        raise AssertionError(reply)
    promised = PROMISES.get((number, " ".join(words)), reply)
    if reply != promised:
        raise AssertionError(f"got {reply!r:.200}, the document promises {promised!r}")


def body(folder):
    good = True
    for number in ("001", "003"):
        redis.Redis().flushall()
        with Wire(namespace.PORT) as wire:
            for line, words in extract.commands(extract.read(folder, number)):
                name = f"{number} line {line}, {' '.join(words):.60}"
                good &= cases.run_one(name, check, wire, number, words)
    return good


namespace.main(body)
