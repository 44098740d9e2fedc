"""The ceiling of memory: refused or evicted, the server stays below and serves on."""

import random
import re
import time

import wire
from program import Failed, Program, Server, eventually, expect

OUT_OF_MEMORY = b"OOM command not allowed when used memory > 'maxmemory'."
# What the account of memory may be behind: clients' buffers, sampled once a second.
SLACK = 1 << 20
BATCH = 500
KEYS = 45_000


def info(client):
    kind, text = client.call(b"INFO", b"everything")
    expect(kind == "$", "INFO failed")
    lines = [line.split(":", 1) for line in text.decode().split("\r\n") if ":" in line]
    return dict(lines)


def counted_bytes(facts):
    return int(facts["used_memory"]) - int(facts["mem_not_counted_for_evict"])


def write_all(client, requests):
    """In batches; every reply must be OK."""
    for start in range(0, len(requests), BATCH):
        batch = requests[start:start + BATCH]
        client.send(b"".join(wire.encode(request) for request in batch))
        replies = client.receive()
        expect(replies == b"+OK\r\n" * len(batch), "not all OK: %r" % replies[:500])


def noeviction_refuses():
    with Server("--maxmemory", "20mb") as server:
        client = server.connect()
        refusals = 0
        for i in range(60):
            kind, text = client.call(b"SET", b"key:%d" % i, b"x" * (1 << 20))
            if kind == "-":
                expect(text == OUT_OF_MEMORY, text)
                refusals += 1
        expect(35 <= refusals <= 50, "%d of 60 writes of 1 MiB were refused at 20 MB" % refusals)
        expect(client.call(b"STRLEN", b"key:0") == (":", b"1048576"), "reads are refused")
        expect(client.call(b"DEL", b"key:0", b"key:1", b"key:2") == (":", b"3"), "DEL is refused")
        expect(client.call(b"SET", b"small", b"1") == ("+", b"OK"), "room was made, yet refused")
        expect(info(client)["evicted_keys"] == "0", "noeviction evicted")
        server.still_well()


def eviction_holds_the_ceiling():
    source = random.Random(1)
    for policy in ("allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-ttl"):
        with Server("--maxmemory", "8mb", "--maxmemory-policy", policy) as server:
            expect("maxmemory" not in server.log(), "warned of an option that has an effect")
            client = server.connect()
            limit = 8 << 20
            for start in range(0, KEYS, KEYS // 10):
                write_all(client, [[b"SET", b"key:%d" % i, source.randbytes(180), b"EX", b"5000"]
                                   for i in range(start, start + KEYS // 10)])
                counted = counted_bytes(info(client))
                expect(counted < limit + SLACK, "%s: %d bytes" % (policy, counted))
            facts = info(client)
            kept = int(re.match(r"keys=(\d+),", facts["db0"])[1])  # Of the same moment.
            expect(counted_bytes(facts) > limit * 0.9, "%s evicted too much" % policy)
            expect(int(facts["evicted_keys"]) == KEYS - kept, "%s: the count is off" % policy)
            server.still_well()


def big_values_make_room_in_slices():
    with Server("--maxmemory-policy", "allkeys-lru") as server:
        client = server.connect()
        for start in range(0, 400_000, 1000):
            fields = [b"field:%d" % (i // 2 * 7919) for i in range(2 * start, 2 * start + 2000)]
            client.call(b"HSET", b"big", *fields)
        before = counted_bytes(info(client))
        client.call(b"CONFIG", b"SET", b"maxmemory", b"%d" % (before - SLACK))
        write_all(client, [[b"SET", b"small:%d" % i, b"x" * 100] for i in range(2000)])
        expect(client.call(b"EXISTS", b"big") == (":", b"0"), "the only big key is still there")
        evicted = int(info(client)["evicted_keys"])
        expect(evicted < 100, "%d keys went though one was enough" % evicted)
        eventually(lambda: counted_bytes(info(client)) < before / 2, 20, "not freed in time")
        server.still_well()


def read_until(client, text, count):
    """All that comes until `text` has come so often."""
    received = bytearray()
    while received.count(text) < count:
        piece = client.recv(1 << 20)
        expect(piece, "closed")
        received += piece
    return received


def invalidations_are_for_whom_they_are():
    """What is evicted before a batch that runs nothing is told to its client, and to nobody else."""
    with Server("--maxmemory-policy", "allkeys-random") as server:
        tracking, other = server.socket(), server.connect()
        write_all(other, [[b"SET", b"k%d" % i, b"x" * 3000] for i in range(1000)])
        tracking.sendall(b"HELLO 3\r\nCLIENT TRACKING ON\r\n")
        read_until(tracking, b"+OK\r\n", 1)
        other.call(b"CONFIG", b"SET", b"maxmemory", info(other)["used_memory"].encode())
        reads = b"".join(wire.encode([b"GET", b"k%d" % i]) for i in range(1000)) + b"ECHO read\r\n"
        invalidated = 0
        for turn in range(20):
            tracking.sendall(reads)
            invalidated += read_until(tracking, b"read\r\n", 1).count(b"invalidate")
            # A whole batch, and then one without a command.
            writes = [[b"SET", b"n%d_%d" % (turn, i), b"y" * 3000] for i in range(31)]
            writes.append([b"SET", b"n%d" % turn, b"y" * 60000])
            tracking.sendall(b"".join(wire.encode(write) for write in writes) + b"*0\r\n")
            invalidated += read_until(tracking, b"+OK\r\n", len(writes)).count(b"invalidate")
            time.sleep(0.02)
            other.send(wire.encode([b"PING"]))
            replied = other.receive()
            expect(replied == b"+PONG\r\n", "another client hears %r" % replied[:200])
        expect(invalidated > 0, "nothing was evicted")
        tracking.close()
        server.terminate()


def a_lower_limit_is_reached_without_commands():
    with Server("--maxmemory-policy", "allkeys-random") as server:
        client = server.connect()
        write_all(client, [[b"SET", b"key:%d" % i, b"x" * 200] for i in range(100_000)])
        limit = counted_bytes(info(client)) // 2
        client.call(b"CONFIG", b"SET", b"maxmemory", b"%d" % limit)
        eventually(lambda: counted_bytes(info(client)) < limit + SLACK, 20, "not reached in time")
        server.still_well()


def usage_adds_up():
    """What MEMORY USAGE says of all keys, and the tables' own rows, make up the dataset."""
    if Program.is_sanitized():
        return  # Its heap has other sizes.
    with Server("--save", "") as server:
        client = server.connect()
        keys = [b"string:%d" % i for i in range(40_000)] + [b"long"]
        write_all(client, [[b"SET", key, b"value:%d" % i] for i, key in enumerate(keys)])
        write_all(client, [[b"SET", b"long", b"x" * 3_000_000]])
        for i in range(2000):
            keys.append(b"profile:%d" % i)
            client.call(b"HSET", keys[-1], b"name", b"n%d" % i, b"city", b"c", b"mail", b"m%d@x" % i)
        for name in (b"hash", b"set", b"integers"):
            keys.append(name)
            for start in range(0, 50_000, 1000):
                numbers = range(start, start + 1000)
                if name == b"hash":
                    pairs = [part for i in numbers for part in (b"field:%d" % i, b"value:%d" % i)]
                    client.call(b"HSET", name, *pairs)
                else:
                    client.call(b"SADD", name, *[b"%d" % i if name == b"integers" else b"m:%d" % i
                                                 for i in numbers])
        for i in range(50):
            client.call(b"EVAL", b"return %d -- %s" % (i, b"x" * 10_000), b"0")
        total = 0
        for start in range(0, len(keys), BATCH):
            batch = keys[start:start + BATCH]
            client.send(b"".join(wire.encode([b"MEMORY", b"USAGE", key]) for key in batch))
            total += sum(int(line[1:]) for line in client.receive().split())
        stats = client.call(b"MEMORY", b"STATS")[1]
        database = stats[stats.index(("$", b"db.0")) + 1][1]
        total += int(database[1][1])
        dataset = int(info(client)["used_memory_dataset"])
        expect(abs(total - dataset) < dataset * 0.03, "%d in all, dataset %d" % (total, dataset))
        server.still_well()


def fill_until_refused(client, size, most, batch):
    """SETs of random bytes until the first refusal, or until there is no room even to read them."""
    source = random.Random(1)
    for start in range(0, most, batch):
        requests = [[b"SET", b"key:%d" % i, source.randbytes(size)]
                    for i in range(start, start + batch)]
        try:
            client.send(b"".join(wire.encode(request) for request in requests))
            replies = client.receive()
        except (ConnectionError, wire.Error):
            return
        if replies != b"+OK\r\n" * batch:
            expect(b"-" + OUT_OF_MEMORY in replies, replies[-500:])
            return
    raise Failed("%d writes of %d bytes were all taken" % (most, size))


def put(server, key, value):
    """SET over a connection of its own: True, or why not. One that is let go was refused as well."""
    client = server.connect()
    try:
        kind, text = client.call(b"SET", key, value)
        return True if kind == "+" else text
    except (ConnectionError, wire.Error):
        return OUT_OF_MEMORY
    finally:
        client.close()


def an_address_space_that_ends_is_refused_not_fatal():
    """Small values fill the slabs, large ones the C library's heap. How much of it the heap keeps
    once they are deleted depends on the limit. The logs of large and slow commands are off: each
    entry stands between two large values and keeps what they leave from growing together."""
    if Program.is_sanitized():
        return  # It needs terabytes of addresses.
    for size, most, batch, megabytes in ((200, 2_500_000, BATCH, 384), (3000, 200_000, 50, 384),
                                         (100_000, 10_000, 1, 384), (2_000_000, 500, 1, 384),
                                         (2_000_000, 500, 1, 383), (2_000_000, 500, 1, 347)):
        with Server("--commandlog-request-larger-than", "-1", "--slowlog-log-slower-than", "-1",
                    wrapper=["prlimit", "--as=%d" % (megabytes << 20)]) as server:
            fill_until_refused(server.connect(), size, most, batch)
            client = server.connect()
            expect(client.call(b"STRLEN", b"key:0") == (":", b"%d" % size), "reads are refused")
            value = b"x" * size
            for _ in range(100):
                expect(put(server, b"another", value) in (True, OUT_OF_MEMORY), "another answer")
            for offset in (400 << 20, 500 << 20):
                expect(client.call(b"SETRANGE", b"long", b"%d" % offset, b"x") == ("-", OUT_OF_MEMORY),
                       "a string longer than there is room for is made")
            expect(client.call(b"EXISTS", b"long") == (":", b"0"), "a refused string is there")
            client.call(b"FLUSHALL")
            eventually(lambda: put(server, b"key", value) is True, 20,
                       "refused for good with values of %d bytes" % size)
            server.still_well()


def copies_need_room_too():
    if Program.is_sanitized():
        return  # It needs terabytes of addresses.
    with Server(wrapper=["prlimit", "--as=%d" % (384 << 20)]) as server:
        client = server.connect()
        client.call(b"SETRANGE", b"a", b"%d" % (50 << 20), b"x")
        for i in range(3):
            client.call(b"HSET", b"h", b"%d" % i, b"x" * (10 << 20))
        for key in (b"a", b"h"):
            answers = [client.call(b"COPY", key, b"%b%d" % (key, i)) for i in range(8)]
            expect(set(answers) <= {(":", b"1"), ("-", OUT_OF_MEMORY)}, "answered %r" % (answers,))
            expect(answers[-1] == ("-", OUT_OF_MEMORY), "all found room")
        server.still_well()


def appends_need_room_too():
    """A long string that is full, while there is no room for a longer one."""
    if Program.is_sanitized():
        return  # It needs terabytes of addresses.
    megabyte = 1 << 20
    with Server(wrapper=["prlimit", "--as=%d" % (1000 * megabyte)]) as server:
        client = server.connect()
        client.call(b"SETRANGE", b"a", b"%d" % (280 * megabyte), b"x")
        full = 280 * megabyte + 280 * megabyte // 8 - 64
        client.call(b"SETRANGE", b"a", b"%d" % full, b"x")
        value = b"x" * (8 * megabyte)
        for i in range(200):
            try:
                if client.call(b"SET", b"f%d" % i, value) != ("+", b"OK"):
                    break
            except ConnectionError:  # Not even the request found room.
                client = server.connect()
                break
        for _ in range(4):
            answer = client.call(b"APPEND", b"a", b"x" * 1000)
            expect(answer[0] == ":" or answer == ("-", OUT_OF_MEMORY), "answered %r" % (answer,))
        expect(answer == ("-", OUT_OF_MEMORY), "found room")
        server.still_well()


CASES = [noeviction_refuses, eviction_holds_the_ceiling, big_values_make_room_in_slices,
         invalidations_are_for_whom_they_are,
         a_lower_limit_is_reached_without_commands, usage_adds_up,
         an_address_space_that_ends_is_refused_not_fatal, copies_need_room_too,
         appends_need_room_too]
