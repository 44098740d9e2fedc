"""Clients that mean harm, or are broken. The server must serve the others and end well."""

import random
import resource
import socket
import time

import wire
from program import Server, eventually, expect

MEGABYTE = 1 << 20
COMMANDS = ["GET", "SET", "HSET", "HGETALL", "SADD", "SINTER", "SSCAN", "CLIENT", "CONFIG", "SORT",
            "COMMAND", "OBJECT", "RESTORE", "HELLO", "MULTI", "EVAL", "SUBSCRIBE", "RENAME"]


def read_all(client, seconds=10):
    client.settimeout(seconds)
    received = b""
    try:
        while True:
            part = client.recv(1 << 16)
            if not part:
                return received
            received += part
    except ConnectionError:
        return received


def garbage_bytes():
    rng = random.Random(1)
    with Server() as server:
        for _ in range(300):
            with server.socket() as client:
                try:
                    client.sendall(rng.randbytes(rng.randrange(1, 5000)))
                    if rng.random() < 0.5:
                        client.shutdown(socket.SHUT_WR)
                        read_all(client)
                except ConnectionError:
                    pass
        server.still_well()


def garbage_requests():
    """Well-framed requests of hostile arguments."""
    rng = random.Random(2)
    words = [b"", b"0", b"-1", b"9223372036854775807", b"-9223372036854775808", b"nan", b"inf", b"*",
             b"a" * 300, b"\0", b"\r\n", b"COUNT", b"MATCH", b"FIELDS", b"LIMIT", b"key", b"1e400"]
    with Server("--proto-max-bulk-len", "1mb") as server:
        client = server.connect()
        for _ in range(200):
            batch = b""
            for _ in range(50):
                name = rng.choice(COMMANDS).encode()
                args = [rng.choice(words) for _ in range(rng.randrange(6))]
                batch += wire.encode([name, *args])
            batch += wire.encode([b"RESET"])  # Neither queueing nor subscribed.
            try:
                client.send(batch)
                client.receive()
            except (wire.Error, OSError):
                client = server.connect()
        server.still_well()


def half_requests():
    whole = wire.encode([b"HSET", b"h", b"field", b"value"])
    with Server() as server:
        server.answers()  # The first client costs a descriptor that stays.
        before = server.descriptors()
        for cut in range(1, len(whole)):
            with server.socket() as client:
                client.sendall(whole[:cut])
        eventually(lambda: server.descriptors() <= before, message="descriptors are not given back")
        expect(server.connect().call(b"DBSIZE") == (":", b"0"), "a half request was executed")
        server.still_well()


def ten_thousand_connections():
    with Server() as server:
        server.answers()
        before, memory_before = server.descriptors(), server.private_bytes()
        for _ in range(100):
            group = [server.socket() for _ in range(100)]
            for index, client in enumerate(group):
                if index % 3 == 0:
                    client.sendall(b"PING\r\n")
                client.close()
        eventually(lambda: server.descriptors() <= before, message="descriptors are not given back")
        grown = server.private_bytes() - memory_before
        expect(grown < 64 * MEGABYTE, "memory grew by %d bytes" % grown)
        server.still_well()


def resets_in_the_middle():
    """Peers that reset while replies are on their way."""
    with Server() as server:
        server.connect().call(b"SET", b"big", b"x" * MEGABYTE)
        for _ in range(100):
            client = server.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            client.sendall(b"GET big\r\n" * 20)
            client.close()
        server.still_well()


def slow_readers():
    """Those who do not read are let go at their limit, and others never wait for them."""
    with Server("--client-output-buffer-limit", "normal", "8mb", "0", "0") as server:
        other = server.connect()
        other.call(b"SET", b"big", b"x" * MEGABYTE)
        slow = [server.socket() for _ in range(10)]
        for client in slow:
            client.sendall(b"GET big\r\n" * 100)
        worst = 0
        for _ in range(50):
            start = time.monotonic()
            other.call(b"PING")
            worst = max(worst, time.monotonic() - start)
        expect(worst < 10, "another client waited %.1f s" % worst)

        def let_go():
            return int(other.call(b"INFO", b"clients")[1].split(b"connected_clients:")[1].split()[0]) == 1

        eventually(let_go, message="slow readers are still connected")
        expect(b"client_output_buffer_limit_disconnections:10" in other.call(b"INFO", b"stats")[1],
               "they were not counted")
        told = [line for line in server.log().splitlines() if line.endswith(
            " scheduled to be closed ASAP for overcoming of output buffer limits.")]
        expect(len(told) == 10 and all(" # Client id=" in line and " cmd=get " in line
                                       for line in told), "not logged:\n" + server.log())
        server.still_well()


def announced_but_not_sent():
    """512 MiB announced, a few bytes sent: memory follows what arrives."""
    with Server() as server:
        server.answers()
        before = server.private_bytes()
        held = []
        for begin in (b"*2\r\n$3\r\nGET\r\n$536870912\r\nabc", b"*1000000\r\n$3\r\nDEL\r\n",
                      b"*3\r\n$3\r\nSET\r\n$1\r\na\r\n$536870912\r\n"):
            for _ in range(100):
                client = server.socket()
                client.sendall(begin)
                held.append(client)
        time.sleep(0.5)
        grown = server.private_bytes() - before
        expect(grown < 64 * MEGABYTE, "memory grew by %d MB" % (grown / MEGABYTE))
        for client in held:
            client.close()
        server.still_well()


def too_large_announcements():
    with Server() as server:
        for sent, answer in (
            (b"*1\r\n$536870913\r\n", b"-ERR Protocol error: invalid bulk length\r\n"),
            (b"*1\r\n$-2\r\n", b"-ERR Protocol error: invalid bulk length\r\n"),
            (b"*2147483648\r\n", b"-ERR Protocol error: invalid multibulk length\r\n"),
            (b"x" * 70000, b"-ERR Protocol error: too big inline request\r\n"),
            (b"*" + b"1" * 70000, b"-ERR Protocol error: too big mbulk count string\r\n"),
        ):
            with server.socket() as client:
                client.sendall(sent)
                got = read_all(client)
                expect(got == answer, "%r was answered %r" % (sent[:30], got))
        server.still_well()


def deep_pipeline():
    """A pipeline sent whole before its first reply is read."""
    count = 300_000
    with Server() as server:
        client = server.connect(60)
        client.send(wire.encode([b"INCR", b"n"]) * count)
        replies = client.receive()
        expect(replies.count(b"\r\n") == count, "%d replies" % replies.count(b"\r\n"))
        expect(replies.endswith(b":%d\r\n" % count), "replies out of order")
        server.still_well()


def one_byte_at_a_time():
    request = wire.encode([b"SET", b"key", b"value"]) + b"GET key\r\n"
    with Server() as server:
        with server.socket() as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for at in range(len(request)):
                client.sendall(request[at : at + 1])
                time.sleep(0.001)
            client.shutdown(socket.SHUT_WR)
            got = read_all(client)
            expect(got == b"+OK\r\n$5\r\nvalue\r\n", "answered %r" % got)
        server.still_well()


def too_many_clients():
    with Server("--maxclients", "20") as server:
        clients = [server.socket() for _ in range(20)]
        for client in clients:
            client.sendall(b"PING\r\n")
            expect(client.recv(100) == b"+PONG\r\n", "a client within the limit was not served")
        with server.socket() as extra:
            got = read_all(extra)
            expect(got == b"-ERR max number of clients reached\r\n", "answered %r" % got)
        for client in clients:
            client.close()
        eventually(lambda: server.descriptors() < 20, message="descriptors are not given back")
        server.still_well()


def before_login():
    """A client that has not logged in can make the server hold little."""
    with Server("--requirepass", "secret") as server:
        before = server.private_bytes()
        clients = [server.socket() for _ in range(50)]
        for client in clients:
            try:
                client.sendall(b"*2\r\n$3\r\nGET\r\n$16384\r\n" + b"x" * 16000)
            except ConnectionError:
                pass
        flood = server.socket()
        try:
            for _ in range(2000):
                flood.sendall(b"GET a\r\n" * 1000)
        except (ConnectionError, socket.timeout):
            pass
        grown = server.private_bytes() - before
        expect(grown < 64 * MEGABYTE, "memory grew by %d MB" % (grown / MEGABYTE))
        for client in [*clients, flood]:
            client.close()
        client = server.connect()
        client.socket.sendall(wire.encode([b"AUTH", b"secret"]))
        expect(client.socket.recv(100) == b"+OK\r\n", "login failed")
        server.terminate()


def ten_thousand_listeners():
    """All subscribed to one channel; every message reaches each."""
    count = 10_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count + 500, max(hard, count + 500)))
    except (ValueError, PermissionError):
        count = soft - 200  # As many as one without rights may open.
    with Server("--maxclients", "12000") as server:
        listeners = []
        for _ in range(count):
            listeners.append(server.socket())
            listeners[-1].sendall(b"SUBSCRIBE news\r\n")
        for each in listeners:
            expect(each.recv(100).startswith(b"*3\r\n$9\r\nsubscribe\r\n"), "not subscribed")
        client = server.connect()
        client.send(b"".join(wire.encode([b"PUBLISH", b"news", b"%d" % i]) for i in range(10)))
        expect(client.receive() == b":%d\r\n" % count * 10, "not all hear")
        messages = b"".join(b"*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$1\r\n%d\r\n" % i for i in range(10))
        for each in listeners:
            expect(each.recv(1000) == messages, "other messages")
        for each in listeners:
            each.close()
        eventually(lambda: client.call(b"PUBSUB", b"NUMSUB", b"news")[1][1] == (":", b"0"), 20,
                   "they are still subscribed")
        server.still_well()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def closed_in_the_middle_of_a_change():
    """Who reads too little is closed when a change is told; the change goes on as it began."""
    with Server("--enable-debug-command", "yes") as server:
        client = server.connect()
        client.call(b"DEBUG", b"SET-ACTIVE-EXPIRE", b"0")
        for _ in range(10):
            client.call(b"CONFIG", b"SET", b"client-output-buffer-limit", b"pubsub 0 0 0", b"notify-keyspace-events", b"KEAn")
            client.call(b"FLUSHALL")
            client.call(b"MSET", b"t1", b"1", b"t2", b"2", b"t3", b"3", b"t4", b"4", b"t5", b"5")
            client.call(b"SET", b"wk", b"w", b"PX", b"30")
            slow = server.socket()
            slow.sendall(b"".join(wire.encode(words) for words in (
                [b"WATCH", b"wk"], [b"SUBSCRIBE", b"__keyevent@0__:new", b"big"])))
            eventually(lambda: client.call(b"PUBSUB", b"NUMSUB", b"big")[1][1] == (":", b"1"), 5, "not subscribed")
            client.call(b"PUBLISH", b"big", b"x" * 9_000_000)
            time.sleep(0.04)
            client.send(wire.encode([b"CONFIG", b"SET", b"client-output-buffer-limit", b"pubsub 1mb 0 0"]) +
                        wire.encode([b"SET", b"fresh", b"w", b"EX", b"1000"]))
            client.receive()
            expect(int(client.call(b"PTTL", b"fresh")[1]) > 900_000, "its deadline went to another key")
            values = client.call(b"MGET", b"t1", b"t2", b"t3", b"t4", b"t5", b"fresh")[1]
            expect([value for _, value in values] == [b"1", b"2", b"3", b"4", b"5", b"w"], "others were changed")
            slow.close()
        server.still_well()


CASES = [closed_in_the_middle_of_a_change, garbage_bytes, garbage_requests, half_requests, ten_thousand_connections,
         resets_in_the_middle, slow_readers, announced_but_not_sent, too_large_announcements,
         deep_pipeline, one_byte_at_a_time, too_many_clients, before_login, ten_thousand_listeners]
