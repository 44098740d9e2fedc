"""Starts servers on free ports in folders of their own, and ends them by process id."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
from ports import free_port  # noqa: E402

START_ATTEMPTS = 3
START_LIMIT_S = 20
STOP_LIMIT_S = 10


class ServerError(Exception):
    pass


class Server:
    """A running server. Close() ends it and removes its folder."""

    def __init__(self, binary, options=()):
        self.name = os.path.basename(binary)
        self.folder = tempfile.mkdtemp(prefix='blackbox-')
        self.password = _option(options, '--requirepass')
        self._log_path = os.path.join(self.folder, 'log')
        for _ in range(START_ATTEMPTS):
            self.port = free_port()
            self._start(binary, options)
            if self._answers():
                break
            self._stop()
        else:
            log = self.log_tail()
            self.close()
            raise ServerError(f'{self.name} did not start:\n{log}')
        info = self.call('INFO', 'server')
        version = info.split('redis_version:')[1].split('\r\n')[0]
        self.version = tuple(int(part) for part in version.split('.'))

    def _start(self, binary, options):
        command = [binary, '--port', str(self.port), '--bind', '127.0.0.1', '--save', '',
                   '--appendonly', 'no', '--dir', self.folder, *options]
        with open(self._log_path, 'wb') as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log,
                                             stderr=subprocess.STDOUT, cwd=self.folder)

    def _answers(self):
        """False if it ended (its port was taken meanwhile, say) or stays silent."""
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit and self.alive():
            try:
                return self.call('PING') == 'PONG'
            except (OSError, ServerError):
                time.sleep(0.02)
        return False

    def alive(self):
        return self._process.poll() is None

    def log_tail(self):
        with open(self._log_path, encoding='utf-8', errors='replace') as log:
            return ''.join(log.readlines()[-15:])

    def call(self, *words):
        """Sends one command of the runner's own, over a connection that is gone afterwards."""
        control = Control(self.port, self.password)
        try:
            return control.call(*words)
        finally:
            control.close()

    def close(self):
        self._stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _stop(self):
        if not self.alive():
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _option(options, name):
    options = list(options)
    return options[options.index(name) + 1] if name in options else None


class Control:
    """The smallest RESP2 client, logged in if a password is given. call() returns text, a number, a list or None."""

    def __init__(self, port, password=None, timeout_s=10):
        self._socket = socket.create_connection(('127.0.0.1', port), timeout=timeout_s)
        self._input = self._socket.makefile('rb')
        if password is not None:
            self.call('AUTH', password)

    def call(self, *words):
        parts = [word.encode() for word in words]
        request = b'*%d\r\n' % len(parts)
        request += b''.join(b'$%d\r\n%s\r\n' % (len(part), part) for part in parts)
        self._socket.sendall(request)
        return self._reply()

    def _reply(self):
        line = self._input.readline()
        if not line:
            raise ServerError('connection closed')
        kind, rest = line[:1], line[1:-2]
        if kind == b'-':
            raise ServerError(rest.decode(errors='replace'))
        if kind == b':':
            return int(rest)
        if kind == b'+':
            return rest.decode()
        if kind == b'*':
            return [self._reply() for _ in range(int(rest))]
        if kind != b'$':
            raise ServerError(f'unexpected reply {line!r}')
        if int(rest) < 0:
            return None
        return self._input.read(int(rest) + 2)[:-2].decode(errors='replace')

    def close(self):
        self._input.close()
        self._socket.close()
