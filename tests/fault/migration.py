"""Keys and snapshots that go to other servers: MIGRATE, SYNC."""

import os
import signal
import socket
import subprocess
import threading
import time

import wire
from durability import FUNCTION, digest, field, fill, folder_of_its_own, reference, start
from program import Program, Server, eventually, expect, free_port


def names(client):
    return [item[1] for item in client.call(b"KEYS", b"*")[1]]


def migrate(client, target, *rest, key=b"", database=b"0", timeout=b"5000", port=None):
    return client.call(b"MIGRATE", b"127.0.0.1", b"%d" % (port or target.port), key, database, timeout, *rest)


def keys_move():
    """To the reference and back, all kinds, one by one and many at once, with deadlines."""
    with folder_of_its_own() as folder, start(folder) as server, reference(folder) as other:
        fill(server, 60)
        expected = digest(server)
        ours, theirs = server.connect(), other.connect()
        keys = names(ours)
        for key in keys[:20]:
            expect(migrate(ours, other, key=key) == ("+", b"OK"), "does not go")
            expect(ours.call(b"EXISTS", key) == (":", b"0"), "is still here")
        expect(migrate(ours, other, b"KEYS", *keys[20:], b"absent") == ("+", b"OK"), "do not go")
        expect(ours.call(b"DBSIZE") == (":", b"0"), "some are still here")
        expect(digest(other) == expected, "something has changed on the way")
        ttl = int(theirs.call(b"PEXPIRETIME", b"h0")[1])
        expect(abs(ttl - 4102444800123) < 2000, "the deadline is %d" % ttl)
        expect(migrate(theirs, server, b"KEYS", *keys) == ("+", b"OK"), "do not come back")
        expect(digest(server) == expected, "comes back as something else")
        expect(ours.call(b"DBSIZE")[1] == b"%d" % len(keys) and theirs.call(b"DBSIZE")[1] == b"0", "not all")
        server.terminate()


def copies_and_replacements():
    with folder_of_its_own() as folder, start(folder) as server, reference(folder) as other:
        ours, theirs = server.connect(), other.connect()
        ours.call(b"SET", b"a", b"1")
        ours.call(b"SET", b"b", b"2")
        expect(migrate(ours, other, b"COPY", key=b"a") == ("+", b"OK"), "COPY fails")
        expect(ours.call(b"GET", b"a")[1] == theirs.call(b"GET", b"a")[1] == b"1", "is not at both")
        busy = migrate(ours, other, b"KEYS", b"a", b"b")
        expect(busy == ("-", b"ERR Target instance replied with error: BUSYKEY Target key name already exists."),
               "answered %r" % (busy,))
        expect(names(ours) == [b"a"], "what could go did not")
        ours.call(b"SET", b"a", b"3")
        expect(migrate(ours, other, b"REPLACE", key=b"a") == ("+", b"OK"), "REPLACE fails")
        expect(theirs.call(b"GET", b"a")[1] == b"3", "is not replaced")
        ours.call(b"SET", b"c", b"4")
        expect(migrate(ours, other, key=b"c", database=b"7") == ("+", b"OK"), "another database fails")
        ours.call(b"SET", b"d", b"5")
        expect(migrate(ours, other, key=b"d") == ("+", b"OK"), "and back to the first")
        theirs.call(b"SELECT", b"7")
        expect(names(theirs) == [b"c"], "is in the wrong database")
        expect(b"DB index is out of range" in (ours.call(b"SET", b"e", b"6") and
               migrate(ours, other, key=b"e", database=b"99")[1]), "no error for a database that is not there")
        expect(ours.call(b"GET", b"e")[1] == b"6", "is lost")
        expect(field(server, "migrate_cached_sockets") == "1", "the link is not kept")
        server.terminate()


def passwords():
    with folder_of_its_own() as folder, start(folder) as server, \
            Server("--dir", folder, "--requirepass", "secret", binary="redis-server") as other:
        client = server.connect()
        client.call(b"SET", b"a", b"1")
        cases = [([], b"NOAUTH"), ([b"AUTH", b"wrong"], b"WRONGPASS"), ([b"AUTH2", b"nobody", b"secret"], b"WRONGPASS"),
                 ([b"COPY", b"AUTH", b"secret"], None), ([b"REPLACE", b"AUTH2", b"default", b"secret"], None)]
        for options, why in cases:
            answer = migrate(client, other, *options, key=b"a")
            expect(answer == ("+", b"OK") if why is None else answer[0] == "-" and why in answer[1],
                   "%s: answered %r" % (options, answer))
        expect(client.call(b"EXISTS", b"a") == (":", b"0"), "is still here")
        server.terminate()


def targets_that_do_not_answer():
    with folder_of_its_own() as folder, start(folder) as server, socket.socket() as silent:
        client = server.connect()
        client.call(b"SET", b"a", b"1")
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        begun = time.monotonic()
        answer = migrate(client, None, key=b"a", timeout=b"300", port=silent.getsockname()[1])
        expect(answer == ("-", b"IOERR error or timeout reading to target instance"), "answered %r" % (answer,))
        expect(0.25 < time.monotonic() - begun < 2, "took %.1f s" % (time.monotonic() - begun))
        answer = migrate(client, None, key=b"a", timeout=b"300", port=free_port())
        expect(answer == ("-", b"IOERR error or timeout writing to target instance"), "answered %r" % (answer,))
        itself = migrate(client, server, key=b"a", timeout=b"200")
        expect(itself[0] == "-" and itself[1].startswith(b"IOERR"), "answered %r" % (itself,))
        expect(client.call(b"GET", b"a")[1] == b"1", "is lost")
        server.terminate()


def a_target_that_came_again():
    """A link that was kept and died is replaced, and nobody notices."""
    with folder_of_its_own() as folder, start(folder) as server:
        client, port = server.connect(), free_port()
        for round_number in range(2):
            with Program("--port", str(port), "--save", "", binary="redis-server") as other:
                other.wait_for("Ready to accept connections")
                client.call(b"SET", b"a", b"1")
                answer = migrate(client, None, key=b"a", port=port)
                expect(answer == ("+", b"OK"), "round %d: answered %r" % (round_number, answer))
        eventually(lambda: field(server, "migrate_cached_sockets") == "0", 15, "the link is kept for ever")
        server.terminate()


def what_went_is_logged():
    with folder_of_its_own() as folder, folder_of_its_own() as elsewhere:
        with start(folder, "--appendonly", "yes") as server, reference(elsewhere) as other:
            client = server.connect()
            for key in (b"a", b"b", b"c", b"d"):
                client.call(b"SET", key, b"1")
            migrate(client, other, b"KEYS", b"a", b"b")
            migrate(client, other, b"COPY", key=b"c")
            client.send(b"".join(wire.encode(words) for words in (
                [b"MULTI"], [b"MIGRATE", b"127.0.0.1", b"%d" % other.port, b"d", b"0", b"1000"], [b"EXEC"])))
            client.receive()
            server.terminate()
        with start(folder, "--appendonly", "yes") as server:
            expect(names(server.connect()) == [b"c"], "comes back with %s" % names(server.connect()))
            server.terminate()


def snapshot(server, path, option="--rdb"):
    return subprocess.run(["redis-cli", "-p", str(server.port), option, path], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60, check=False)


def snapshots_for_clients():
    with folder_of_its_own() as folder, start(folder) as server:
        fill(server)
        client = server.connect()
        client.call(b"FUNCTION", b"LOAD", FUNCTION)
        expected = digest(server)
        done = snapshot(server, folder + "/dump.rdb")
        expect(done.returncode == 0 and b"Transfer finished with success" in done.stdout, done.stdout)
        server.wait_for("Background RDB transfer started by pid ")
        server.wait_for("Background RDB transfer terminated with success")
        with reference(folder) as other:
            expect(digest(other) == expected, "the reference loads something else")
        done = snapshot(server, folder + "/dump.rdb", "--functions-rdb")
        expect(done.returncode == 0, done.stdout)
        with reference(folder) as other:
            expect(other.connect().call(b"FCALL", b"f", b"0") == (":", b"1"), "no function")
            expect(other.connect().call(b"DBSIZE") == (":", b"0"), "there are keys")
        expect(field(server, "sync_full") == "2", "not counted")
        expect(field(server, "rdb_bgsave_in_progress") == "0" and field(server, "rdb_saves") == "0", "counted as saves")
        server.terminate()


def wants_a_snapshot(server):
    client = server.socket(30)
    client.sendall(b"REPLCONF capa eof rdb-only 1\r\n")
    expect(client.recv(5) == b"+OK\r\n", "no OK")
    client.sendall(b"SYNC\r\n")
    return client


def read_to_the_end(client):
    received = bytearray()
    while piece := client.recv(1 << 16):
        received += piece
    return bytes(received)


def snapshots_behind_replies():
    """SYNC sends what waits before it: with too much of that it is refused, and nothing is cut off."""
    with folder_of_its_own() as folder, start(folder) as server:
        client = server.socket(30)
        ask = b"REPLCONF capa eof rdb-only 1\r\n"
        client.sendall(ask + wire.encode([b"SET", b"big", b"x" * 20_000_000]))
        expect(client.recv(10) and client.recv(10), "no OK")
        client.sendall(b"GET big\r\nSYNC\r\nPING\r\n")
        time.sleep(0.3)
        server.answers()
        received = bytearray()
        while not received.endswith(b"+PONG\r\n"):
            piece = client.recv(1 << 20)
            expect(piece, "ends behind %d bytes" % len(received))
            received += piece
        expect(received.endswith(b"x\r\n-ERR SYNC and PSYNC are invalid with pending output\r\n+PONG\r\n"),
               "another end: %r" % received[-200:])
        silent = server.socket(30)
        silent.sendall(ask + b"GET big1\r\nCLIENT REPLY OFF\r\nSYNC\r\n")
        time.sleep(0.3)
        server.answers()
        silent.close()
        server.terminate()


PLAIN = ("--rdbcompression", "no")


def fill_beyond_sockets(client):
    """So much that a PLAIN snapshot of it cannot wait in them. Returns how many keys."""
    keys = Program.scaled(300_000)
    client.call(b"DEBUG", b"POPULATE", b"%d" % keys, b"k", b"100")
    return keys


def many_snapshots():
    """They come one after the other, under writes; who goes early, or reads nothing, is no trouble."""
    with folder_of_its_own() as folder, start(folder, "--repl-timeout", "1", *PLAIN) as server:
        writer = server.connect()
        keys = fill_beyond_sockets(writer)
        clients = [wants_a_snapshot(server) for _ in range(4)]
        clients[1].close()  # It waits still.
        stuck = clients.pop()  # It never reads, and is given up.
        clients.pop(1)
        stopping = threading.Event()

        def write():
            connection = server.connect()
            while not stopping.is_set():
                connection.call(b"SET", b"k:1", b"changed")

        thread = threading.Thread(target=write)
        thread.start()
        try:
            for content in [read_to_the_end(client) for client in clients]:  # At once: nobody waits for us.
                mark = content[5:45]
                expect(content.startswith(b"$EOF:") and content.endswith(mark), "not marked: %r" % content[:60])
                path = os.path.join(folder, "got.rdb")
                with open(path, "wb") as file:
                    file.write(content[47:-40])
                done = subprocess.run(["redis-check-rdb", path], stdout=subprocess.PIPE, check=False)
                expect(b"%d keys read" % keys in done.stdout and done.returncode == 0, done.stdout)
            server.wait_for("Background transfer error")
            gone = wants_a_snapshot(server)
            gone.recv(1000)
            gone.close()
            # Its thread finds out, or the loop does.
            eventually(lambda: server.log().count("Background transfer error") +
                       server.log().count("A snapshot is being sent to a client. Giving that up!") == 2, 20,
                       "its job goes on")
        finally:
            stopping.set()
            thread.join()
        stuck.close()
        expect(server.connect().call(b"BGSAVE")[0] == "+", "no more saves")
        server.terminate()


def killed_while_it_is_sent_to():
    """Who is killed is sent no more, and nobody waits for that."""
    with folder_of_its_own() as folder, start(folder, *PLAIN) as server:
        client = server.connect()
        fill_beyond_sockets(client)
        reads_nothing = wants_a_snapshot(server)
        server.wait_for("Background RDB transfer started by pid ")
        expect(client.call(b"BGSAVE")[0] == "-", "two at a time")
        expect(client.call(b"CLIENT", b"KILL", b"SKIPME", b"yes")[1] in (b"1", b"2"), "nobody to kill")
        server.wait_for("A snapshot is being sent to a client. Giving that up!")
        expect(client.call(b"BGSAVE")[0] == "+", "no save")
        server.wait_for("Background saving terminated with success")
        reads_nothing.close()
        server.terminate()


def flushed_while_functions_are_sent():
    """What only functions are wanted of is nothing that a flush has to do with."""
    with folder_of_its_own() as folder, start(folder) as server:
        server.connect().call(b"SET", b"key", b"value")
        client = server.socket(30)
        client.sendall(b"REPLCONF capa eof rdb-only 1 rdb-filter-only functions\r\n")
        expect(client.recv(5) == b"+OK\r\n", "no OK")
        client.sendall(b"SYNC\r\nFLUSHALL\r\n")
        content = read_to_the_end(client)
        expect(content.startswith(b"$EOF:") and content[47:].startswith(b"REDIS"), "no snapshot: %r" % content[:100])
        server.answers()
        server.terminate()


def sent_for_longer_than_clients_may_idle():
    with folder_of_its_own() as folder, start(folder, "--timeout", "1", "--rdb-key-save-delay", "20000") as server:
        server.connect().call(b"DEBUG", b"POPULATE", b"150")
        content = read_to_the_end(wants_a_snapshot(server))
        expect(content.endswith(content[5:45]), "it was cut off")
        server.terminate()


def ended_while_sending():
    with folder_of_its_own() as folder, start(folder, *PLAIN) as server:
        fill_beyond_sockets(server.connect())
        client = wants_a_snapshot(server)
        server.wait_for("Background RDB transfer started by pid ")
        server.process.send_signal(signal.SIGTERM)
        server.ends(0)
        content = read_to_the_end(client)
        begun = len(content) > 45  # Else not even the mark of its end has come.
        expect(not begun or not content.endswith(content[5:45]), "seems whole")


CASES = [keys_move, copies_and_replacements, passwords, targets_that_do_not_answer, a_target_that_came_again,
         what_went_is_logged, snapshots_for_clients, snapshots_behind_replies, many_snapshots, killed_while_it_is_sent_to,
         flushed_while_functions_are_sent, sent_for_longer_than_clients_may_idle, ended_while_sending]
