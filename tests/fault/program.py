"""One server process under test: started as a user would, watched through its log, ended by its id."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import wire

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from ports import free_port  # noqa: E402

START_S = 20
STOP_S = 10


class Failed(Exception):
    """What a case found."""


def expect(condition, message):
    if not condition:
        raise Failed(message)


def eventually(condition, seconds=10, message="did not happen in time"):
    deadline = time.monotonic() + seconds
    while not condition():
        expect(time.monotonic() < deadline, message)
        time.sleep(0.02)


class Program:
    """The server with any arguments, in a folder of its own. Nothing is assumed of how it goes."""

    binary = None  # Set once by the runner.

    @classmethod
    def is_sanitized(cls):
        """Whether the server is built with AddressSanitizer."""
        with open(cls.binary, "rb") as file:
            return b"__asan_init" in file.read()

    @classmethod
    def scaled(cls, count):
        """How much of something a case takes: a third of it where everything takes thrice the time."""
        return count // 3 if cls.is_sanitized() else count

    def __init__(self, *arguments, stdin=None, files=None, binary=None, wrapper=()):
        self.folder = tempfile.mkdtemp(prefix="fault-")
        for name, text in (files or {}).items():
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        self.log_file = open(os.path.join(self.folder, "log"), "wb")
        self.process = subprocess.Popen(
            [*wrapper, binary or self.binary, *arguments],
            cwd=self.folder,
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=self.log_file,
            stderr=subprocess.STDOUT,
        )
        if stdin is not None:
            self.process.stdin.write(stdin.encode())
            self.process.stdin.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
        self.process.wait()
        self.log_file.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def log(self):
        with open(self.path("log"), errors="replace", encoding="utf-8") as log:
            return log.read()

    def wait_for(self, line, seconds=START_S):
        deadline = time.monotonic() + seconds
        while line not in self.log():
            ended = self.process.poll()
            expect(line in self.log() or (ended is None and time.monotonic() < deadline),
                   "no line '%s' (ended with %s):\n%s" % (line, ended, self.log()))
            time.sleep(0.02)

    def ends(self, code, seconds=STOP_S):
        try:
            got = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failed("still running after %d s:\n%s" % (seconds, self.log())) from None
        expect(got == code, "ended with %s, not %s:\n%s" % (got, code, self.log()[-3000:]))

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)
        self.ends(0)
        expect("ready to exit, bye bye" in self.log(), "no farewell in the log:\n" + self.log())

    def private_bytes(self):
        total = 0
        with open("/proc/%d/smaps_rollup" % self.process.pid, encoding="ascii") as rollup:
            for line in rollup:
                if line.startswith(("Private_Clean:", "Private_Dirty:")):
                    total += int(line.split()[1]) * 1024
        return total

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.process.pid))


class Server(Program):
    """A server on a free port that has said it is ready, and must end well."""

    def __init__(self, *options, **more):
        self.port = free_port()
        super().__init__("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", *options,
                         **more)
        try:
            self.wait_for("Ready to accept connections")
        except Failed:
            super().__exit__()
            raise

    def connect(self, timeout_s=20):
        return wire.Connection(self.port, timeout_s)

    def socket(self, timeout_s=20):
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout_s)

    def answers(self):
        """It serves a new client within a second."""
        client = self.connect(1)
        expect(client.call(b"PING") == ("+", b"PONG"), "PING was not answered with PONG")
        client.close()

    def still_well(self):
        expect(self.process.poll() is None, "the server died:\n" + self.log()[-3000:])
        self.answers()
        self.terminate()


def call_at(address, family, *args):
    """One command over a socket of any family; the raw reply."""
    with socket.socket(family) as client:
        client.settimeout(10)
        client.connect(address)
        client.sendall(wire.encode(list(args)))
        return client.recv(1 << 16)
