"""The append-only file when something fails for a while: while it is switched on, moved or begun anew."""

import contextlib
import os
import time

import wire
from append_only import LOG, files, increment, log_folder, transaction
from durability import field, folder_of_its_own, loading, start
from program import Program, eventually, expect, free_port

ALWAYS = ("--appendfsync", "always")


def write_some(client, count=50):
    for i in range(count):
        expect(client.call(b"SET", b"k%d" % i, b"v") == ("+", b"OK"), "a write is refused")


@contextlib.contextmanager
def in_the_way(folder, name):
    """A folder where a file of the log would be: it cannot be made."""
    path = os.path.join(log_folder(folder), name)
    os.makedirs(path)
    try:
        yield
    finally:
        os.rmdir(path)


def is_back(folder, keys):
    with start(folder, *LOG) as server:
        got = server.connect().call(b"DBSIZE")[1]
        expect(got == keys, "%r keys came back, not %r" % (got, keys))
        server.terminate()


def switched_on_at_the_second_try():
    """The first manifest cannot be written: what is logged after the next one is in a file it names."""
    with folder_of_its_own() as folder:
        with start(folder, *ALWAYS) as server:
            client = server.connect()
            with in_the_way(folder, "temp-appendonly.aof.manifest"):
                expect(client.call(b"CONFIG", b"SET", b"appendonly", b"yes") == ("+", b"OK"), "is refused")
                server.wait_for("Error writing the AOF manifest file")
            server.wait_for("Background AOF rewrite finished successfully")
            write_some(client)
            server.process.kill()
            server.process.wait()
        expect(not [name for name in files(folder) if name.startswith("temp-")],
               "left over: %s" % files(folder))
        is_back(folder, b"50")


def switched_on_once_it_can_be():
    """Scheduled behind a save, then the file cannot be made: it is tried until it can."""
    with folder_of_its_own() as folder:
        with start(folder, "--rdb-key-save-delay", "2000", *ALWAYS) as server:
            client = server.connect()
            write_some(client, 100)
            with in_the_way(folder, "temp-appendonly.aof.incr"):
                client.call(b"BGSAVE")
                expect(client.call(b"CONFIG", b"SET", b"appendonly", b"yes") == ("+", b"OK"), "is refused")
                expect(field(server, "aof_enabled") == "1", "INFO does not say that it will be there")
                server.wait_for("Can't open the append-only file temp-appendonly.aof.incr")
            server.wait_for("Background AOF rewrite finished successfully")
            expect(field(server, "aof_rewrite_scheduled") == "0", "is scheduled still")
            client.call(b"SET", b"last", b"v")
            server.process.kill()
            server.process.wait()
        is_back(folder, b"101")


def switched_on_while_a_base_is_made():
    """BGREWRITEAOF without a log makes a base, and that is not yet the log that was asked for."""
    with folder_of_its_own() as folder:
        with start(folder, "--rdb-key-save-delay", "5000", *ALWAYS) as server:
            client = server.connect()
            write_some(client, 100)
            client.call(b"BGREWRITEAOF")
            expect(client.call(b"CONFIG", b"SET", b"appendonly", b"yes") == ("+", b"OK"), "is refused")
            client.call(b"CONFIG", b"SET", b"rdb-key-save-delay", b"0")
            eventually(lambda: os.path.isdir(log_folder(folder)) and "incr.aof" in "".join(files(folder)) and
                       field(server, "aof_rewrite_in_progress") == "0", message="no log is begun")
            client.call(b"SET", b"last", b"v")
            server.process.kill()
            server.process.wait()
        is_back(folder, b"101")


def switched_on_in_a_transaction():
    """The log begins with all of it, not with its first half."""
    with folder_of_its_own() as folder:
        with start(folder, *ALWAYS) as server:
            client = server.connect()
            transaction(client, "SET a 1", "CONFIG SET appendonly yes", "SET b 1")
            expect("AOF was enabled during a transaction." in server.log(), "begins in its middle")
            server.wait_for("Background AOF rewrite finished successfully")
            expect(os.path.getsize(increment(folder)) == 0, "the log has a half of it")
            server.process.kill()
            server.process.wait()
        is_back(folder, b"2")


def switched_on_twice():
    """Asking again while it cannot be done changes nothing, and nobody ends the server without force."""
    with folder_of_its_own() as folder, in_the_way(folder, "temp-appendonly.aof.incr"):
        with start(folder, "--rdb-key-save-delay", "2000", *ALWAYS) as server:
            client = server.connect()
            write_some(client)
            client.call(b"BGSAVE")
            client.call(b"CONFIG", b"SET", b"appendonly", b"yes")
            server.wait_for("Can't open the append-only file temp-appendonly.aof.incr")
            expect(client.call(b"CONFIG", b"SET", b"appendonly", b"yes") == ("+", b"OK"), "is refused")
            expect(field(server, "aof_rewrite_scheduled") == "1", "is not tried any more")
            expect(field(server, "aof_pending_rewrite") == "1", "is not tried any more")
            expect(client.call(b"SHUTDOWN") == ("-", b"ERR Errors trying to SHUTDOWN. Check logs."),
                   "the data has no file, and is given up")
            client.send(wire.encode([b"SHUTDOWN", b"NOSAVE", b"FORCE"]))
            server.ends(0)


def a_base_over_an_old_log():
    """A base that is made without a log does not take the place of one in a log that lies there."""
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            write_some(server.connect(), 10)
            server.terminate()
        with in_the_way(folder, "temp-appendonly.aof.manifest"):
            with start(folder) as server:
                server.connect().call(b"BGREWRITEAOF")
                server.wait_for("Error writing the AOF manifest file")
                server.terminate()
            is_back(folder, b"10")
        with start(folder) as server:
            server.connect().call(b"SET", b"other", b"v")
            server.connect().call(b"BGREWRITEAOF")
            server.wait_for("Background AOF rewrite finished successfully")
            server.terminate()
        expect(files(folder) == ["appendonly.aof.2.base.rdb", "appendonly.aof.manifest"],
               "holds %s" % files(folder))
        is_back(folder, b"1")


def nothing_begins_behind_the_end():
    """The end gives up a save; what that would bring about otherwise is not begun any more."""
    for options, command in ((["--save", "1 1"], b"BGSAVE"),
                             ([*LOG, "--auto-aof-rewrite-min-size", "1", "--auto-aof-rewrite-percentage", "1"],
                              b"BGREWRITEAOF")):
        with folder_of_its_own() as folder:
            with start(folder, "--rdb-key-save-delay", "100000", *options) as server:
                client = server.connect()
                write_some(client)
                client.call(command)
                time.sleep(2.2)  # The save point is reached.
                client.send(wire.encode([b"SHUTDOWN", b"NOSAVE"]))
                server.ends(0)
                behind = server.log().split("bye bye...")[1]
                expect("..." not in behind and "Starting" not in behind, "goes on:" + behind)
            left = os.listdir(folder)
            expect(not [name for name in left if name != "appendonlydir"], "left: %s" % left)


def switched_on_over_an_old_log():
    """A log of an earlier run lies there: until the new one is whole, it is as it was."""
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            write_some(server.connect(), 10)
            server.terminate()
        before = {name: open(os.path.join(log_folder(folder), name), "rb").read() for name in files(folder)}
        with start(folder) as server:
            client = server.connect()
            with in_the_way(folder, "temp-appendonly.aof.manifest"):
                client.call(b"CONFIG", b"SET", b"appendonly", b"yes")
                server.wait_for("Error writing the AOF manifest file")
                for name, content in before.items():
                    with open(os.path.join(log_folder(folder), name), "rb") as file:
                        expect(file.read() == content, "%s was changed" % name)
            server.wait_for("Background AOF rewrite finished successfully")
            write_some(client, 3)
            server.terminate()
        is_back(folder, b"3")


def switched_off_while_rewritten():
    """What the manifest names stays there."""
    with folder_of_its_own() as folder:
        with start(folder, "--rdb-key-save-delay", "10000", *LOG) as server:
            client = server.connect()
            write_some(client)
            client.call(b"BGREWRITEAOF")
            client.call(b"SET", b"during", b"v")
            client.call(b"CONFIG", b"SET", b"appendonly", b"no")
            server.terminate()
        is_back(folder, b"51")


def not_switched_while_loading():
    with loading(1000, 20000, "--enable-protected-configs", "yes") as (program, client, _):
        for option, value in ((b"appendonly", b"yes"), (b"appendonly", b"no"), (b"appendonly", b"maybe"),
                              (b"dir", b"/tmp")):
            answer = client.call(b"CONFIG", b"SET", b"maxmemory", b"0", option, value)
            expect(answer == ("-", b"LOADING Redis is loading the dataset in memory"),
                   "answered %r" % (answer,))
        client.call(b"CONFIG", b"SET", b"key-load-delay", b"0")
        program.wait_for("Ready to accept connections")
        expect(client.call(b"CONFIG", b"GET", b"appendonly")[1][1][1] == b"no", "was changed")


def ended_before_the_first_base():
    """A log that has no base yet: the data is not given up for it, and nothing of it stays."""
    with folder_of_its_own() as folder:
        with start(folder, "--rdb-key-save-delay", "100000") as server:
            client = server.connect()
            write_some(client)
            client.call(b"CONFIG", b"SET", b"appendonly", b"yes")
            expect(client.call(b"DEBUG", b"LOADAOF")[0] == "-", "loads a log that is none")
            expect(client.call(b"DBSIZE") == (":", b"50"), "the data is gone")
            client.send(wire.encode([b"SHUTDOWN", b"NOSAVE", b"FORCE"]))
            server.ends(0)
        expect(files(folder) == [], "left: %s" % files(folder))


def moved_half_way():
    """The old log's manifest was written when the machine stopped, but the file not yet moved."""
    with folder_of_its_own() as folder:
        os.mkdir(log_folder(folder))
        with open(os.path.join(log_folder(folder), "appendonly.aof.manifest"), "wb") as file:
            file.write(b"file appendonly.aof seq 1 type b\n")
        with open(folder + "/appendonly.aof", "wb") as file:
            file.write(wire.encode([b"SELECT", b"0"]) + wire.encode([b"SET", b"a", b"1"]))
        for _ in range(2):
            is_back(folder, b"1")
        expect(not os.path.exists(folder + "/appendonly.aof"), "was not moved")


def a_file_is_missing():
    """Nothing is cut before it is known that all files are there."""
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            write_some(server.connect())
            server.terminate()
        with open(increment(folder), "rb+") as file:
            file.truncate(os.path.getsize(increment(folder)) - 3)
        cut = os.path.getsize(increment(folder))
        with open(os.path.join(log_folder(folder), "appendonly.aof.manifest"), "ab") as file:
            file.write(b"file appendonly.aof.2.incr.aof seq 2 type i\n")
        with Program("--port", str(free_port()), "--dir", folder, *LOG) as program:
            program.ends(1)
            expect("can't open the append log file appendonly.aof.2.incr.aof" in program.log(),
                   "not said why:\n" + program.log())
        expect(os.path.getsize(increment(folder)) == cut, "the file before was cut")


def told_before_what_takes_long():
    """What was answered does not wait with a command that does."""
    for command in ([b"SAVE"], [b"DEBUG", b"SLEEP", b"5"], [b"EVAL", b"while true do end", b"0"]):
        with folder_of_its_own() as folder:
            with start(folder, "--hz", "1", "--rdb-key-save-delay", "100000", *LOG) as server:
                client = server.connect()
                write_some(client)
                client.send(wire.encode(command))
                eventually(lambda: b"k49" in open(increment(folder), "rb").read(), 3, "is not in the log")
                server.process.kill()
                server.process.wait()
            is_back(folder, b"50")


def payload(version, content):
    """What DUMP of another server gives; the sum is a CRC-64 of the Jones polynomial, reflected."""
    content += version.to_bytes(2, "little")
    checksum = 0
    for byte in content:
        checksum ^= byte
        for _ in range(8):
            checksum = checksum >> 1 ^ (0x95AC9329AC4BC9B5 if checksum & 1 else 0)
    return content + checksum.to_bytes(8, "little")


LATER = 4102444800000
FIELD_DEADLINE = payload(12, b"\x18" + LATER.to_bytes(8, "little") + b"\x02" + b"\x01\x01d\x011" + b"\x00\x01e\x012")
LIST = payload(10, b"\x01\x01\x01a")
HASH = payload(10, b"\x04\x01\x01f\x031.5")
VALKEY_FUNCTION = (b"#!lua name=lib\nserver.register_function('f', function(keys, args)"
                   b" return server.call('PING') end)")
SKIP = ("--rdb-foreign-types", "skip")


def logs_of_others():
    """What only they log or hold is refused, with what it is, or left out and counted, as in their dumps."""
    keeping = [b"HSETEX", b"h", b"KEEPTTL", b"FIELDS", b"1", b"f", b"1.5"]
    dying = [b"HSETEX", b"h", b"PXAT", b"%d" % LATER, b"FIELDS", b"2", b"g", b"2", b"i", b"3"]
    dead = [b"HSETEX", b"h", b"PXAT", b"1000", b"FIELDS", b"1", b"g", b"2"]
    only = [b"HPEXPIREAT", b"h", b"%d" % LATER, b"FIELDS", b"1", b"f"]
    past = [b"HPEXPIREAT", b"h", b"1000", b"FIELDS", b"1", b"i"]
    restored = [b"RESTORE", b"r", b"0", FIELD_DEADLINE]
    elsewhere = [b"RESTORE", b"l", b"0", LIST]
    foreign_call = [b"EVAL", b"redis.call('LPUSH', 'l', '1')", b"0"]
    failing_call = [b"EVAL", b"redis.call('SADD', 'h', '1')", b"0"]
    nested = [[b"MULTI"], [b"HSET", b"h", b"a", b"1"], [b"MULTI"], [b"HSET", b"h", b"b", b"1"], [b"EXEC"]]
    failed = "Requests that failed were skipped: %d"
    # What is logged, the options, and either the number of fields or why it is refused; what is told.
    for requests, options, fields, told in (
            ([keeping], (), 1, None), ([keeping, *nested], (), 3, None),
            ([keeping, dying, only, [b"MULTI"], dying, only, [b"EXEC"]], (), 3, None),
            ([keeping, dying, dead, past], (), 1, None), ([keeping, restored], (), 1, None),
            ([keeping, dying, dead, past, [b"HPERSIST", b"h", b"FIELDS", b"2", b"g", b"i"]], (), 3, None),
            ([keeping, elsewhere], (), None, "RESTORE l: ERR Bad data format: a list"),
            ([keeping, [b"LPUSH", b"l", b"a"]], (), None, "Unknown command 'LPUSH'"),
            ([keeping, [b"LPUSH", b"l", b"a"]], (), None, "Key 'l' in database 0 is a list, a type"),
            ([keeping, [b"LPUSH", b"l", b"a"]], SKIP, 1, failed % 1),
            ([keeping, [b"RENAME", b"gone", b"h"]], (), 1, failed % 1),
            ([keeping, [b"SET", b"a"], [b"RENAME", b"a"], [b"GETEX"]], SKIP, 1, failed % 3),
            ([keeping, [b"SET", b"s", b"1"], [b"SORT", b"gone", b"STORE", b"s"]], (), 1, None),
            ([keeping, [b"EVAL", b"#!lua\nredis.call('HSET', 'h', 'g', '1')", b"0"]], (), 2, None),
            ([keeping, *[[b"APPEND", b"a", b"x" * 600_000]] * 2], ("--proto-max-bulk-len", "1mb"), 1, None),
            ([keeping, [b"FUNCTION", b"LOAD", VALKEY_FUNCTION]], (), 1, None),
            ([keeping, elsewhere, restored, elsewhere], SKIP, 1, failed % 2),
            ([keeping, foreign_call], (), None, "see rdb-foreign-types: EVAL redis.call('LPUSH', 'l', '1')"),
            ([keeping, foreign_call], SKIP, 1, failed % 1),
            ([keeping, failing_call], (), 1, failed % 1),
            ([keeping, [b"SET", b"s", b"1", b"NX"], [b"SET", b"s", b"2", b"NX"]], (), 1, failed % 1),
            ([keeping, [b"SETNX", b"s", b"1"], [b"SETNX", b"s", b"2"]], (), 1, failed % 1),
            ([keeping, [b"RESTORE-ASKING", b"h", b"0", HASH, b"REPLACE"]], (), 1, None),
            ([keeping, [b"MULTI"], [b"SELECT", b"5"], [b"LPUSH", b"l", b"a"], [b"EXEC"]], (), None,
             "Key 'l' in database 5 is a list"),
            ([keeping, [b"PFCOUNT", b"l"]], (), None, "Key 'l' in database 0 is a hyperloglog"),
            ([keeping, [b"SWAPDB", b"0", b"99"]], SKIP, None,
             "cannot be run, SWAPDB 0: ERR DB index is out of range"),
            ([keeping, [b"SELECT", b"99"]], SKIP, None,
             "cannot be run, SELECT 99: ERR DB index is out of range")):
        with folder_of_its_own() as folder:
            with open(folder + "/appendonly.aof", "wb") as file:
                file.write(b"".join(wire.encode(request) for request in [[b"SELECT", b"0"], *requests]))
            if fields is None:
                with Program("--port", str(free_port()), "--dir", folder, *LOG, *options) as program:
                    program.ends(1)
                    expect(told in program.log(), "not said '%s':\n%s" % (told, program.log()))
                continue
            with start(folder, *LOG, *options) as server:
                client = server.connect()
                expect(client.call(b"HLEN", b"h") == (":", b"%d" % fields), "not all fields")
                expect(client.call(b"HGET", b"h", b"f") == ("$", b"1.5"), "another value")
                expect(restored not in requests or client.call(b"HLEN", b"r") == (":", b"2"), "a field is missing")
                expect((told or "DB loaded from append only file") in server.log(),
                       "not said '%s':\n%s" % (told, server.log()))
                expect(told is not None or "failed" not in server.log(), "failed:\n" + server.log())
                server.terminate()


def old_values_do_not_pass_for_new_ones():
    """What requests that are left out had given another value is gone, and nothing else."""
    with folder_of_its_own() as folder:
        requests = [[b"SELECT", b"0"], *([b"SET", b"k%d" % i, b"old"] for i in range(20)),
                    [b"SELECT", b"1"], [b"SET", b"k0", b"old"], [b"SELECT", b"0"], [b"SADD", b"q", b"1"],
                    [b"ZADD", b"z", b"1", b"k10"], [b"ZUNIONSTORE", b"k0", b"1", b"z"],
                    [b"SORT", b"q", b"STORE", b"k1"], [b"SETBIT", b"k2", b"0", b"1"], [b"RENAME", b"z", b"k3"],
                    [b"COPY", b"z", b"k4", b"REPLACE"], [b"COPY", b"z", b"k0", b"DB", b"1", b"REPLACE"],
                    [b"RESTORE", b"k5", b"0", LIST, b"REPLACE"], [b"MULTI"], [b"SET", b"k6", b"new"],
                    [b"BITOP", b"NOT", b"k6", b"k7"], [b"EXEC"], [b"MOVE", b"k7", b"20"], [b"RENAMENX", b"z", b"k9"],
                    [b"SET", b"k10", b"new", b"LATER"], [b"SET", b"k11", b"new", b"NX"],
                    [b"PFADD", b"k8", b"a"], [b"SET", b"k8", b"new"],
                    [b"SELECT", b"1"], [b"SET", b"k12", b"old"], [b"SELECT", b"0"],
                    [b"MULTI"], [b"SELECT", b"1"], [b"SET", b"k12"], [b"EXEC"]]
        with open(folder + "/appendonly.aof", "wb") as file:
            file.write(b"".join(wire.encode(request) for request in requests))
        with start(folder, *LOG, *SKIP) as server:
            client = server.connect()
            for i in range(20):
                left = b"new" if i == 8 else b"old" if i > 11 else None
                expect(client.call(b"GET", b"k%d" % i) == ("$", left), "k%d is not %r" % (i, left))
            expect(client.call(b"EXISTS", b"q") == (":", b"1"), "the source is gone")
            client.call(b"SELECT", b"1")
            expect(client.call(b"DBSIZE") == (":", b"0"), "the other database has it still")
            expect("Requests that failed were skipped: 15" in server.log(), server.log())
            expect("Keys to which such requests gave another value are deleted: 14" in server.log(), server.log())
            server.terminate()


def is_rewritten(server):
    eventually(lambda: field(server, "aof_rewrite_in_progress") == field(server, "aof_rewrite_scheduled") == "0", 20)


def files_without_their_manifest():
    """They may be all that is left of a log: nothing of them is written over, also not later on."""
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            client = server.connect()
            for _ in range(2):
                write_some(client)
                client.call(b"BGREWRITEAOF")
                is_rewritten(server)
            write_some(client)
            server.terminate()
        os.remove(os.path.join(log_folder(folder), "appendonly.aof.manifest"))

        def content():
            result = {}
            for name in os.listdir(log_folder(folder)):
                with open(os.path.join(log_folder(folder), name), "rb") as file:
                    result[name] = file.read()
            return result

        before = content()
        for options in (LOG, ()):
            with start(folder, *options) as server:
                client = server.connect()
                client.call(b"CONFIG", b"SET", b"appendonly", b"yes")
                is_rewritten(server)
                expect(client.call(b"DBSIZE") == (":", b"0"), "something was loaded")
                expect(("they are not loaded, and left alone" in server.log()) == (options is LOG), server.log())
                client.call(b"BGREWRITEAOF")
                is_rewritten(server)
                server.terminate()
            after = content()
            expect(all(after.get(name) == before[name] for name in before), "a file was written over")


def an_old_file_beside_other_files():
    """What a log of one file becomes takes no name of theirs, and is not put in place of one."""
    def is_left(name, content):
        with open(os.path.join(log_folder(folder), name), "rb") as file:
            expect(file.read() == content, name + " was written over")

    old = wire.encode([b"SELECT", b"0"]) + wire.encode([b"SET", b"a", b"1"])
    precious = "appendonly.aof.1.incr.aof"
    last = "appendonly.aof.9223372036854775807.incr.aof"
    for names, starts in (((precious,), True), ((last,), True), (("appendonly.aof",), False)):
        with folder_of_its_own() as folder:
            os.mkdir(log_folder(folder))
            with open(folder + "/appendonly.aof", "wb") as file:
                file.write(old)
            for name in names:
                with open(os.path.join(log_folder(folder), name), "wb") as file:
                    file.write(b"precious")
            if starts:
                for keys in (b"1", b"50"):
                    with start(folder, *LOG) as server:
                        client = server.connect()
                        expect(client.call(b"DBSIZE") == (":", keys), "another number of keys")
                        write_some(client, 49)
                        client.call(b"BGREWRITEAOF")
                        is_rewritten(server)
                        server.terminate()
            else:
                with Program("--port", str(free_port()), "--dir", folder, *LOG) as program:
                    program.ends(1)
                    expect("is there already" in program.log(), "not said why:\n" + program.log())
                with open(folder + "/appendonly.aof", "rb") as file:
                    expect(file.read() == old, "the old file is gone")
            for name in names:
                is_left(name, b"precious")


def not_reloaded_in_a_transaction():
    """DEBUG LOADAOF while something is not in the log yet."""
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            client = server.connect()
            client.call(b"SET", b"a", b"1")
            answer = transaction(client, "SET b 1", "DEBUG LOADAOF")
            expect(b"-ERR Error trying to load the AOF files" in answer, "reloads in its middle: %r" % answer)
            expect(client.call(b"DBSIZE") == (":", b"2"), "half of a transaction is gone")
            server.terminate()
        is_back(folder, b"2")


CASES = [switched_on_at_the_second_try, switched_on_once_it_can_be, switched_on_while_a_base_is_made,
         switched_on_in_a_transaction, switched_on_twice, switched_on_over_an_old_log, a_base_over_an_old_log,
         nothing_begins_behind_the_end, switched_off_while_rewritten, not_switched_while_loading,
         ended_before_the_first_base, moved_half_way, a_file_is_missing,
         told_before_what_takes_long, logs_of_others, old_values_do_not_pass_for_new_ones,
         files_without_their_manifest, an_old_file_beside_other_files, not_reloaded_in_a_transaction]
