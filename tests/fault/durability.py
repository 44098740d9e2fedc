"""What is on disk: saved, loaded, exchanged with other servers, and what happens when that fails."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import wire
from program import Program, Server, eventually, expect, free_port

HERE = os.path.dirname(os.path.abspath(__file__))
DUMPS = os.path.join(HERE, "dumps")
DIGEST = b"3543b178f1c8efce3957d6b1d132e67aa27e16ff"  # Of every file there; see its README.
FUNCTION = b"#!lua name=lib\nredis.register_function('f', function() return 1 end)"
REFUSED = {"-foreign": "is a "}
FIELD_DEADLINES = ((b"exp", b"a", 4102444800000), (b"exp", b"b", -1), (b"expbig", b"b", 4102444800555))


@contextlib.contextmanager
def folder_of_its_own(mount=None):
    folder = tempfile.mkdtemp(prefix="durability-")
    mounted = mount and subprocess.run(["mount", "-t", "tmpfs", "-o", mount, "none", folder],
                                       check=False, stderr=subprocess.DEVNULL).returncode == 0
    try:
        yield folder if mounted or not mount else None
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def start(folder, *options):
    return Server("--dir", folder, "--enable-debug-command", "yes", *options)


def reference(folder):
    """Debian's server over the same folder."""
    return Server("--dir", folder, "--enable-debug-command", "yes", binary="redis-server")


def digest(server):
    return server.connect().call(b"DEBUG", b"DIGEST")[1]


def field(server, name):
    info = server.connect().call(b"INFO", b"everything")[1].decode()
    return re.search(r"^%s:(.*?)\r$" % name, info, re.M)[1]


def fill(server, keys=200):
    """Keys of every kind, of sizes around the limits of the compact encodings."""
    client = server.connect()
    for i in range(keys):
        size = (1, 7, 60, 600)[i % 4]
        client.call(b"SET", b"s%d" % i, b"%d" % (i - 50) if i % 3 else b"v" * size)
        client.call(b"HSET", b"h%d" % i, *[b"%s%d" % (b"fv"[j % 2:j % 2 + 1], j) for j in range(2 * size)])
        client.call(b"SADD", b"i%d" % i, *[b"%d" % (j * 7 ** (i % 20)) for j in range(size)])
        client.call(b"SADD", b"m%d" % i, *[b"m%d" % j for j in range(size)])
        if i % 5 == 0:
            client.call(b"PEXPIREAT", b"h%d" % i, b"4102444800123")


def files_of_others():
    for name in sorted(os.listdir(DUMPS)):
        if not name.endswith(".rdb"):
            continue
        with folder_of_its_own() as folder:
            shutil.copy(os.path.join(DUMPS, name), os.path.join(folder, "dump.rdb"))
            why = [text for part, text in REFUSED.items() if part in name]
            options = []
            if why:
                with Program("--port", str(free_port()), "--dir", folder) as program:
                    program.ends(1)
                    expect(why[0] in program.log(), "%s: not said why:\n%s" % (name, program.log()))
                options = ["--rdb-foreign-types", "skip"]
            with start(folder, *options) as server:
                expect(not why or "were skipped: " in server.log(),
                       "%s: nothing said of what was left out:\n%s" % (name, server.log()))
                client = server.connect()
                if "-fields" in name:
                    for key, field_name, deadline in FIELD_DEADLINES:
                        expect(client.call(b"HPEXPIRETIME", key, b"FIELDS", b"1", field_name) ==
                               ("*", [(":", b"%d" % deadline)]), name + ": another deadline")
                    expect(client.call(b"HMGET", b"exp", b"a", b"b") ==
                           ("*", [("$", b"1"), ("$", b"2")]), name + ": fields are missing")
                    both = digest(server)
                    expect(client.call(b"SAVE") == ("+", b"OK") and
                           client.call(b"DEBUG", b"RELOAD") == ("+", b"OK"), "does not reload")
                    expect(digest(server) == both, name + ": comes back as something else")
                    client.call(b"DEL", b"exp", b"expbig")
                if "-functions" in name:
                    expect(client.call(b"FCALL", b"f", b"0") == (":", b"1"), name + ": no function")
                    client.call(b"SAVE")
                    client.call(b"DEBUG", b"RELOAD")
                    expect(client.call(b"FCALL", b"f", b"0") == (":", b"1"), "does not come back")
                expect(digest(server) == DIGEST, name + ": loads as something else")
                server.terminate()


def there_and_back():
    """The reference loads what we save, and we what it saves."""
    for options in ([], ["--rdbcompression", "no", "--rdbchecksum", "no"],
                    ["--maxmemory-policy", "allkeys-lfu"], ["--maxmemory-policy", "allkeys-lru"]):
        with folder_of_its_own() as folder:
            with start(folder, *options) as server:
                fill(server, Program.scaled(200))
                server.connect().call(b"FUNCTION", b"LOAD", FUNCTION)
                expected = digest(server)
                expect(server.connect().call(b"SAVE") == ("+", b"OK"), "SAVE failed")
                server.terminate()
            expect(os.listdir(folder) == ["dump.rdb"], "something is left over")
            with reference(folder) as other:
                expect(digest(other) == expected, "the reference loads something else")
                expect(other.connect().call(b"FCALL", b"f", b"0") == (":", b"1"), "no function there")
                other.connect().call(b"SAVE")
                other.process.terminate()
                other.ends(0)
            with start(folder) as server:
                expect(digest(server) == expected, "comes back as something else")
                expect(server.connect().call(b"FCALL", b"f", b"0") == (":", b"1"), "no function")
                server.terminate()


def payloads_there_and_back():
    with folder_of_its_own() as folder, start(folder) as server, reference(folder) as other:
        fill(server, 40)
        ours, theirs = server.connect(), other.connect()
        keys = [item[1] for item in ours.call(b"KEYS", b"*")[1]]
        for key in keys:
            expect(theirs.call(b"RESTORE", key, b"0", ours.call(b"DUMP", key)[1]) == ("+", b"OK"),
                   "the reference refuses %r" % key)
        for key in keys:
            payload = theirs.call(b"DUMP", key)[1]
            expect(ours.call(b"RESTORE", key, b"0", payload, b"REPLACE") == ("+", b"OK"),
                   "we refuse %r" % key)
        expect(digest(server) == digest(other), "something has changed on the way")
        server.terminate()


@contextlib.contextmanager
def loading(keys, delay_us, *options):
    """A server in the middle of loading a file: the program, a client of it and the folder."""
    with folder_of_its_own() as folder:
        with start(folder) as server:
            server.connect().call(b"DEBUG", b"POPULATE", b"%d" % keys)
            server.connect().call(b"SAVE")
            server.terminate()
        port = free_port()
        with Program("--port", str(port), "--dir", folder, "--key-load-delay", str(delay_us), *options) as program:
            program.wait_for("Server initialized")
            yield program, wire.Connection(port), folder
            program.terminate()


def announced_and_not_there():
    """What a payload says it would unpack to is no reason to set memory aside."""
    size = 17 << 20
    payload = (b"\x00\xc3\x80" + size.to_bytes(4, "big") + b"\x80" + b"\xff" * 4 + b"\xff" * size +
               b"\x0a\x00" + bytes(8))
    with folder_of_its_own() as folder, start(folder) as server:
        client = server.connect()
        client.call(b"DEBUG", b"SET-SKIP-CHECKSUM-VALIDATION", b"1")
        expect(client.call(b"RESTORE", b"k", b"0", payload) == ("-", b"ERR Bad data format"), "is taken")
        with open("/proc/%d/status" % server.process.pid, encoding="ascii") as status:
            peak = int(re.search(r"VmHWM:\s+(\d+) kB", status.read())[1])
        expect(peak < 1 << 20, "took %d KB" % peak)
        server.terminate()


def loading_is_told():
    keys = Program.scaled(300_000)
    with loading(keys, -10) as (program, client, _):
        answer = client.call(b"GET", b"key:1")
        expect(answer[0] == "-" and answer[1].startswith(b"LOADING "), "answered %r" % (answer,))
        info = client.call(b"INFO", b"persistence")[1].decode()
        expect("\r\nloading:1\r\n" in "\r\n" + info, "INFO does not say so")
        for name in ("loading_total_bytes", "loading_loaded_bytes", "loading_eta_seconds",
                     "loading_rdb_used_mem", "rdb_last_load_keys_loaded"):
            expect(int(re.search(name + r":(\d+)", info)[1]) > 0, name + " is missing")
        program.wait_for("Ready to accept connections")
        expect(client.call(b"DBSIZE") == (":", b"%d" % keys), "not all is there")
        for line in ("Loading RDB produced by version ", "Done loading RDB, keys loaded: %d" % keys,
                     "DB loaded from disk: "):
            expect(line in program.log(), "no line '%s'" % line)


def loading_can_be_slowed():
    with loading(1000, 20000) as (program, client, _):
        expect(client.call(b"GET", b"key:1")[1].startswith(b"LOADING "), "is there already")
        expect(client.call(b"CONFIG", b"SET", b"key-load-delay", b"-100") == ("+", b"OK"), "not taken")
        program.wait_for("Ready to accept connections")
        expect(client.call(b"DBSIZE") == (":", b"1000"), "not all is there")


def ended_while_loading():
    with loading(100_000, 100) as (program, _, folder):
        before = os.stat(folder + "/dump.rdb")
        program.terminate()
        expect(os.stat(folder + "/dump.rdb").st_mtime_ns == before.st_mtime_ns,
               "the file was replaced by half of itself")


def not_reloaded_while_loading():
    """What is there so far is not saved in the place of what is to come."""
    with loading(1000, 20000, "--enable-debug-command", "yes") as (program, client, folder):
        before = os.path.getsize(folder + "/dump.rdb")
        for how in (b"RELOAD", b"LOADAOF"):
            expect(client.call(b"DEBUG", how) == ("-", b"LOADING Redis is loading the dataset in memory"),
                   "DEBUG %s is not refused" % how.decode())
        expect(os.path.getsize(folder + "/dump.rdb") == before, "the file was replaced")
        client.call(b"CONFIG", b"SET", b"key-load-delay", b"0")
        program.wait_for("Ready to accept connections")
        expect(client.call(b"DBSIZE") == (":", b"1000"), "not all is there")


def nothing_is_evicted_while_loading():
    """What is behind in the file may need what is there; and who asks is told that files are loaded."""
    with loading(1000, 2000, "--maxmemory", "1", "--maxmemory-policy", "allkeys-random") as (_, client, _):
        for _ in range(20):
            client.call(b"PING")
            time.sleep(0.01)
        expect(client.call(b"SET", b"a", b"1")[1].startswith(b"LOADING "), "is not told of the loading")
        info = client.call(b"INFO")[1]
        expect(b"\nloading:1\r" in info and b"\nevicted_keys:0\r" in info, "something was evicted")


def half_of_a_file_is_not_served():
    """DEBUG RELOAD of a file that ends in its middle."""
    with folder_of_its_own() as folder, start(folder) as server:
        client = server.connect()
        client.call(b"DEBUG", b"POPULATE", b"100")
        client.call(b"SAVE")
        path = os.path.join(folder, "dump.rdb")
        os.truncate(path, os.path.getsize(path) // 2)
        expect(client.call(b"DEBUG", b"RELOAD", b"NOSAVE")[0] == "-", "is loaded")
        expect(client.call(b"DBSIZE") == (":", b"0"), "half of it is served")
        server.terminate()


def files_that_cannot_be_loaded():
    with open(os.path.join(DUMPS, "redis-7.0.rdb"), "rb") as file:
        sound = file.read()
    cases = {
        "cut": (sound[:-20], "Unexpected EOF reading RDB file"),
        "empty": (b"", "Unexpected EOF reading RDB file"),
        "sum": (sound[:-1] + bytes([sound[-1] ^ 1]), "Wrong RDB checksum"),
        "magic": (b"X" + sound[1:], "Wrong signature trying to load DB from file"),
        "version": (sound[:5] + b"0099" + sound[9:], "Can't handle RDB format version"),
    }
    for name, (content, why) in cases.items():
        with folder_of_its_own() as folder:
            with open(folder + "/dump.rdb", "wb") as file:
                file.write(content)
            with Program("--port", str(free_port()), "--dir", folder) as program:
                program.ends(1)
                expect(why in program.log(), "%s: not said why:\n%s" % (name, program.log()))
            with open(folder + "/dump.rdb", "rb") as file:
                expect(file.read() == content, name + ": the file was touched")


def all_of(connection):
    """What comes until the other side closes or resets."""
    received = b""
    try:
        while piece := connection.recv(1000):
            received += piece
    except ConnectionResetError:
        pass
    return received


def nothing_behind_shutdown():
    """What would run behind the last save would be lost, so it does not run, whoever sent it."""
    with folder_of_its_own() as folder:
        with start(folder) as server:
            client = server.socket()
            others = [server.socket() for _ in range(5)]
            client.sendall(b"PING\r\nDEBUG SLEEP 0.3\r\n")
            expect(client.recv(7) == b"+PONG\r\n", "no answer")
            time.sleep(0.1)
            client.sendall(b"SHUTDOWN SAVE\r\nINCR b\r\n")
            for other in others:
                other.sendall(b"INCR b\r\n")
            received = [all_of(connection) for connection in (client, *others)]
            expect(received == [b"+OK\r\n"] + [b""] * 5, "answered all the same: %r" % received)
            server.ends(0)
        with start(folder) as server:
            expect(server.connect().call(b"EXISTS", b"b") == (":", b"0"), "it ran before the save")
            server.terminate()


def saved_at_the_end():
    with folder_of_its_own() as folder:
        def count():
            with start(folder) as server:
                got = server.connect().call(b"DBSIZE")[1]
                server.terminate()
            return got

        with start(folder, "--save", "3600", "100000") as server:
            server.connect().call(b"SET", b"a", b"1")
            server.terminate()
            expect("Saving the final RDB snapshot before exiting." in server.log(), "not said so")
        expect(count() == b"1", "SIGTERM with save points did not save")
        with start(folder, "--save", "3600", "100000") as server:
            server.connect().call(b"SET", b"b", b"1")
            server.connect(10).send(wire.encode([b"SHUTDOWN", b"NOSAVE"]))
            server.ends(0)
        expect(count() == b"1", "SHUTDOWN NOSAVE saved")
        with start(folder) as server:
            server.connect().call(b"SET", b"b", b"1")
            server.connect(10).send(wire.encode([b"SHUTDOWN", b"SAVE"]))
            server.ends(0)
        expect(count() == b"2", "SHUTDOWN SAVE did not save")
        with start(folder) as server:
            server.connect().call(b"SET", b"c", b"1")
            server.terminate()
        expect(count() == b"2", "SIGTERM without save points saved")
        with start(folder, "--shutdown-on-sigint", "save") as server:
            server.connect().call(b"SET", b"c", b"1")
            server.process.send_signal(signal.SIGINT)
            server.ends(0)
        expect(count() == b"3", "SIGINT did not save as told")
        with start(folder, "--save", "3600", "100000", "--shutdown-on-sigterm", "nosave now") as server:
            server.connect().call(b"SET", b"d", b"1")
            server.terminate()
        expect(count() == b"3", "SIGTERM saved when told not to")


def save_points():
    with folder_of_its_own() as folder, start(folder, "--save", "1", "10") as server:
        client = server.connect()
        for i in range(9):
            client.call(b"SET", b"k%d" % i, b"v")
        time.sleep(2.5)
        expect(not os.path.exists(folder + "/dump.rdb"), "saved too early")
        client.call(b"SET", b"k9", b"v")
        server.wait_for("10 changes in 1 seconds. Saving...")
        server.wait_for("Background saving terminated with success")
        expect(field(server, "rdb_changes_since_last_save") == "0", "the changes are not taken off")
        expect(os.listdir(folder) == ["dump.rdb"], "something is left over")
        server.terminate()


def flushed_with_save_points():
    with folder_of_its_own() as folder, start(folder, "--save", "3600", "1") as server:
        client = server.connect()
        client.call(b"SET", b"k", b"v" * 10000)
        client.call(b"SAVE")
        client.call(b"FLUSHALL")
        expect(os.path.getsize(folder + "/dump.rdb") < 1000, "the file still holds what was flushed")
        server.terminate()


def disk_full():
    """Nothing saved is damaged, writes stop, and all goes on by itself when there is room again."""
    with folder_of_its_own("size=1m") as folder:
        if folder is None:
            return  # Needs root.
        with start(folder, "--save", "1", "1", "--rdbcompression", "no") as server:
            client = server.connect()
            client.call(b"SET", b"small", b"v")
            server.wait_for("Background saving terminated with success")
            expect(field(server, "total_forks") == "1", "INFO does not count it")
            expect(int(field(server, "latest_fork_usec")) > 0, "INFO does not say how long it took")
            with open(folder + "/dump.rdb", "rb") as file:
                saved = file.read()
            queueing = server.connect()
            queueing.socket.sendall(wire.encode([b"MULTI"]) + wire.encode([b"SET", b"a", b"1"]))
            eventually(lambda: queueing.socket.recv(100, socket.MSG_PEEK).endswith(b"+QUEUED\r\n"), 5,
                       "nothing was queued")
            queueing.socket.recv(100)
            client.call(b"SET", b"large", os.urandom(2 << 20))
            server.wait_for("Write error saving DB on disk: No space left on device")
            server.wait_for("Background saving error")
            for command in ([b"SET", b"a", b"1"], [b"PING"]):
                answer = client.call(*command)
                expect(answer[0] == "-" and answer[1].startswith(b"MISCONF "), "answered %r" % (answer,))
            answer = queueing.call(b"EXEC")
            discarded = "EXECABORT Transaction discarded because of: MISCONF "
            expect(answer[0] == "-" and answer[1].startswith(discarded.encode()), "EXEC: %r" % (answer,))
            expect(client.call(b"GET", b"small") == ("$", b"v"), "reading is refused too")
            expect(client.call(b"SAVE")[0] == "-", "SAVE says it could")
            expect(field(server, "rdb_last_bgsave_status") == "err", "INFO does not say so")
            expect(os.listdir(folder) == ["dump.rdb"], "something is left over")
            with open(folder + "/dump.rdb", "rb") as file:
                expect(file.read() == saved, "what was saved has changed")
            client.call(b"CONFIG", b"SET", b"stop-writes-on-bgsave-error", b"no")
            expect(client.call(b"SET", b"a", b"1") == ("+", b"OK"), "refused though it may not be")
            client.call(b"CONFIG", b"SET", b"stop-writes-on-bgsave-error", b"yes")
            subprocess.run(["mount", "-o", "remount,size=8m", folder], check=True)
            eventually(lambda: client.call(b"SET", b"a", b"1") == ("+", b"OK"), 15,
                       "writes are still refused")
            server.terminate()


def read_only_folder():
    """Saving fails and is told; what was saved stays, and all goes on when the folder can be written again."""
    with folder_of_its_own("size=8m") as folder:
        if folder is None:
            return  # Needs root.
        with start(folder, "--save", "1", "1") as server:
            client = server.connect()
            client.call(b"SET", b"a", b"1")
            server.wait_for("Background saving terminated with success")
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
            client.call(b"SET", b"a", b"2")
            server.wait_for("for saving: Read-only file system")
            server.wait_for("Background saving error")
            for writing in ([b"SET", b"a", b"3"], [b"EVAL", b"#!lua\nreturn 1", b"0"]):
                answer = client.call(*writing)
                expect(answer[0] == "-" and answer[1].startswith(b"MISCONF "), "answered %r" % (answer,))
            expect(client.call(b"EVAL", b"#!lua flags=no-writes\nreturn 1", b"0") == (":", b"1"), "reads nothing")
            expect(client.call(b"SAVE")[0] == "-", "SAVE says it could")
            expect(client.call(b"CONFIG", b"SET", b"appendonly", b"yes")[0] == "-", "the log says it could")
            expect(client.call(b"GET", b"a") == ("$", b"2"), "reading is refused too")
            subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
            eventually(lambda: client.call(b"SET", b"a", b"4") == ("+", b"OK"), 15,
                       "writes are still refused")
            client.call(b"SAVE")
            server.terminate()
        with start(folder) as server:
            expect(server.connect().call(b"GET", b"a") == ("$", b"4"), "comes back as something else")
            server.terminate()


def no_room_at_the_end():
    """SIGTERM with save points goes on serving rather than lose the data."""
    with folder_of_its_own("size=1m") as folder:
        if folder is None:
            return  # Needs root.
        with start(folder, "--save", "3600", "1000") as server:
            client = server.connect()
            client.call(b"SET", b"large", os.urandom(2 << 20))
            server.process.send_signal(signal.SIGTERM)
            server.wait_for("Error trying to save the DB, can't exit.")
            expect(client.call(b"STRLEN", b"large") == (":", b"2097152"), "the data is gone")
            expect(client.call(b"SHUTDOWN") ==
                   ("-", b"ERR Errors trying to SHUTDOWN. Check logs."), "SHUTDOWN ends all the same")
            client.send(wire.encode([b"SHUTDOWN", b"NOSAVE"]))
            server.ends(0)


def given_up():
    """FLUSHALL ends a save: nothing is left of it, and the next one need not wait."""
    with folder_of_its_own() as folder, start(folder, "--rdb-key-save-delay", "10000") as server:
        client = server.connect()
        client.call(b"DEBUG", b"POPULATE", b"1000")
        client.call(b"BGSAVE")
        expect(client.call(b"BGSAVE")[1] == b"ERR Background save already in progress", "two at a time")
        expect(client.call(b"SAVE")[1] == b"ERR Background save already in progress", "two at a time")
        eventually(lambda: int(field(server, "current_save_keys_processed")) > 0, message="INFO counts no keys")
        client.call(b"FLUSHALL")
        server.wait_for("An .rdb is being saved in the background. Giving that up!")
        expect(field(server, "rdb_bgsave_in_progress") == "0", "goes on")
        eventually(lambda: os.listdir(folder) == [], message="something is left over")
        expect(field(server, "rdb_last_bgsave_status") == "ok", "counts as a failure")
        client.call(b"CONFIG", b"SET", b"rdb-key-save-delay", b"0")
        client.call(b"SET", b"k", b"v")
        client.call(b"BGSAVE")
        server.wait_for("Background saving terminated with success")
        server.terminate()


def saved_where_it_began():
    """CONFIG SET dir does not take a save along that is under way."""
    with folder_of_its_own() as folder, \
            start(folder, "--rdb-key-save-delay", "1000", "--enable-protected-configs", "yes") as server:
        os.mkdir(os.path.join(folder, "other"))
        client = server.connect()
        client.call(b"DEBUG", b"POPULATE", b"500")
        client.call(b"BGSAVE")
        expect(client.call(b"CONFIG", b"SET", b"dir", b"other", b"dbfilename", b"another.rdb")[0] == "+", "no change")
        server.wait_for("Background saving terminated with success")
        expect(sorted(os.listdir(folder)) == ["dump.rdb", "other"], "found %s" % os.listdir(folder))
        expect(os.listdir(os.path.join(folder, "other")) == [], "saved elsewhere")
        server.terminate()


def saves_that_find_no_memory():
    """They fail, and the server goes on; with more of it they succeed."""
    if Program.is_sanitized():
        return  # It needs terabytes of addresses.
    with folder_of_its_own() as folder, start(folder) as server:
        client = server.connect()
        client.call(b"SETRANGE", b"long", b"%d" % (150 << 20), b"x")
        with open("/proc/%d/status" % server.process.pid, encoding="ascii") as status:
            addresses = int(re.search(r"VmSize:\s+(\d+) kB", status.read())[1]) << 10
        limit = lambda text: subprocess.run(["prlimit", "--pid", str(server.process.pid), "--as=" + text], check=True)
        limit("%d:unlimited" % (addresses + (60 << 20)))
        client.call(b"BGSAVE")
        client.call(b"SETRANGE", b"long", b"0", b"y")
        server.wait_for("There is not enough memory to save")
        server.wait_for("Background saving error")
        expect(field(server, "rdb_last_bgsave_status") == "err", "INFO does not say so")
        expect(os.listdir(folder) == [], "something is left over")
        limit("unlimited")
        expect(client.call(b"BGSAVE")[0] == "+", "no second try")
        server.wait_for("Background saving terminated with success")
        server.terminate()


def killed_while_saving():
    """Whenever the server is killed, there is an old file or a new one, whole."""
    with folder_of_its_own() as folder:
        sizes = []
        step = Program.scaled(10_000)
        for round_number in range(12):
            with start(folder) as server:
                client = server.connect()
                sizes.append(int(client.call(b"DBSIZE")[1]))
                client.call(b"DEBUG", b"POPULATE", b"%d" % ((round_number + 1) * step))
                client.call(b"BGSAVE")
                time.sleep(0.01 * round_number)
                server.process.kill()
                server.process.wait()
            time.sleep(0.05)
        expect(sizes == sorted(sizes) and all(size % step == 0 for size in sizes),
               "loaded %s keys" % sizes)


def sleeps_though_a_save_ends():
    with folder_of_its_own() as folder, start(folder) as server:
        client = server.connect()
        client.call(b"BGSAVE")
        began = time.monotonic()
        client.call(b"DEBUG", b"SLEEP", b"0.5")
        expect(time.monotonic() - began >= 0.5, "the end of the save ended DEBUG SLEEP")
        server.terminate()


CASES = [sleeps_though_a_save_ends, files_of_others, there_and_back, payloads_there_and_back, announced_and_not_there, loading_is_told, loading_can_be_slowed, ended_while_loading, not_reloaded_while_loading,
         nothing_is_evicted_while_loading, half_of_a_file_is_not_served, files_that_cannot_be_loaded, saved_at_the_end, nothing_behind_shutdown, save_points, flushed_with_save_points,
         disk_full, read_only_folder, no_room_at_the_end, given_up, saved_where_it_began, saves_that_find_no_memory, killed_while_saving]
