"""Starts a Redis-protocol server on a free loopback port and ends it again, by pid."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "support"))
from ports import free_port  # noqa: E402

START_TIMEOUT_S = 20
STOP_TIMEOUT_S = 10


class Server:
    """One running server with a directory of its own. Use as a context manager.

    `failures` names everything about its life that went wrong: an early death, a bad exit code,
    a SIGTERM that it did not obey in time.
    """

    def __init__(self, binary, *options, port=None):
        self.binary = os.path.abspath(binary) if os.path.sep in binary else binary
        self.options = options
        self.fixed_port = port
        self.port = None
        self.failures = []
        self.process = None
        self.directory = None

    def __enter__(self):
        for _ in range(5):
            if self._start():
                return self
        raise RuntimeError(f"{self.binary} did not start:\n{self.log()[-2000:]}")

    def __exit__(self, *_):
        self.stop()

    @property
    def unix_path(self):
        return os.path.join(self.directory, "s.sock")

    @property
    def log_path(self):
        return os.path.join(self.directory, "log")

    def log(self):
        if not self.directory or not os.path.exists(self.log_path):
            return ""
        with open(self.log_path, errors="replace") as log:
            return log.read()

    def stop(self):
        if self.process is None:
            return
        code = self.process.poll()
        if code is not None:
            self.failures.append(f"the server ended by itself with {code}: {self.log()[-800:]}")
        else:
            self.process.send_signal(signal.SIGTERM)
            try:
                code = self.process.wait(STOP_TIMEOUT_S)
                if code != 0:
                    self.failures.append(f"exit code {code} on SIGTERM: {self.log()[-800:]}")
            except subprocess.TimeoutExpired:
                self.failures.append(f"alive {STOP_TIMEOUT_S} s after SIGTERM")
                self.process.kill()
                self.process.wait()
        self.process = None
        shutil.rmtree(self.directory, ignore_errors=True)

    def _start(self):
        self.directory = tempfile.mkdtemp(prefix="clients-")
        self.port = self.fixed_port or free_port()
        arguments = [self.binary, "--port", str(self.port), "--bind", "127.0.0.1", "-::1",
                     "--save", "", "--dir", self.directory, "--unixsocket", self.unix_path,
                     *self.options]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(arguments, stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._answers() and self.process.poll() is None:
                return True
            time.sleep(0.02)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process = None
        return False

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as probe:
                probe.sendall(b"PING\r\n")
                return probe.recv(64)[:1] in (b"+", b"-")
        except OSError:
            return False
