"""Fields with deadlines: how they die, what the log says of it, and where they can go."""

import os
import subprocess
import time

from append_only import LOG, increment, log_folder
from durability import digest, folder_of_its_own, reference, start
from log_trouble import payload
from migration import migrate
from program import Program, eventually, expect, free_port

LATER = 4102444800000
OMIT = ("--rdb-field-deadlines", "omit")


def fill(client, short_ms):
    """Hashes, small and large, of which a third of the fields stays, dies in a moment, or in 2100."""
    for key, fields in ((b"one", 1), (b"small", 9), (b"full", 90), (b"large", 3000)):
        for first in range(0, fields, 500):
            names = [b"f%d" % i for i in range(first, min(first + 500, fields))]
            client.call(b"HSET", key, *[word for name in names for word in (name, b"v-" + name)])
            for offset, deadline in ((1, b"%d" % short_ms), (2, b"%d" % (LATER + first))):
                part = names[offset::3]
                if part:
                    how = b"HPEXPIRE" if offset == 1 else b"HPEXPIREAT"
                    client.call(how, key, deadline, b"FIELDS", b"%d" % len(part), *part)


def lengths(client):
    return [int(client.call(b"HLEN", key)[1]) for key in (b"one", b"small", b"full", b"large")]


def fields_die_and_the_log_says_so():
    """What has died stays dead after a crash, what has not comes back with its deadline."""
    for preamble in (b"yes", b"no"):
        with folder_of_its_own() as folder:
            with start(folder, *LOG, "--appendfsync", "always") as server:
                client = server.connect()
                client.call(b"CONFIG", b"SET", b"aof-use-rdb-preamble", preamble)
                fill(client, 1)
                client.call(b"HSETEX", b"small", b"PXAT", b"%d" % (LATER + 5), b"FIELDS", b"1", b"new", b"1.5")
                client.call(b"HINCRBYFLOAT", b"small", b"new", b"1")
                client.call(b"HSET", b"gone", b"a", b"1")
                client.call(b"HPEXPIRE", b"gone", b"1", b"FIELDS", b"1", b"a")
                eventually(lambda: client.call(b"EXISTS", b"gone") == (":", b"0"), message="a hash without fields stays")
                eventually(lambda: lengths(client) == [1, 7, 60, 1998], message="fields do not die")
                eventually(lambda: client.call(b"HSTRLEN", b"large", b"f1") == (":", b"0"), message="is there")
                expected = digest(server)
                server.process.kill()
            with open(increment(folder), "rb") as file:
                log = file.read()
            expect(b"HDEL\r\n$5\r\nlarge\r\n" in log and b"HPEXPIRE\r\n" not in log, "the log says something else")
            with start(folder, *LOG) as server:
                expect(digest(server) == expected, "comes back as something else")
                client = server.connect()
                expect(client.call(b"HPEXPIRETIME", b"small", b"FIELDS", b"2", b"new", b"f2") ==
                       ("*", [(":", b"%d" % (LATER + 5)), (":", b"%d" % LATER)]), "other deadlines")
                client.call(b"BGREWRITEAOF")
                eventually(lambda: "Background AOF rewrite finished successfully" in server.log(), message="no rewrite")
                expect(digest(server) == expected, "a rewrite changes something")
                server.process.kill()
            with open(os.path.join(log_folder(folder), sorted(os.listdir(log_folder(folder)))[0]), "rb") as file:
                base = file.read()
            expect(base.startswith(b"REDIS0012") or b"HPEXPIREAT" in base, "the base has no deadlines")
            with start(folder, *LOG) as server:
                expect(digest(server) == expected, "comes back from a rewrite as something else")
                server.terminate()


def field_deadlines_on_their_way():
    """Saved, dumped and sent they are kept, or refused by who does not know them, or left out if told so."""
    with folder_of_its_own() as folder, folder_of_its_own() as elsewhere:
        with start(folder) as server, start(elsewhere) as other, reference(elsewhere) as older:
            ours = server.connect()
            fill(ours, 100_000_000)
            keys = [b"one", b"small", b"full", b"large"]
            for key in keys:
                payload = ours.call(b"DUMP", key)[1]
                expect(other.connect().call(b"RESTORE", key, b"0", payload) == ("+", b"OK"), "does not come back")
                # A hash with nothing of the kind is for all.
                good = key == b"one"
                expect((older.connect().call(b"RESTORE", key, b"0", payload)[0] == "+") == good, "misread")
            expect(digest(other) == digest(server), "payloads are something else")
            other.connect().call(b"FLUSHALL")
            older.connect().call(b"FLUSHALL")
            expect(migrate(ours, other, b"COPY", b"KEYS", *keys) == ("+", b"OK"), "they do not move")
            expect(digest(other) == digest(server), "what moved is something else")
            kind, text = migrate(ours, older, b"COPY", key=b"full")
            expect(kind == "-" and b"DUMP payload version" in text, "MIGRATE says %r" % text)
            copy = os.path.join(folder, "copy.rdb")
            subprocess.run(["redis-cli", "-p", str(server.port), "--rdb", copy], check=True, capture_output=True)
            with open(copy, "rb") as file:
                expect(file.read(9) == b"REDIS0012", "a file of another version")
            ours.call(b"CONFIG", b"SET", b"rdb-field-deadlines", b"omit")
            expect(migrate(ours, older, b"COPY", b"KEYS", *keys) == ("+", b"OK"), "they do not move to 7.0")
            expect(older.connect().call(b"HLEN", b"large") == (":", b"3000"), "fields are missing")
            ours.call(b"CONFIG", b"SET", b"rdb-field-deadlines", b"write")
            expected = digest(server)
            for command in (b"SAVE", b"BGSAVE"):
                ours.call(command)
                eventually(lambda: b"rdb_bgsave_in_progress:0" in ours.call(b"INFO", b"persistence")[1], message="saves on")
                expect(ours.call(b"DEBUG", b"RELOAD", b"NOSAVE") == ("+", b"OK"), "does not reload")
                expect(digest(server) == expected, "%r is something else" % command)
            server.terminate()
            other.terminate()
        with Program("--port", str(free_port()), "--dir", folder, binary="redis-server") as program:
            program.ends(1)
            expect("Can't handle RDB format version 12" in program.log(), "7.0 says:\n" + program.log())
        with start(folder, *OMIT) as server:
            expect(digest(server) == expected, "is not read")
            server.connect().call(b"SAVE")
            server.terminate()
        with reference(folder) as other:
            expect(other.connect().call(b"HLEN", b"large") == (":", b"3000"), "7.0 has less")


def a_multitude_of_fields_dies():
    """Nobody sees them any more at once; they go while others are served, and their memory with them."""
    with folder_of_its_own() as folder, start(folder) as server:
        client = server.connect()
        fields = Program.scaled(200_000) // 1000 * 1000
        before = client.call(b"DBSIZE")
        for first in range(0, fields, 1000):
            names = [b"f%d" % i for i in range(first, first + 1000)]
            client.call(b"HSET", b"h", *[word for name in names for word in (name, b"v")])
        client.call(b"HSET", b"h", b"stays", b"1")
        client.call(b"CONFIG", b"RESETSTAT")
        for first in range(0, fields, 1000):
            names = [b"f%d" % i for i in range(first, first + 1000)]
            client.call(b"HPEXPIRE", b"h", b"300", b"FIELDS", b"1000", *names)
        eventually(lambda: client.call(b"HLEN", b"h") == (":", b"1"), message="they live on")
        expect(client.call(b"HGETALL", b"h") == ("*", [("$", b"stays"), ("$", b"1")]), "not all are gone")
        eventually(lambda: b"expired_subkeys:%d\r\n" % fields in client.call(b"INFO", b"stats")[1], message="some stay")
        eventually(lambda: int(client.call(b"MEMORY", b"USAGE", b"h")[1]) < 10_000, message="their memory stays")
        expect(b"subexpiry=0" in client.call(b"INFO", b"keyspace")[1] and before == (":", b"0"), "is still known")
        server.terminate()


def log_size(folder):
    return os.path.getsize(increment(folder))


def a_log_says_what_became_of_hashes():
    """Run again it comes to the same, of hashes that died as a whole and deadlines beyond what may be asked for."""
    far = (b"\x18" + (1 << 47).to_bytes(8, "little") + b"\x02" + b"\x01\x01f\x011" + b"\x00\x01e\x012")
    for limit in (b"512", b"0"):
        with folder_of_its_own() as folder, start(folder, *LOG) as server:
            client = server.connect()
            client.call(b"CONFIG", b"SET", b"hash-max-listpack-entries", limit)
            client.call(b"DEBUG", b"SET-ACTIVE-EXPIRE", b"0")
            client.call(b"HSET", b"k", b"f", b"1")
            client.call(b"EXPIRE", b"k", b"1000")
            client.call(b"HPEXPIRE", b"k", b"1", b"FIELDS", b"1", b"f")
            time.sleep(0.01)
            expect(client.call(b"HINCRBY", b"k", b"f", b"3") == (":", b"3"), "the field lives on")
            client.call(b"HSET", b"h", b"a", b"1", b"b", b"2")
            client.call(b"HEXPIRE", b"h", b"100", b"FIELDS", b"1", b"a")
            client.call(b"HSET", b"h", b"a", b"5")
            expect(client.call(b"RESTORE", b"far", b"0", payload(12, far)) == ("+", b"OK"), "is refused")
            client.call(b"HINCRBYFLOAT", b"far", b"f", b"1.5")
            expected, size = digest(server), log_size(folder)
            expect(client.call(b"TTL", b"k") == (":", b"-1"), "a new hash has the deadline of the old one")
            for _ in range(2):
                expect(client.call(b"DEBUG", b"LOADAOF") == ("+", b"OK"), "is not loaded")
                client.call(b"SET", b"x", b"1")
                client.call(b"DEL", b"x")
                expect(digest(server) == expected, "a log comes to something else")
            eventually(lambda: log_size(folder) > size, message="nothing more is logged")
            with open(increment(folder), "rb") as file:
                expect(file.read().count(b"HPEXPIREAT") == 3, "the log is in the log once more")
            server.terminate()


def a_reload_keeps_what_the_log_has():
    """What has expired is told to the log though DEBUG RELOAD came first: a counter begins anew in both."""
    with folder_of_its_own() as folder, start(folder, *LOG) as server:
        client = server.connect()
        client.call(b"DEBUG", b"SET-ACTIVE-EXPIRE", b"0")
        client.call(b"HSET", b"h", b"n", b"10", b"stays", b"1")
        client.call(b"HPEXPIRE", b"h", b"300", b"FIELDS", b"1", b"n")
        client.call(b"SET", b"n", b"10", b"PX", b"300")
        client.call(b"SAVE")
        time.sleep(0.35)
        expect(client.call(b"DEBUG", b"RELOAD", b"NOSAVE") == ("+", b"OK"), "does not reload")
        for command in ([b"HINCRBY", b"h", b"n", b"1"], [b"INCR", b"n"]):
            expect(client.call(*command) == (":", b"1"), "%r goes on from what has expired" % command)
        expected = digest(server)
        expect(client.call(b"DEBUG", b"LOADAOF") == ("+", b"OK"), "is not loaded")
        expect(digest(server) == expected, "the log comes to something else")
        server.terminate()


CASES = (a_reload_keeps_what_the_log_has, a_log_says_what_became_of_hashes, fields_die_and_the_log_says_so, field_deadlines_on_their_way, a_multitude_of_fields_dies)
