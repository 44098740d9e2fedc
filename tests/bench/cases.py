"""What the bench measures: collections to fill, commands to time, data sets to weigh.

Templates are those of command_stream.h. `n` in a size or range stands for a million (fewer with
--quick); everything else scales along.
"""

import hashlib
from dataclasses import dataclass


@dataclass
class Fill:
    """One pass over indexes 0..count."""

    count: int
    command: str
    pipeline: int = 100


@dataclass
class Timed:
    """One row of the processor table. `reply` is what echo_floor answers in its place."""

    name: str
    command: str
    reply: str
    range: int
    connections: int = 50
    max_pipeline: int = 1000
    min_seconds: float = 0
    listeners: int = 0


@dataclass
class Weighed:
    """One row of the memory table: filled, weighed and, with `delete`, weighed at a tenth of it."""

    name: str
    elements: int
    fills: list
    delete: str = ""


PROFILE = (
    "HSET user:{i} name User{i} email user{i}@example.com age {m80} city City{m1000} score {m10000}"
)
TAGS = "".join(" tag{t%d}" % salt for salt in range(1, 9))


def collections(n):
    """All that the timed commands work on, loaded into each server once."""
    return [
        Fill(n, "HSET h:{d10} field{m10} value:{i8}"),
        Fill(n // 10, "SADD s:{i}" + TAGS),
        Fill(1000, "HSET counters f{i} 0"),
        Fill(n, "HSET big field:{i12} value:{i12}"),
        Fill(n, "SADD members member:{i12}"),
        Fill(n, "SADD integers {n40}"),
        Fill(n, "SET key:{i12} value:{i12}"),
        Fill(n * 86 // 1000, "SADD left m:{i}"),
        Fill(n * 86 // 1000, "SADD right m:{p43000}"),
    ]


def timed(n):
    size = "1M" if n == 10**6 else "%dk" % (n // 1000)
    small = "%dk" % (n // 10000)
    return [
        Timed("HGET of %s small hashes" % small, "HGET h:{d10} field{m10}", "bulk:14", n),
        Timed("HSET of %s small hashes" % small, "HSET h:{d10} field{m10} other:{i8}", "int", n),
        Timed("HGETALL of ten fields", "HGETALL h:{i}", "array:20:10", n // 10, max_pipeline=16),
        Timed("HINCRBY of 1000 fields", "HINCRBY counters f{i} 1", "int", 1000),
        Timed("SADD to %s small sets" % small, "SADD s:{i} tag{t1}", "int", n // 10),
        Timed("SISMEMBER of %s small sets" % small, "SISMEMBER s:{i} tag{t2}", "int", n // 10),
        Timed("HGET of a %s-field hash" % size, "HGET big field:{i12}", "bulk:18", n),
        Timed("HSET of a %s-field hash" % size, "HSET big field:{i12} other:{i12}", "int", n),
        Timed("SADD to a %s-member set" % size, "SADD members member:{i12}", "int", n),
        Timed("SISMEMBER of a %s-member set" % size, "SISMEMBER members member:{i12}", "int", n),
        Timed("SADD of %s integers" % size, "SADD integers {n40}", "int", n),
        Timed("GET of %s keys" % size, "GET key:{i12}", "bulk:18", n),
        Timed("SET of %s keys" % size, "SET key:{i12} other:{i12}", "ok", n),
        Timed(
            "SINTERCARD of two sets of %dk" % (n * 86 // 10**6),
            "SINTERCARD 2 left right",
            "int",
            1,
            connections=2,
            max_pipeline=1,
            min_seconds=0.6,
        ),
    ]


RESERVE = """\
local stock = tonumber(redis.call('HGET', KEYS[1], 'stock'))
if stock == nil then return -1 end
local wanted = tonumber(ARGV[1])
if stock < wanted then return 0 end
redis.call('HINCRBY', KEYS[1], 'stock', -wanted)
redis.call('HINCRBY', KEYS[1], 'reserved', wanted)
return 1"""
TEN_HSETS = " ; ".join("HSET h:{d10} field%d other:{i8}" % field for field in range(10))


def together_collections():
    """What transactions, scripts and messages work on, besides the small hashes."""
    return [
        Fill(1000, "HSET product:{i} stock 1000000000 reserved 0"),
        Fill(1, ["SCRIPT", "LOAD", RESERVE]),
    ]


def together_timed(n):
    sha1 = hashlib.sha1(RESERVE.encode()).hexdigest()
    return [
        Timed("MULTI of ten HSETs", "MULTI ; %s ; EXEC" % TEN_HSETS, "ok", n, max_pipeline=10),
        Timed("EVALSHA that reserves stock", "EVALSHA %s 1 product:{i} 1" % sha1, "int", 1000),
        Timed(
            "PUBLISH to 100 subscribers",
            "PUBLISH news message:{i12}",
            "fan:53",
            n,
            listeners=100,
            max_pipeline=16,
        ),
    ]


def large_collections(n):
    """Ten times as many elements: filled when the others are gone, to fit a machine's memory."""
    return [
        Fill(10 * n, "HSET big field:{i12} value:{i12}"),
        Fill(10 * n, "SADD members member:{i12}"),
    ]


def large_timed(n):
    size = "%dM" % (n // 10**5)
    return [
        Timed("HGET of a %s-field hash" % size, "HGET big field:{i12}", "bulk:18", 10 * n),
        Timed("SADD to a %s-member set" % size, "SADD members member:{i12}", "int", 10 * n),
    ]


def counted(n):
    """Rows of which --callgrind counts the instructions, at pipeline 1."""
    names = ("HGET of", "HSET of", "GET", "SET", "HINCRBY", "MULTI", "EVALSHA")
    return [row for row in [*timed(n), *together_timed(n)] if row.name.startswith(names)]


def weighed(n):
    half = n // 2
    return [
        Weighed(
            "hash, field:%012d -> value:%012d",
            n,
            [Fill(n, "HSET hash field:{i12} value:{i12}")],
            "HDEL hash field:{i12}",
        ),
        Weighed(
            "hash, 18 + 18 random bytes",
            n,
            [Fill(n, "HSET hash {b18} {c18}")],
            "HDEL hash {b18}",
        ),
        Weighed(
            "set, member:%012d",
            n,
            [Fill(n, "SADD set member:{i12}")],
            "SREM set member:{i12}",
        ),
        Weighed("set, 19 random bytes", n, [Fill(n, "SADD set {b19}")], "SREM set {b19}"),
        Weighed("set, random 40-bit integers", n, [Fill(n, "SADD set {n40}")], "SREM set {n40}"),
        Weighed(
            "hashes of 1000, f:%08d -> v:%08d:%d",
            n,
            [Fill(n, "HSET h{d1000} f:{o8} v:{o8}:{d1000}")],
            "HDEL h{d1000} f:{o8}",
        ),
        Weighed("profiles of five fields", half, [Fill(half, PROFILE)], "DEL user:{i}"),
        Weighed("sets of eight tags", half, [Fill(half, "SADD tags:{i}" + TAGS)], "DEL tags:{i}"),
        Weighed(
            "strings, key:%012d -> value:%012d",
            n,
            [Fill(n, "SET key:{i12} value:{i12}")],
            "DEL key:{i12}",
        ),
        Weighed("strings, 16 + 18 random bytes", n, [Fill(n, "SET {b16} {c18}")], "DEL {b16}"),
    ]
