"""Starting, stopping and what surrounds the process: signals, files, addresses, configuration."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import wire
from program import Program, Server, call_at, eventually, expect, free_port

IPV4, IPV6, UNIX = socket.AF_INET, socket.AF_INET6, socket.AF_UNIX
PING = b"+PONG\r\n"


def order_of_the_log():
    with Server() as server:
        log = server.log()
        places = [log.find(line) for line in
                  (" PID: %d" % server.process.pid, "Server initialized",
                   "Ready to accept connections")]
        expect(-1 not in places and places == sorted(places), "not in this order:\n" + log)
        server.terminate()


def terminated_under_load():
    for how in (signal.SIGTERM, signal.SIGINT):
        with Server() as server:
            stopping = threading.Event()

            def load():
                request = wire.encode([b"HSET", b"h", b"f", b"x" * 1000]) * 100
                try:
                    with server.socket() as client:
                        while not stopping.is_set():
                            client.sendall(request)
                            client.recv(1 << 16)
                except OSError:
                    pass

            threads = [threading.Thread(target=load) for _ in range(4)]
            for thread in threads:
                thread.start()
            time.sleep(0.5)
            server.process.send_signal(how)
            try:
                server.ends(0)
            finally:
                stopping.set()
                for thread in threads:
                    thread.join()
            expect("ready to exit, bye bye" in server.log(), "no farewell:\n" + server.log())


def interrupted_twice():
    """Who interrupts a server that saves before it ends does not wait for that."""
    with Server("--rdb-key-save-delay", "20000", "--save", "3600 1") as server:
        server.connect().call(b"DEBUG", b"POPULATE", b"1000")
        server.connect().call(b"SET", b"a", b"1")
        server.process.send_signal(signal.SIGTERM)
        server.wait_for("Saving the final RDB snapshot before exiting")
        expect("Received SIGTERM scheduling shutdown" in server.log(), "the signal is not told of")
        server.process.send_signal(signal.SIGINT)
        server.ends(1)
        expect("You insist... exiting now." in server.log(), "no farewell:\n" + server.log())
        left = [name for name in os.listdir(server.folder) if name.endswith(".rdb")]
        expect(not left, "left behind: %s" % left)


def interrupted_twice_in_a_script():
    """Nor does he wait for a script that has written, and will never end."""
    with Server("--busy-reply-threshold", "10") as server:
        server.connect().send(wire.encode([b"EVAL", b"redis.call('set', 'a', 1) while true do end", b"0"]))
        server.wait_for("Slow script detected")
        server.process.send_signal(signal.SIGINT)
        server.wait_for("A script that has written is waited for.")
        server.process.send_signal(signal.SIGINT)
        server.ends(1)


def terminated_with_unread_replies():
    with Server() as server:
        server.connect().call(b"SET", b"big", b"x" * (1 << 20))
        deaf = server.socket()
        deaf.sendall(b"GET big\r\n" * 50)
        time.sleep(0.2)
        server.terminate()
        deaf.close()


def shutdown_command():
    for args in ((), ("NOSAVE",)):
        with Server() as server:
            with server.socket() as client:
                client.sendall(wire.encode([b"SHUTDOWN", *(arg.encode() for arg in args)]))
                expect(client.recv(100) == b"", "SHUTDOWN was answered")
            server.ends(0)


def stopped_and_continued():
    with Server() as server:
        client = server.connect()
        client.call(b"SET", b"a", b"1")
        server.process.send_signal(signal.SIGSTOP)
        client.send(wire.encode([b"INCR", b"a"]))
        time.sleep(1)
        server.process.send_signal(signal.SIGCONT)
        expect(client.receive() == b":2\r\n", "the waiting command was not answered")
        server.still_well()


def terminal_gone():
    """The server outlives the terminal it was started from."""
    with Server() as server:
        client = server.connect()
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.2)
        expect(client.call(b"PING") == ("+", b"PONG"), "it has gone")
        server.still_well()


def refused(text, *arguments, files=None, stdin=None):
    with Program(*arguments, files=files, stdin=stdin) as program:
        program.ends(1)
        expect(text in program.log(), "no '%s' in:\n%s" % (text, program.log()))
        return program.log()


def bad_configurations():
    for line, reason in (
        ("port notanumber", None),
        ("port 70000", None),
        ("nosuchoption 1", "Bad directive or wrong number of arguments"),
        ("port", "wrong number of arguments"),
        ("maxmemory 1zb", "argument must be a memory value"),
        ("appendonly maybe", "argument must be 'yes' or 'no'"),
        ("maxmemory-policy none", None),
        ('bind "127.0.0.1', "Unbalanced quotes in configuration line"),
        ("rename-command NOSUCH x", "No such command in rename-command"),
        ("rename-command GET SET", "Target command name already exists"),
        ("databases 0", None),
        ("appendfilename a/b", "appendfilename can't be a path, just a filename"),
        ("appenddirname a/b", "appenddirname can't be a path, just a dirname"),
        ('appenddirname ""', "appenddirname can't be empty"),
    ):
        log = refused("*** FATAL CONFIG FILE ERROR (", "bad.conf",
                      files={"bad.conf": "# comment\n\n%s\n" % line})
        expect("\nReading the configuration file, at line 3\n>>> '%s'\n" % line in log,
               "neither line nor number in:\n" + log)
        expect(reason is None or reason in log, "'%s' is not the reason in:\n%s" % (reason, log))


def missing_configuration():
    refused("can't open config file", "/nonexistent/thimble.conf")
    refused("can't open config file '/tmp': Is a directory", "/tmp")
    refused(">>> 'dir \"/nonexistent\"'\nNo such file or directory", "--dir", "/nonexistent")


def refused_options():
    """Security and topology are never pretended."""
    for options in (("--aclfile", "users.acl"), ("--user", "bob", "on", ">x", "+@all"),
                    ("--tls-port", "7000"), ("--replicaof", "127.0.0.1", "7000")):
        refused("*** FATAL CONFIG FILE ERROR (", *options)


def busy_port():
    with Server() as server:
        log = refused("Failed listening on port %d" % server.port, "--port", str(server.port),
                      "--bind", "127.0.0.1", "--save", "")
        expect("Address already in use" in log, "the reason is not in:\n" + log)
        server.still_well()


def unix_socket():
    with Server("--unixsocket", "s.sock", "--unixsocketperm", "700") as server:
        path = server.path("s.sock")
        expect(os.stat(path).st_mode & 0o777 == 0o700, "permissions are not 700")
        expect(call_at(path, UNIX, b"PING") == PING, "no answer")
        server.terminate()
    with Program("--port", "0", "--unixsocket", "only.sock", "--save", "") as program:
        program.wait_for("Ready to accept connections")
        expect(call_at(program.path("only.sock"), UNIX, b"PING") == PING, "no answer")
        program.terminate()
    with Program("--port", "0", "--unixsocket", "/tmp/" + "x" * 110, "--save", "") as program:
        program.ends(1)


def left_over_unix_socket():
    """A socket that a killed server left behind does not keep the next one from starting."""
    with Server("--unixsocket", "s.sock") as server:
        options = ["--port", "0", "--unixsocket", server.path("s.sock"), "--save", ""]
        server.process.kill()
        server.process.wait()
        with Program(*options) as program:
            program.wait_for("Ready to accept connections")
            expect(call_at(server.path("s.sock"), UNIX, b"PING") == PING, "no answer")
            program.terminate()


def crash_report():
    """A crash is told in the log, with a stack and without data, and in the exit status."""
    report = ["=== THIMBLE CRASH REPORT ===", " crashed by signal: ", "STACK TRACE ------",
              "thimble-server(", "STACK TRACE DONE", "=== END OF THE CRASH REPORT ==="]
    check = ["=== ASSERTION FAILED ===", "debug_commands.cc:"]
    for name, number, lines in ((b"SEGFAULT", signal.SIGSEGV, report),
                                (b"ASSERT", signal.SIGABRT, check + report)):
        with Server("--enable-debug-command", "yes") as server:
            with server.socket() as client:
                client.sendall(wire.encode([b"SET", b"a", b"secret"]) +
                               wire.encode([b"DEBUG", name]))
                eventually(lambda: server.process.poll() is not None)
            server.ends(-number)
            places = [server.log().find(line) for line in lines]
            expect(-1 not in places and places == sorted(places),
                   "not in this order: %s\n%s" % (lines, server.log()))
            expect("secret" not in server.log(), "data is in the log:\n" + server.log())


def crash_report_in_the_log_file():
    port = free_port()
    with Program("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--logfile",
                 "its.log") as program:

        def told():
            try:
                with open(program.path("its.log"), encoding="utf-8") as log:
                    return log.read()
            except FileNotFoundError:
                return ""

        eventually(lambda: "Ready to accept connections" in told())
        program.process.send_signal(signal.SIGBUS)
        program.ends(-signal.SIGBUS)
        expect("crashed by signal: 7" in told() and "STACK TRACE DONE" in told(), told())


def crash_report_switched_off():
    with Server("--crash-log-enabled", "no") as server:
        server.process.send_signal(signal.SIGSEGV)
        server.ends(-signal.SIGSEGV)
        expect("crashed by signal" not in server.log(), server.log())
    with Server("--crash-log-enabled", "no") as server:
        answer = server.connect().call(b"CONFIG", b"SET", b"crash-log-enabled", b"yes")
        expect(answer == ("+", b"OK"), answer)
        server.process.send_signal(signal.SIGSEGV)
        server.ends(-signal.SIGSEGV)
        expect("crashed by signal: 11" in server.log(), server.log())


def nowhere_to_listen():
    refused("Configured to not listen anywhere, exiting.", "--port", "0", "--save", "")


def refuses_connections(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return False
    except ConnectionRefusedError:
        return True


def deaf_until_told_otherwise():
    """CONFIG SET may close the last listening socket: who is connected stays, and may open one."""
    with Server() as server:
        client = server.connect()
        port = b"%d" % server.port
        for name, nothing, something in ((b"port", b"0", port), (b"bind", b"", b"127.0.0.1")):
            expect(client.call(b"CONFIG", b"SET", name, nothing) == ("+", b"OK"), "refused")
            expect(refuses_connections(server.port), "still listening without %r" % name)
            expect(client.call(b"CONFIG", b"SET", name, something) == ("+", b"OK"), "refused")
            server.answers()
        server.still_well()


def several_addresses():
    port = free_port()
    with Program("--port", str(port), "--bind", "127.0.0.1", "127.0.0.2", "::1", "--save", "") as p:
        p.wait_for("Ready to accept connections")
        for family, host in ((IPV4, "127.0.0.1"), (IPV4, "127.0.0.2"), (IPV6, "::1")):
            expect(call_at((host, port), family, b"PING") == PING, "no answer at " + host)
        p.terminate()
    with Program("--port", str(port), "--bind", "127.0.0.1", "-192.0.2.1", "--save", "") as p:
        p.wait_for("Ready to accept connections")
        p.terminate()
    log = refused("Failed listening on port", "--port", str(port), "--bind", "192.0.2.1",
                  "--save", "")
    expect("192.0.2.1" in log, "the address is not named:\n" + log)


def daemonized():
    port = free_port()
    with Program("--daemonize", "yes", "--pidfile", "server.pid", "--logfile", "server.log", "--dir",
                 ".", "--port", str(port), "--bind", "127.0.0.1", "--save", "") as program:
        program.ends(0)
        pidfile = program.path("server.pid")
        eventually(lambda: os.path.exists(pidfile) and os.path.getsize(pidfile) > 0)
        with open(pidfile, encoding="ascii") as file:
            pid = int(file.read())
        try:
            expect(pid != program.process.pid, "the pid is the parent's")
            eventually(lambda: "Ready to accept" in open(program.path("server.log")).read())
            expect(call_at(("127.0.0.1", port), IPV4, b"PING") == PING, "no answer")
        finally:
            os.kill(pid, signal.SIGTERM)
        eventually(lambda: not os.path.exists("/proc/%d" % pid), message="the daemon did not end")
        expect(not os.path.exists(pidfile), "the pid file is left behind")


def configuration_from_stdin():
    """"-" is the first argument or the last."""
    for before, after in (((), ()), ((), ("--loglevel", "verbose")), (("--loglevel", "verbose"), ())):
        port = free_port()
        text = "port %d\nbind 127.0.0.1\nsave ''\nhash-max-listpack-entries 7\n" % port
        with Program(*before, "-", *after, stdin=text) as program:
            program.wait_for("Ready to accept connections")
            answer = call_at(("127.0.0.1", port), IPV4, b"CONFIG", b"GET", b"hash-max-listpack-entries")
            expect(answer.endswith(b"$1\r\n7\r\n"), "answered %r" % answer)
            program.terminate()


def options_override_the_file():
    with Server("--timeout", "9", files={"a.conf": "timeout 5\n"}) as server:
        expect(server.connect().call(b"CONFIG", b"GET", b"timeout")[1][1] == ("$", b"9"), "not 9")
        server.terminate()


def renamed_commands():
    with Server("--rename-command", "GET", "fetch", "--rename-command", "FLUSHALL", "") as server:
        client = server.connect()
        client.call(b"SET", b"a", b"1")
        expect(client.call(b"FETCH", b"a") == ("$", b"1"), "the new name does not work")
        for gone in ("GET", "FLUSHALL"):
            kind, text = client.call(gone.encode(), b"a")
            expect(kind == "-" and b"unknown command" in text, "%s still works" % gone)
        expect(b"'get' command" in client.call(b"FETCH")[1], "the row's own name is in errors")
        server.terminate()


def rewrite_where_nothing_can_be_written():
    """The old file survives, the error is told, the server goes on."""
    with Server() as plain:
        kind, text = plain.connect().call(b"CONFIG", b"REWRITE")
        expect((kind, text) == ("-", b"ERR The server is running without a config file"), text)
        plain.terminate()
    port = free_port()
    text = "port %d\nbind 127.0.0.1\nsave ''\n" % port
    with Program("full/a.conf") as probe:
        probe.ends(1)
        folder = probe.path("full")
        os.mkdir(folder)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k,nr_inodes=4", "none", folder],
                          check=False, stderr=subprocess.DEVNULL).returncode != 0:
            return  # Needs root. A folder that cannot be written would not stop root either.
        try:
            with open(folder + "/a.conf", "w", encoding="ascii") as file:
                file.write(text)
            with open(folder + "/filler", "wb") as filler:
                try:
                    filler.write(b"x" * 65536)
                except OSError:
                    pass
            with Program(folder + "/a.conf") as program:
                program.wait_for("Ready to accept connections")
                call_at(("127.0.0.1", port), IPV4, b"CONFIG", b"SET", b"timeout", b"77")
                answer = call_at(("127.0.0.1", port), IPV4, b"CONFIG", b"REWRITE")
                expect(answer.startswith(b"-ERR Rewriting config file:"), "answered %r" % answer)
                with open(folder + "/a.conf", encoding="ascii") as file:
                    expect(file.read() == text, "the old file has changed")
                expect(sorted(os.listdir(folder)) == ["a.conf", "filler"], "something is left over")
                program.terminate()
        finally:
            subprocess.run(["umount", folder], check=True)


def rewrite_survives_a_restart():
    port = free_port()
    text = "# mine\nport %d\nbind 127.0.0.1\nsave ''\n" % port
    with Program("a.conf", files={"a.conf": text}) as program:
        program.wait_for("Ready to accept connections")
        where = ("127.0.0.1", port)
        call_at(where, IPV4, b"CONFIG", b"SET", b"timeout", b"77")
        expect(call_at(where, IPV4, b"CONFIG", b"REWRITE") == b"+OK\r\n", "it failed")
        program.terminate()
        with open(program.path("a.conf"), encoding="ascii") as file:
            rewritten = file.read()
        expect(rewritten.startswith("# mine\n") and "timeout 77" in rewritten, rewritten)
        with Program(program.path("a.conf")) as again:
            again.wait_for("Ready to accept connections")
            answer = call_at(where, IPV4, b"CONFIG", b"GET", b"timeout")
            expect(answer.endswith(b"$2\r\n77\r\n"), "answered %r" % answer)
            again.terminate()


def log_that_cannot_be_written():
    with Program("--logfile", "/nonexistent/log", "--port", "0", "--save", "") as program:
        program.ends(1)


def few_descriptors():
    """maxclients follows what the system allows, and says so."""
    shell = 'ulimit -n 100; exec "$0" "$@"'
    port = free_port()
    with Program("-c", shell, Program.binary, "--port", str(port), "--bind", "127.0.0.1", "--save",
                 "", binary="/bin/sh") as program:
        program.wait_for("Ready to accept connections")
        expect("maxclients has been reduced to" in program.log(), "not said:\n" + program.log())
        told = call_at(("127.0.0.1", port), IPV4, b"CONFIG", b"GET", b"maxclients")
        lowered = re.search("maxclients has been reduced to ([0-9]+)", program.log()).group(1)
        expect(told.endswith(b"\r\n%s\r\n" % lowered.encode()), "CONFIG GET says %r" % told)
        clients = []
        for _ in range(150):
            clients.append(socket.create_connection(("127.0.0.1", port), timeout=5))
        for client in clients:
            client.close()
        eventually(lambda: call_at(("127.0.0.1", port), IPV4, b"PING") == PING)
        program.terminate()


INSIDE = """
import socket, sys
for host, begin in zip(("127.0.0.1", "10.77.0.1"), sys.argv[1:]):
    with socket.create_connection((host, 7000), timeout=10) as client:
        client.sendall(b"PING\\r\\n")
        answer = client.recv(1000)
        assert answer.startswith(begin.encode()), answer
        assert begin != "-DENIED " or client.recv(1) == b"", "not hung up on"
"""


def protected_mode():
    """Strangers from another address are turned away; in a network namespace of the test's own."""
    prepare = "ip link set lo up && ip addr add 10.77.0.1/32 dev lo"
    if subprocess.run(["unshare", "-n", "sh", "-c", prepare], check=False,
                      stderr=subprocess.DEVNULL).returncode != 0:
        return  # Needs root.
    for options, near, far in (([], "+PONG", "-DENIED "),
                               (["--protected-mode", "no"], "+PONG", "+PONG"),
                               (["--requirepass", "x"], "-NOAUTH ", "-NOAUTH ")):
        script = prepare + ' && exec "$0" "$@"'
        with Program("-n", "sh", "-c", script, Program.binary, "--port", "7000", "--save", "",
                     *options, binary="unshare") as program:
            program.wait_for("Ready to accept connections")
            got = subprocess.run(["nsenter", "-t", str(program.process.pid), "-n", sys.executable,
                                  "-c", INSIDE, near, far], capture_output=True, text=True, check=False)
            expect(got.returncode == 0, "%s: %s" % (options, got.stderr))
            program.terminate()


CASES = [order_of_the_log, terminated_under_load, interrupted_twice, interrupted_twice_in_a_script,
         terminated_with_unread_replies, shutdown_command,
         crash_report, crash_report_in_the_log_file, crash_report_switched_off,
         stopped_and_continued, terminal_gone, bad_configurations, missing_configuration, refused_options, busy_port,
         unix_socket, left_over_unix_socket, nowhere_to_listen, deaf_until_told_otherwise,
         several_addresses, daemonized, configuration_from_stdin, options_override_the_file, renamed_commands,
         rewrite_where_nothing_can_be_written, rewrite_survives_a_restart,
         log_that_cannot_be_written, few_descriptors, protected_mode]
