"""The append-only file: what it brings back, whoever wrote it, and what a crash may cost."""

import contextlib
import os
import random
import re
import subprocess
import threading
import time

import wire
from durability import FUNCTION, digest, field, fill, folder_of_its_own, reference, start
from program import Failed, Program, Server, eventually, expect, free_port

LOG = ("--appendonly", "yes")
ROUNDS = int(os.environ.get("THIMBLE_KILL_ROUNDS", "15"))


def log_folder(folder):
    return os.path.join(folder, "appendonlydir")


def files(folder):
    return sorted(os.listdir(log_folder(folder)))


def increment(folder):
    return os.path.join(log_folder(folder), [name for name in files(folder) if "incr" in name][-1])


def transaction(client, *commands):
    client.send(b"".join(wire.encode(command.encode().split()) for command in ("MULTI", *commands, "EXEC")))
    return client.receive()


def change_all_kinds(server):
    """What must be told otherwise than it was asked: time, chance, floats, transactions."""
    client = server.connect()
    for command in ("SET a 1 EX 1000", "SETEX b 1000 v", "SET c 1", "INCRBYFLOAT c 0.25",
                    "HINCRBYFLOAT h f 1.5", "SADD s a b c d e f g h", "SPOP s", "SPOP s 3", "EXPIRE c 2000",
                    "SET d 1", "GETEX d EX 500", "GETDEL c", "SET e 1 PX 1", "SELECT 5", "SET f 1",
                    "MOVE f 7", "SELECT 0",
                    "RENAME a aa", "COPY aa a", "SADD t 1", "SPOP t 1", "APPEND log x", "SETRANGE log 5 y",
                    "SWAPDB 6 8", "SET g v EX 100", "PERSIST g", "MSETEX 2 h1 a h2 b EX 1000"):
        client.call(*command.encode().split())
    transaction(client, "INCR n", "SELECT 6", "INCR n", "SELECT 0", "SPOP s 2")
    time.sleep(0.05)
    client.call(b"GET", b"e")
    client.call(b"RESTORE", b"r", b"100000", client.call(b"DUMP", b"aa")[1])
    client.call(b"EVAL", b"redis.call('SET', 'e1', '1', 'EX', '1000'); redis.call('SPOP', 's')", b"0")
    client.call(b"FUNCTION", b"LOAD", b"#!lua name=lib\nredis.register_function('f', function() return 1 end)")


def deadlines(server):
    client = server.connect()
    return [client.call(b"PEXPIRETIME", key) for key in (b"a", b"aa", b"b", b"d", b"h1", b"r")]


def comes_back():
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            fill(server, 60)
            change_all_kinds(server)
            expected, times = digest(server), deadlines(server)
            server.terminate()
            expect("Calling fsync() on the AOF file." in server.log(), "not said so")
        expect(files(folder) == ["appendonly.aof.1.base.rdb", "appendonly.aof.1.incr.aof",
                                 "appendonly.aof.manifest"], "holds %s" % files(folder))
        for _ in range(2):
            with start(folder, *LOG) as server:
                expect("DB loaded from append only file: " in server.log(), "not said so")
                expect(digest(server) == expected, "comes back as something else")
                expect(deadlines(server) == times, "deadlines have moved")
                expect(server.connect().call(b"FCALL", b"f", b"0") == (":", b"1"), "no function")
                server.connect().call(b"SET", b"later", b"1")
                server.connect().call(b"DEL", b"later")
                server.terminate()


def renamed_commands_keep_their_names():
    """In the log stands what any server knows, whatever a command was called by here."""
    with folder_of_its_own() as folder:
        names = ("--rename-command", "FUNCTION", "FN", "--rename-command", "HSET", "PUT")
        with start(folder, *LOG, *names) as server:
            client = server.connect()
            client.call(b"FN", b"LOAD", FUNCTION)
            client.call(b"PUT", b"h", b"f", b"1")
            server.terminate()
        with start(folder, *LOG) as server:
            client = server.connect()
            expect(client.call(b"HGET", b"h", b"f") == ("$", b"1"), "the hash is gone")
            expect(client.call(b"FCALL", b"f", b"0") == (":", b"1"), "the function is gone")
            server.terminate()


def logs_there_and_back():
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            fill(server, 60)
            change_all_kinds(server)
            expected = digest(server)
            server.terminate()
        with Server("--dir", folder, "--enable-debug-command", "yes", *LOG, binary="redis-server") as other:
            expect(digest(other) == expected, "the reference loads something else")
            fill(other, 80)
            for command in ("SPOP m3 2", "SET x 1 EX 1000", "HINCRBYFLOAT h1 f0 1", "EXPIRE s3 100"):
                other.connect().call(*command.encode().split())
            expected = digest(other)
            other.process.terminate()
            other.ends(0)
        with start(folder, *LOG) as server:
            expect(digest(server) == expected, "comes back as something else")
            server.terminate()


def old_style_log():
    """One file beside the dump, as servers before Redis 7 wrote it: with RDB in front, and without."""
    commands = [[b"SELECT", b"0"], [b"SET", b"a", b"1"], [b"MULTI"], [b"INCR", b"a"], [b"EXEC"]]
    plain = b"".join(wire.encode(command) for command in commands)
    with open(os.path.join(os.path.dirname(__file__), "dumps", "redis-7.0.rdb"), "rb") as file:
        dump = file.read()
    for content, keys in ((plain, b"1"), (dump + plain, b"15")):
        with folder_of_its_own() as folder:
            with open(folder + "/appendonly.aof", "wb") as file:
                file.write(content)
            for _ in range(2):
                with start(folder, *LOG) as server:
                    expect(server.connect().call(b"GET", b"a") == ("$", b"2"), "the log was not run")
                    got = server.connect().call(b"DBSIZE")[1]
                    expect(got == keys, "loaded %r keys, not %r" % (got, keys))
                    server.terminate()
            expect(not os.path.exists(folder + "/appendonly.aof"), "the old file is still there")


def bases_of_commands():
    """With aof-use-rdb-preamble off all of the log is commands, for both servers to run."""
    options = (*LOG, "--aof-use-rdb-preamble", "no", "--aof-timestamp-enabled", "yes")
    with folder_of_its_own() as folder:
        with start(folder, *options) as server:
            fill(server, 60)
            client = server.connect()
            client.call(b"FUNCTION", b"LOAD", FUNCTION)
            client.call(b"SELECT", b"9")
            client.call(b"SET", b"in 9", b"1")
            client.call(b"BGREWRITEAOF")
            server.wait_for("Background AOF rewrite finished successfully")
            client.call(b"SET", b"later", b"1")
            expected = digest(server)
            server.terminate()
        expect(files(folder) == ["appendonly.aof.2.base.aof", "appendonly.aof.2.incr.aof",
                                 "appendonly.aof.manifest"], "holds %s" % files(folder))
        with open(increment(folder), "rb") as file:
            expect(re.match(rb"#TS:\d{10}\r\n\*2\r\n\$6\r\nSELECT\r\n", file.read()), "no time stamp")
        for program in (None, "redis-server", None):
            with Server("--dir", folder, "--enable-debug-command", "yes", *options, binary=program) as server:
                expect(digest(server) == expected, "loads something else")
                expect(server.connect().call(b"FCALL", b"f", b"0") == (":", b"1"), "no function")
                server.process.terminate()
                server.ends(0)


def rewritten():
    """Under load, not a write is lost, and the log becomes short."""
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            stopping = threading.Event()
            counts = {}

            def load(name):
                client = server.connect()
                while not stopping.is_set():
                    counts[name] = int(client.call(b"INCR", name)[1])

            fill(server, 100)
            threads = [threading.Thread(target=load, args=(b"counter%d" % i,)) for i in range(3)]
            for thread in threads:
                thread.start()
            client = server.connect()
            for _ in range(5):
                client.call(b"BGREWRITEAOF")
                eventually(lambda: field(server, "aof_rewrite_in_progress") == "0", 20)
            stopping.set()
            for thread in threads:
                thread.join()
            expect(field(server, "aof_last_bgrewrite_status") == "ok", "a rewriting failed")
            for name, count in counts.items():
                client.call(b"INCRBY", name, b"0")
                expect(int(client.call(b"GET", name)[1]) == count, "lost count")
            expected = digest(server)
            server.terminate()
        expect(files(folder) == ["appendonly.aof.6.base.rdb", "appendonly.aof.6.incr.aof",
                                 "appendonly.aof.manifest"], "holds %s" % files(folder))
        with start(folder, *LOG) as server:
            expect(digest(server) == expected, "comes back as something else")
            server.terminate()


def grows_and_is_rewritten():
    options = (*LOG, "--auto-aof-rewrite-min-size", "64kb", "--auto-aof-rewrite-percentage", "100")
    with folder_of_its_own() as folder, start(folder, *options) as server:
        client = server.connect()
        for _ in range(400):
            client.call(b"SET", b"k", b"v" * 1000)
        server.wait_for("Starting automatic rewriting of AOF on ")
        server.wait_for("Background AOF rewrite finished successfully")
        # What came while it was written is a reason to write it again.
        eventually(lambda: int(field(server, "aof_current_size")) < 200_000,
                   message="is as long as before")
        server.terminate()


def switched_on_and_off():
    with folder_of_its_own() as folder:
        with start(folder) as server:
            fill(server, 20)
            client = server.connect()
            client.call(b"CONFIG", b"SET", b"appendonly", b"yes")
            client.call(b"SET", b"during", b"1")
            server.wait_for("Background AOF rewrite finished successfully")
            client.call(b"SET", b"after", b"1")
            expected = digest(server)
            client.call(b"CONFIG", b"SET", b"appendonly", b"no")
            client.call(b"SET", b"unlogged", b"1")
            server.terminate()
        with start(folder, *LOG) as server:
            expect(digest(server) == expected, "comes back as something else")
            server.terminate()


def cut_tails():
    """Whatever is missing at the end, all before it comes back, and the file is sound again."""
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            client = server.connect()
            for i in range(50):
                client.call(b"INCR", b"n")
            transaction(client, "INCR n", "INCR n")
            server.terminate()
        with open(increment(folder), "rb") as file:
            whole = file.read()
        beginning = whole.index(b"*1\r\n$5\r\nMULTI")
        for cut in (len(whole) - 1, len(whole) - 10, beginning + 20, beginning + 3, beginning, 60, 1, 0):
            with open(increment(folder), "wb") as file:
                file.write(whole[:cut])
            expected = 52 if cut == len(whole) else whole[:min(cut, beginning)].count(b"\r\nn\r\n")
            if cut not in (beginning, 0):
                with Program("--port", str(free_port()), "--dir", folder, *LOG, "--aof-load-truncated",
                             "no") as program:
                    program.ends(1)
                    expect("Unexpected end of file reading the append only file" in program.log(),
                           "not said why:\n" + program.log())
            with start(folder, *LOG) as server:
                got = server.connect().call(b"GET", b"n")[1]
                expect(int(got or 0) == expected, "cut at %d: %r, not %d" % (cut, got, expected))
                expect(cut in (beginning, 0) or "loaded anyway because aof-load-truncated is enabled"
                       in server.log(), "not said so:\n" + server.log())
                server.terminate()


def cut_before_an_empty_file():
    """A rewriting had begun when the power went: the file after the one that is cut holds nothing yet."""
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            for i in range(10):
                server.connect().call(b"SET", b"n", b"%d" % i)
            server.terminate()
        first = increment(folder)
        with open(first, "rb") as file:
            whole = file.read()
        with open(first, "wb") as file:
            file.write(whole[:-3])
        second = first.replace(".1.incr", ".2.incr")
        with open(os.path.join(log_folder(folder), "appendonly.aof.manifest"), "ab") as file:
            file.write(b"file %s seq 2 type i\n" % os.path.basename(second).encode())
        with open(second, "wb") as file:
            file.write(wire.encode([b"SET", b"later", b"1"]))
        with Program("--port", str(free_port()), "--dir", folder, *LOG) as program:
            program.ends(1)
            expect("Unexpected end of file reading the append only file" in program.log(), "not said why")
        with open(second, "wb"):
            pass
        for _ in range(2):
            with start(folder, *LOG) as server:
                expect(server.connect().call(b"GET", b"n") == ("$", b"8"), "not all is back")
                server.terminate()


def damaged_logs():
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            server.connect().call(b"SET", b"a", b"1")
            server.terminate()
        manifest = os.path.join(log_folder(folder), "appendonly.aof.manifest")
        with open(manifest, "rb") as file:
            sound_manifest = file.read()
        with open(increment(folder), "rb") as file:
            sound = file.read()
        cases = [
            (manifest, b"file x seq 1\n", "Invalid AOF manifest file format"),
            (manifest, b"", "Found an empty AOF manifest"),
            (manifest, b"file ../x seq 1 type b\n", "File can't be a path, just a filename"),
            (manifest, sound_manifest.replace(b"1.base", b"9.base"), "can't open the append log file"),
            (increment(folder), b"garbage" + sound, "Bad file format reading the append only file"),
            (increment(folder), sound.replace(b"$3", b"$x"), "Bad file format reading the append only file"),
            (increment(folder), sound + wire.encode([b"NONSENSE"]),
             "Unknown command 'NONSENSE' reading the append only file"),
            (manifest, sound_manifest + b"file appendonly.aof.1.base.rdb seq 1 type h\n", "named twice"),
            (increment(folder), sound.replace(b"\r\n", b"\n"), "Bad file format reading the append only file"),
            (increment(folder), sound + b"*3\n$3\nSET\n$1\n", "Bad file format reading the append only file"),
            (increment(folder), sound.replace(b"$3\r\n", b"$3\r\xff"), "Bad file format reading the append only file"),
            (increment(folder), b"#" + b"a" * 100_000 + b"\n" + sound, "Bad file format reading the append only file"),
            (increment(folder), sound + wire.encode([b"SELECT", b"99"]), "SELECT 99: ERR DB index is out of range"),
            (increment(folder), sound + wire.encode([b"SET", b"a", b"2", b"IFDEQ2", b"x"]), "SET a: ERR syntax error"),
            (increment(folder), sound + wire.encode([b"SET", b"a"]), "SET a: ERR wrong number of arguments"),
        ]
        for path, content, why in cases:
            with open(path, "rb") as file:
                before = file.read()
            with open(path, "wb") as file:
                file.write(content)
            with Program("--port", str(free_port()), "--dir", folder, *LOG) as program:
                program.ends(1)
                expect(why in program.log(), "not said '%s':\n%s" % (why, program.log()))
            with open(path, "rb") as file:
                expect(file.read() == content, "a damaged file was touched")
            with open(path, "wb") as file:
                file.write(before)
        with start(folder, *LOG) as server:
            expect(server.connect().call(b"GET", b"a") == ("$", b"1"), "does not come back")
            server.terminate()


def disk_full_for_the_log():
    with folder_of_its_own("size=1m") as folder:
        if folder is None:
            return  # Needs root.
        with start(folder, *LOG) as server:
            client = server.connect()
            client.call(b"SET", b"small", b"v")
            client.call(b"SET", b"large", os.urandom(2 << 20))
            eventually(lambda: client.call(b"SET", b"a", b"1")[0] == "-", 5, "writes go on")
            answer = client.call(b"SET", b"a", b"1")
            expect(answer[1] == b"MISCONF Errors writing to the AOF file: No space left on device",
                   "answered %r" % (answer,))
            expect(field(server, "aof_last_write_status") == "err", "INFO does not say so")
            subprocess.run(["mount", "-o", "remount,size=8m", folder], check=True)
            eventually(lambda: client.call(b"SET", b"b", b"1") == ("+", b"OK"), 10,
                       "writes are still refused")
            expected = digest(server)
            server.terminate()
        with start(folder, *LOG) as server:
            expect(digest(server) == expected, "comes back as something else")
            server.terminate()


def killed_under_load(policy, rounds, allowed_s):
    """Clients count up; after kill -9 each finds what it was told, but for the last `allowed_s`."""
    rng = random.Random(1)
    with folder_of_its_own() as folder:
        told = {}
        for _ in range(rounds):
            with start(folder, *LOG, "--appendfsync", policy, "--auto-aof-rewrite-min-size", "20kb") as server:
                client = server.connect()
                for name, history in told.items():
                    found = int(client.call(b"GET", name)[1] or 0)
                    killed_at = history[-1][0]
                    needed = max([count for at, count in history if at < killed_at - allowed_s] or [0]) \
                        if allowed_s else history[-1][1]
                    expect(found >= needed, "%s: %d is back, %d was told" % (name, found, needed))
                    history[:] = [(history[-1][0], found)]
                threads = [threading.Thread(target=count_up, args=(server, told, b"n%d" % i))
                           for i in range(4)]
                for thread in threads:
                    thread.start()
                if rng.random() < 0.3:
                    client.call(b"BGREWRITEAOF")
                time.sleep(rng.uniform(0.05, 0.5))
                server.process.kill()
                server.process.wait()
                for thread in threads:
                    thread.join()


def count_up(server, told, name):
    history = told.setdefault(name, [])
    try:
        with server.socket() as client:
            request = wire.encode([b"INCR", name])
            while True:
                client.sendall(request)
                reply = client.recv(100)
                if not reply.startswith(b":"):
                    return
                history.append((time.monotonic(), int(reply[1:])))
    except (OSError, ValueError, Failed):
        pass


def killed_with_always():
    killed_under_load("always", ROUNDS, 0)


def killed_with_everysec():
    killed_under_load("everysec", ROUNDS, 2)


def one_at_a_time():
    """A save waits for a rewriting, which ends with the log."""
    with folder_of_its_own() as folder, start(folder, "--rdb-key-save-delay", "2000", *LOG) as server:
        client = server.connect()
        client.call(b"DEBUG", b"POPULATE", b"1000")
        client.call(b"SET", b"a", b"1")
        expect(client.call(b"BGREWRITEAOF")[1] == b"Background append only file rewriting started", "no start")
        expect(client.call(b"BGREWRITEAOF")[1] ==
               b"ERR Background append only file rewriting already in progress", "two at a time")
        expect(client.call(b"BGSAVE")[1].startswith(b"ERR Another child process is active"), "two at a time")
        expect(client.call(b"BGSAVE", b"SCHEDULE")[1] == b"Background saving scheduled", "not scheduled")
        client.call(b"CONFIG", b"SET", b"rdb-key-save-delay", b"0", b"appendonly", b"no")
        server.wait_for("The AOF is being rewritten in the background. Giving that up!")
        server.wait_for("Background saving started")
        server.wait_for("Background saving terminated with success")
        eventually(lambda: sorted(os.listdir(folder)) == ["appendonlydir", "dump.rdb"], message="something is left over")
        server.terminate()


def rewritten_in_a_folder_that_is_left():
    """CONFIG SET dir in the middle of a rewriting takes nothing along: it ends where it began."""
    with folder_of_its_own() as folder:
        with start(folder, "--rdb-key-save-delay", "1000", "--enable-protected-configs", "yes", *LOG) as server:
            os.mkdir(os.path.join(folder, "other"))
            client = server.connect()
            client.call(b"DEBUG", b"POPULATE", b"300")
            client.call(b"SET", b"a", b"1")
            client.call(b"BGREWRITEAOF")
            client.call(b"CONFIG", b"SET", b"dir", os.path.join(folder, "other").encode())
            server.wait_for("Background AOF rewrite finished successfully")
            expect(sorted(os.listdir(folder)) == ["appendonlydir", "other"], "found %s" % os.listdir(folder))
            expect(not os.listdir(os.path.join(folder, "other")), "found something in the other folder")
            client.call(b"SET", b"b", b"2")
            server.terminate()
        with start(folder, *LOG) as server:
            expect(server.connect().call(b"MGET", b"a", b"b") == ("*", [("$", b"1"), ("$", b"2")]), "it is lost")
            server.terminate()


def rewriting_ends_at_any_time():
    """Its parts are done by threads: whatever comes between, the log is whole and goes on."""
    with folder_of_its_own() as folder:
        count = 0
        for round_number in range(24):
            with start(folder, *LOG, "--appendfsync", "always") as server:
                client = server.connect()

                def counted(client=client):
                    expect(client.call(b"INCR", b"n") == (":", b"%d" % count), "a count is lost, or done twice")

                for _ in range(5):
                    count += 1
                    counted()
                client.call(b"BGREWRITEAOF")
                time.sleep(random.random() * 0.008)
                count += 1
                counted()
                if round_number % 4 == 0:
                    expect(client.call(b"DEBUG", b"LOADAOF") == ("+", b"OK"), "it cannot be read meanwhile")
                elif round_number % 4 == 1:
                    client.call(b"CONFIG", b"SET", b"appendonly", b"no")
                elif round_number % 4 == 2:
                    server.process.kill()
                    continue
                count += round_number % 4 != 1
                if round_number % 4 != 1:
                    counted()
                server.terminate()


def at_once(client, *commands):
    """In one turn of the loop, behind a sleep in which what threads do comes to its end."""
    client.send(b"".join(wire.encode(command.encode().split()) for command in ("DEBUG SLEEP 1", *commands)))
    return client.receive()


@contextlib.contextmanager
def first_base_coming(folder):
    """A server that has some hundred milliseconds to go with the first base of its log, and a client."""
    with start(folder, "--rdb-key-save-delay", "10000", "--appendfsync", "always") as server:
        client = server.connect()
        client.call(b"DEBUG", b"POPULATE", b"30")
        client.call(b"CONFIG", b"SET", b"appendonly", b"yes")
        time.sleep(0.1)
        yield server, client


def given_up_when_it_was_done():
    """The first base is there, though the loop has not heard of it: the log is what the manifest names."""
    with folder_of_its_own() as folder:
        with first_base_coming(folder) as (server, client):
            expect(at_once(client, "DEBUG RELOAD") == b"+OK\r\n+OK\r\n", "is not reloaded")
            expect("The AOF is being rewritten in the background. Giving that up!" in server.log(), "was not at it")
            expect(field(server, "aof_rewrite_scheduled") == "0", "another first base is made")
            time.sleep(0.3)
            client.call(b"SET", b"a", b"1")
            expect(not [name for name in files(folder) if "temp-" in name], "found %s" % files(folder))
            server.process.kill()
        with start(folder, *LOG) as server:
            expect(server.connect().call(b"GET", b"a") == ("$", b"1"), "what was acknowledged is lost")
            server.terminate()


def ended_when_it_was_done():
    """Nothing keeps the server then, though the loop has not heard of it."""
    with folder_of_its_own() as folder:
        with first_base_coming(folder) as (server, client):
            client.send(wire.encode([b"DEBUG", b"SLEEP", b"1"]) + wire.encode([b"SHUTDOWN", b"NOSAVE"]))
            server.ends(0)
        with start(folder, *LOG) as server:
            expect(server.connect().call(b"DBSIZE") == (":", b"30"), "the log is not there")
            server.terminate()


def given_up_in_a_transaction():
    """The rest of it goes where its beginning went."""
    for ends, found in (("DEBUG RELOAD", b"2"), ("DEBUG LOADAOF", b"2"), ("CONFIG SET appendonly no", None)):
        with folder_of_its_own() as folder:
            with start(folder, *LOG, "--appendfsync", "always") as server:
                client = server.connect()
                client.call(b"SELECT", b"5")
                client.call(b"BGREWRITEAOF")
                at_once(client, "MULTI", "SET a 1", ends, "SET b 2", "EXEC")
                expect(client.call(b"MGET", b"a", b"b") == ("*", [("$", b"1"), ("$", b"2")]), "it is half done")
                server.process.kill()
            with start(folder, *LOG) as server:
                client = server.connect()
                expect(client.call(b"GET", b"a") == ("$", None), "it went to another database")
                client.call(b"SELECT", b"5")
                expect(client.call(b"MGET", b"a", b"b") == ("*", [("$", found and b"1"), ("$", found)]),
                       "behind %s something else came back" % ends)
                server.terminate()


def loaded_again():
    with folder_of_its_own() as folder:
        with start(folder, *LOG) as server:
            server.connect().call(b"SET", b"a", b"1")
            server.connect().call(b"DEBUG", b"LOADAOF")
            expect(server.connect().call(b"GET", b"a") == ("$", b"1"), "DEBUG LOADAOF lost it")
            server.terminate()


CASES = [comes_back, renamed_commands_keep_their_names, logs_there_and_back, old_style_log, bases_of_commands,
         rewritten, grows_and_is_rewritten, switched_on_and_off, cut_tails, cut_before_an_empty_file, damaged_logs, disk_full_for_the_log, killed_with_always,
         killed_with_everysec, one_at_a_time,
         rewritten_in_a_folder_that_is_left, rewriting_ends_at_any_time, given_up_when_it_was_done, ended_when_it_was_done,
         given_up_in_a_transaction, loaded_again]
