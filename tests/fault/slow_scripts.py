"""Scripts past their time: the loop turns in their middle, and still they are one command."""

import os
import signal
import socket
import threading
import time

import wire
from durability import folder_of_its_own, start
from program import Program, Server, call_at, eventually, expect

# Some hundred milliseconds of work.
SLOW = b"local n = 0 for i = 1, 30000000 do n = n + 1 end "
BUSY = ("--busy-reply-threshold", "20")


def evaluate(script, *keys):
    return wire.encode([b"EVAL", script, b"%d" % len(keys), *keys])


def commands(*lines):
    return b"".join(wire.encode(line.split()) for line in lines)


def logged(folder):
    """The commands of the log's last part, and where a transaction begins and ends."""
    path = os.path.join(folder, "appendonlydir", "appendonly.aof.1.incr.aof")
    with open(path, "rb") as file:
        words = [line for line in file.read().split(b"\r\n") if line and line[:1] not in b"*$"]
    return b" ".join(words).decode().lower().replace("select 0 ", "")


def one_effect_in_the_log():
    with folder_of_its_own() as folder, start(folder, *BUSY, "--appendonly", "yes", "--appendfsync", "always") as server:
        client = server.connect()
        client.call(b"EVAL", b"redis.call('set', 'a', 1) redis.call('set', 'b', 1) %s redis.call('set', 'c', 1) %s"
                    b"redis.call('set', 'd', 1)" % (SLOW, SLOW), b"0")
        expect(logged(folder) == "multi set a 1 set b 1 set c 1 set d 1 exec", logged(folder))
        before = logged(folder)
        client.send(commands(b"MULTI", b"set x 1") + evaluate(b"redis.call('set', 'y', 1) " + SLOW)
                    + commands(b"set z 1", b"EXEC"))
        client.receive()
        eventually(lambda: logged(folder)[len(before):].strip() == "multi set x 1 set y 1 set z 1 exec", 10,
                   logged(folder)[len(before):])
        client.call(b"EVAL", b"redis.set_repl(redis.REPL_NONE) redis.call('set', 'p', 1) "
                    b"redis.set_repl(redis.REPL_ALL) redis.call('set', 'q', 1)", b"0")
        client.call(b"SET", b"last", b"1")
        expect(logged(folder).endswith("set q 1 set last 1"), logged(folder)[-60:])
        server.terminate()


def replayed_to_their_end():
    """A log of an older Redis holds scripts, and whatever else a client had sent."""
    with folder_of_its_own() as folder:
        with start(folder, "--appendonly", "yes") as server:
            server.connect().call(b"SET", b"n", b"0")
            server.terminate()
        with open(os.path.join(folder, "appendonlydir", "appendonly.aof.1.incr.aof"), "ab") as file:
            file.write(evaluate(SLOW + b"redis.call('incr', 'n') redis.call('set', 's1', 1)"))
            file.write(evaluate(b"redis.call('set', 's2', 1)"))
            file.write(evaluate(SLOW + b"redis.call('incr', 'n')"))
            file.write(commands(b"CLIENT INFO", b"CLIENT LIST", b"QUIT", b"DEBUG OBJECT n", b"MONITOR", b"SHUTDOWN",
                                b"REPLCONF capa eof", b"REPLCONF rdb-only 1", b"SYNC", b"SUBSCRIBE c", b"SET last 1"))
        with start(folder, *BUSY, "--appendonly", "yes") as server:
            client = server.connect()
            values = client.call(b"MGET", b"n", b"s1", b"s2", b"last")[1]
            expect([value for _, value in values] == [b"2", b"1", b"1", b"1"], "not all of it ran: %r" % values)
            server.terminate()


def whose_client_leaves():
    with Server(*BUSY) as server:
        client = server.connect()
        client.send(commands(b"MULTI") + evaluate(SLOW) + commands(
            b"CLIENT INFO", b"CLIENT LIST", b"DEBUG OBJECT k", b"SUBSCRIBE c", b"SET after 1", b"EXEC"))
        time.sleep(0.1)
        client.close()
        address = ("127.0.0.1", server.port)
        eventually(lambda: call_at(address, socket.AF_INET, b"EXISTS", b"after") == b":1\r\n", 20, "it was not run whole")
        server.still_well()


def ended_by_signal():
    """A script that has written is waited for; one that has not is no reason to wait."""
    with folder_of_its_own() as folder:
        with start(folder, *BUSY, "--save", "3600 1") as server:
            client = server.connect()
            client.send(evaluate(b"redis.call('set', 'a', 1) " + SLOW + b"redis.call('set', 'b', 1)"))
            server.wait_for("Slow script detected")
            server.process.send_signal(signal.SIGTERM)
            server.ends(0)
        with start(folder) as server:
            expect(server.connect().call(b"EXISTS", b"a", b"b") == (":", b"2"), "half of it was saved")
            server.terminate()
    with Server(*BUSY) as server:
        server.connect().send(commands(b"MULTI") + evaluate(b"while true do end") * 3 + commands(b"EXEC"))
        server.wait_for("Slow script detected")
        server.terminate()


def ended_without_saving():
    with Server("--busy-reply-threshold", "1000") as server:
        server.connect().send(commands(b"MULTI") + evaluate(b"while true do end") * 20 + commands(b"EXEC"))
        server.wait_for("Slow script detected")
        begun = time.monotonic()
        server.connect().send(commands(b"SHUTDOWN NOSAVE"))
        server.ends(0)
        expect(time.monotonic() - begun < 3, "each of its scripts had its time again")


def input_waits():
    """Meanwhile the client's input stays in the kernel, and all of it is answered, after its end too."""
    with Server(*BUSY, "--client-query-buffer-limit", "2mb") as server:
        before = server.private_bytes()
        client = server.socket()
        client.sendall(evaluate(SLOW + b"return 5"))
        count = 1_000_000

        def send():
            client.sendall(commands(b"PING") * count)
            client.shutdown(socket.SHUT_WR)

        sender = threading.Thread(target=send)
        sender.start()
        server.wait_for("Slow script detected")
        time.sleep(0.1)
        expect(server.private_bytes() - before < 10 << 20, "it is read all the same")
        received = bytearray()
        while piece := client.recv(1 << 16):
            received += piece
        sender.join()
        expect(received == b":5\r\n" + b"+PONG\r\n" * count, "%d bytes of replies" % len(received))
        server.still_well()


def ended_before_its_script():
    """A client that ends its side while much of its input still waits to be run gets all the replies."""
    with Server(*BUSY) as server:
        client = server.socket()
        count = 20_000
        client.sendall(commands(b"PING") * count + evaluate(SLOW + b"return 5") + commands(b"PING"))
        client.shutdown(socket.SHUT_WR)
        received = bytearray()
        while piece := client.recv(1 << 16):
            received += piece
        expect(received == b"+PONG\r\n" * count + b":5\r\n+PONG\r\n", "%d bytes of replies" % len(received))
        server.still_well()


def messages_to_itself():
    """They wait for its reply, but no more of them than others may have waiting."""
    with Server() as server:
        client = server.connect()
        client.call(b"HELLO", b"3")
        client.send(commands(b"SUBSCRIBE ch"))
        time.sleep(0.1)
        before = server.private_bytes()
        client.send(evaluate(b"local s = string.rep('x', 1000000) for i = 1, 300 do redis.call('publish', 'ch', s) end"))
        eventually(lambda: "scheduled to be closed ASAP" in server.log(), 20, "it is let in peace")
        if not Program.is_sanitized():  # It keeps what was freed for a while.
            expect(server.private_bytes() - before < 100 << 20, "all of it is kept")
        server.still_well()


def their_account():
    with Server(*BUSY, "--latency-monitor-threshold", "10", "--slowlog-log-slower-than", "100000",
                "--commandlog-reply-larger-than", "1000") as server:
        client = server.connect()
        reply = client.call(b"EVAL", SLOW + SLOW + b"return redis.error_reply('MYERR x')", b"0")
        expect(reply == ("-", b"MYERR x"), "answered %r" % (reply,))
        facts = client.call(b"INFO", b"everything")[1].decode()
        expect("errorstat_MYERR:count=1" in facts, "the error is not counted")
        line = [line for line in facts.split("\r\n") if line.startswith("cmdstat_eval:")][0]
        expect("calls=1," in line and "failed_calls=1" in line, line)
        expect(int(line.split("usec=")[1].split(",")[0]) > 100_000, line)
        expect(client.call(b"SLOWLOG", b"LEN") == (":", b"1"), "not in the slow log")
        expect(b"command" in client.call(b"LATENCY", b"LATEST")[1][0][1][0][1], "no latency event")
        monitor = server.socket()
        monitor.sendall(commands(b"MONITOR"))
        monitor.recv(100)
        client.send(commands(b"MULTI") + evaluate(SLOW + b"return string.rep('x', 5000)") + commands(b"EXEC"))
        client.receive()
        expect(client.call(b"COMMANDLOG", b"LEN", b"large-reply") != (":", b"0"), "its reply is not large")
        seen = monitor.recv(1 << 16)
        expect(b'"EXEC"' in seen, "not shown: %r" % seen)
        monitor.close()
        server.still_well()


def its_client_is_remembered():
    """Tracking, and what CLIENT REPLY said, are as if the command had not been left."""
    with Server(*BUSY) as server:
        client, other = server.connect(), server.connect()
        client.call(b"HELLO", b"3")
        client.call(b"SET", b"k", b"1")
        client.call(b"CLIENT", b"TRACKING", b"ON", b"NOLOOP")
        client.call(b"GET", b"k")
        client.send(evaluate(SLOW + b"return redis.call('set', KEYS[1], 2)", b"k"))
        expect(client.receive() == b"+OK\r\n", "it heard of its own change")
        client.call(b"CLIENT", b"TRACKING", b"OFF")
        client.call(b"CLIENT", b"TRACKING", b"ON", b"OPTIN")
        client.send(commands(b"CLIENT CACHING YES") + evaluate(SLOW + b"return redis.call('get', KEYS[1])", b"k"))
        client.receive()
        other.call(b"SET", b"k", b"3")
        client.send(commands(b"PING"))
        expect(client.receive() == b">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n+PONG\r\n", "it heard nothing")
        other.send(commands(b"CLIENT REPLY SKIP") + evaluate(SLOW) + commands(b"GET k"))
        expect(other.receive() == b"$1\r\n3\r\n", "what follows it is silenced as well")
        silent = server.socket()
        silent.sendall(commands(b"MULTI", b"SET a 1", b"CLIENT REPLY OFF") + evaluate(SLOW) + commands(b"EXEC", b"QUIT"))
        received = b""
        while piece := silent.recv(1000):
            received += piece
        expect(received.endswith(b"*3\r\n+OK\r\n"), "EXEC's reply is silenced as a whole: %r" % received)
        server.still_well()


def no_snapshot_in_its_middle():
    """A child that ends meanwhile is no moment to fork the next one."""
    with folder_of_its_own() as folder:
        with start(folder, *BUSY, "--appendonly", "yes") as server:
            client = server.connect()
            for i in range(300):
                client.call(b"SET", b"k%d" % i, b"1")
            client.call(b"CONFIG", b"SET", b"rdb-key-save-delay", b"1000")
            client.call(b"BGSAVE")
            client.call(b"BGREWRITEAOF")
            client.call(b"CONFIG", b"SET", b"rdb-key-save-delay", b"0")
            client.call(b"EVAL", b"redis.call('incr', 'n') " + SLOW * 4 + b"redis.call('incr', 'n')", b"0")
            server.wait_for("Background AOF rewrite finished successfully")
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
        with start(folder, "--appendonly", "yes") as server:
            expect(server.connect().call(b"GET", b"n")[1] == b"2", "it was done twice")
            server.terminate()


def data_stand_still():
    """Nothing is evicted and nothing expires in its middle, whatever others may do meanwhile."""
    with Server(*BUSY, "--maxmemory-policy", "allkeys-random") as server:
        client, other = server.connect(), server.socket()
        client.call(b"EVAL", b"for i = 1, 300000 do redis.call('set', 'key:' .. i, ARGV[1]) end", b"0", b"v" * 90)
        used = int(client.call(b"INFO", b"memory")[1].split(b"used_memory:")[1].split()[0])
        client.call(b"SET", b"fleeting", b"1", b"PX", b"100")
        client.send(commands(b"CONFIG SET maxmemory %d" % (used // 4)) + evaluate(
            b"local size = redis.call('dbsize') local v = redis.call('exists', KEYS[1]) " + SLOW * 2
            + b"return {size - redis.call('dbsize'), v - redis.call('exists', KEYS[1])}", b"fleeting"))
        time.sleep(0.3)
        other.sendall(commands(b"WATCH fleeting", b"MULTI", b"UNWATCH"))
        reply = client.receive()
        expect(reply == b"+OK\r\n*2\r\n:0\r\n:0\r\n", "something went: %r" % reply)
        other.sendall(commands(b"EXEC"))
        other.shutdown(socket.SHUT_WR)
        received = b""
        while piece := other.recv(1000):
            received += piece
        expect(received == b"+OK\r\n+OK\r\n+QUEUED\r\n*1\r\n+OK\r\n", "a key that had gone changed since: %r" % received)
        server.still_well()


def closing_waits_for_the_reply():
    with Server(*BUSY) as server:
        for order in ("before", "behind"):
            client = server.socket()
            name = commands(b"CLIENT ID")
            client.sendall(name)
            kill = commands(b"CLIENT KILL ID %s SKIPME no" % client.recv(100)[1:-2])
            parts = [kill, evaluate(SLOW + b"return 7")]
            client.sendall(commands(b"MULTI") + b"".join(parts if order == "before" else parts[::-1]) + commands(b"EXEC"))
            received = b""
            while piece := client.recv(1000):
                received += piece
            expect(b"*2\r\n" in received and b":7\r\n" in received and b":1\r\n" in received,
                   "closed %s it: %r" % (order, received))
        server.still_well()


def silence_counts_from_its_end():
    """CLIENT REPLY in the same transaction, with scripts slow and fast, silences the same."""
    streams = (commands(b"MULTI") + b"%s" + commands(b"CLIENT REPLY SKIP", b"EXEC", b"ECHO one", b"ECHO two"),
               commands(b"MULTI", b"CLIENT REPLY SKIP") + b"%s" + commands(b"EXEC", b"ECHO one", b"ECHO two"),
               commands(b"CLIENT REPLY OFF", b"MULTI", b"CLIENT REPLY ON") + b"%s" + commands(b"EXEC", b"ECHO one"),
               commands(b"CLIENT REPLY SKIP") + b"%s" + commands(b"ECHO one", b"ECHO two"))
    with Server(*BUSY) as server:
        for stream in streams:
            replies = []
            for work in (b"", SLOW):
                client = server.socket()
                client.sendall(stream % evaluate(work + b"return 1"))
                client.shutdown(socket.SHUT_WR)
                received = b""
                while piece := client.recv(1000):
                    received += piece
                replies.append(received)
            expect(replies[0] == replies[1], "%r" % replies)
        server.still_well()


def parsed_for_a_while_only():
    """Lua's parser takes the square of the number of branches, and nothing else gets a turn."""
    with Server(*BUSY) as server:
        client = server.connect()
        source = b"if KEYS[1] then " + b"elseif KEYS[2] then " * 100_000 + b"end"
        begun = time.monotonic()
        for script in (source, b"return {loadstring(ARGV[1])}"):
            client.send(wire.encode([b"EVAL", script, b"0", source]))
            expect(b"takes too long" in client.receive() or script != source, "it was parsed to its end")
        expect(time.monotonic() - begun < 9, "it took %d seconds" % (time.monotonic() - begun))
        server.still_well()


CASES = [one_effect_in_the_log, replayed_to_their_end, whose_client_leaves, ended_by_signal, ended_without_saving,
         input_waits, ended_before_its_script, messages_to_itself, their_account, its_client_is_remembered,
         no_snapshot_in_its_middle, data_stand_still, closing_waits_for_the_reply, silence_counts_from_its_end,
         parsed_for_a_while_only]
