"""The two ways a transcript reaches a server: through redis-cli, or as raw bytes on a socket."""

import os
import re
import select
import socket
import subprocess
import time

REPLY_LIMIT_S = 15
QUIET_S = 0.03  # How long a raw connection stays silent before its reply counts as complete.
ELAPSED = re.compile(r'\(\d+\.\d\ds\)')  # What redis-cli adds to a slow reply.
CLOSED = '(closed)'
EMPTY = '(empty)'

# A line that redis-cli refuses without sending anything: it marks the end of a reply.
MARK = b'"\n'
MARK_REPLY = b'Invalid argument(s)\n'


class CliClient:
    """One redis-cli process, fed line by line."""

    def __init__(self, server, resp3):
        command = ['redis-cli', '-h', '127.0.0.1', '-p', str(server.port), '--no-raw']
        environment = dict(os.environ, HOME=server.folder)
        if resp3:
            command.append('-3')
        if server.password is not None:
            environment['REDISCLI_AUTH'] = server.password
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.STDOUT, env=environment)

    def play(self, text, expected):
        del expected
        self._process.stdin.write(text.encode() + b'\n' + MARK)
        self._process.stdin.flush()
        output = b''
        limit = time.monotonic() + REPLY_LIMIT_S
        while not output.endswith(MARK_REPLY):
            ready, _, _ = select.select([self._process.stdout], [], [], limit - time.monotonic())
            chunk = os.read(self._process.stdout.fileno(), 1 << 16) if ready else b''
            if not chunk:
                output += b'(redis-cli ended)\n' if ready else b'(no reply in time)\n'
                break
            output += chunk
        if output.endswith(MARK_REPLY):
            output = output[:-len(MARK_REPLY)]
        lines = output.decode(errors='backslashreplace').rstrip('\n').split('\n')
        if lines and ELAPSED.fullmatch(lines[-1]):
            lines.pop()
        return [line for line in lines if line.strip()]

    def close(self):
        self._process.stdin.close()
        try:
            self._process.wait(0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


class RawClient:
    """A socket. Replies are shown a line per CRLF, other bytes escaped."""

    def __init__(self, server):
        self._socket = socket.create_connection(('127.0.0.1', server.port))
        self._closed = False
        self._input = b''

    def play(self, text, expected):
        """Reads as many lines as expected, then whatever else comes at once."""
        self._send(_unescape(text))
        limit = time.monotonic() + REPLY_LIMIT_S
        while self._input.count(b'\r\n') < len(expected) and not self._closed:
            if not self._read(limit - time.monotonic()):
                break
        while self._read(QUIET_S):
            pass
        lines = [_escape(line) or EMPTY for line in self._input.split(b'\r\n')]
        if lines[-1] == EMPTY:
            lines.pop()
        self._input = b''
        return lines + ([CLOSED] if self._closed else [])

    def _send(self, data):
        try:
            self._socket.sendall(data)
        except OSError:
            self._closed = True

    def _read(self, wait_s):
        """False if nothing came in time, or nothing can come any more."""
        if self._closed or wait_s <= 0:
            return False
        ready, _, _ = select.select([self._socket], [], [], wait_s)
        if not ready:
            return False
        try:
            data = self._socket.recv(1 << 16)
        except OSError:
            data = b''
        self._closed = not data
        self._input += data
        return not self._closed

    def close(self):
        self._socket.close()


def _unescape(text):
    return text.encode('latin-1', 'backslashreplace').decode('unicode_escape').encode('latin-1')


def _escape(data):
    text = data.decode('latin-1').encode('unicode_escape').decode('ascii')
    return text.replace('\\\\', '\\')
