"""Starts a server on a free port of 127.0.0.1 in a folder of its own, and ends it by its id."""

import os
import shlex
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


class Server:
    def __init__(self, command, *options):
        self.port = free_port()
        self.folder = tempfile.mkdtemp(prefix="differential-")
        self.log = open(self.folder + "/log", "wb")
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(
            shlex.split(command) + arguments + ["--appendonly", "no", *options],
            cwd=self.folder,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "LC_ALL": "C"},  # SORT ALPHA follows the locale.
        )
        self._wait_until_ready()

    def _wait_until_ready(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                connection = self.connect()
                connection.socket.sendall(b"PING\r\n")
                answered = connection.socket.recv(64)
                connection.close()
                if answered:
                    return
            except OSError:
                pass
            time.sleep(0.02)
        said = open(self.folder + "/log", "rb").read()[-2000:].decode("latin-1")
        self.stop()
        raise SystemExit("server did not start: %s\n%s" % (self.process.args, said))

    def connect(self, timeout_s=20):
        return wire.Connection(self.port, timeout_s)

    def alive(self):
        return self.process.poll() is None

    def last_words(self):
        return open(self.folder + "/log", "rb").read()[-3000:].decode("latin-1")

    def stop(self):
        """Ends the server. Returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
