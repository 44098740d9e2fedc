"""The two ways a transcript reaches a server: through redis-cli, or as raw bytes on a socket."""

import os
import re
import select
import socket
import subprocess

from transcript import matches

REPLY_LIMIT_S = 10
RAW_SILENCE_S = 2  # How long a raw connection waits for more of the expected reply,
IMPATIENCE_S = 0.3  # and how long once a reply was another one.
QUIET_S = 0.03  # How long a raw connection stays silent before its reply counts as complete.
ELAPSED = re.compile(r'\(\d+\.\d\ds\)')  # What redis-cli adds to a slow reply.
CLI_ENDED = '(redis-cli ended)'
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
        del expected  # The mark says when the reply is complete.
        try:
            self._process.stdin.write(text.encode() + b'\n' + MARK)
            self._process.stdin.flush()
        except BrokenPipeError:
            return [CLI_ENDED]
        output = self._read_to_mark().decode(errors='backslashreplace')
        lines = [line for line in output.split('\n') if line.strip()]
        if lines and ELAPSED.fullmatch(lines[-1]):
            lines.pop()
        return lines

    def _read_to_mark(self):
        output = b''
        while not output.endswith(MARK_REPLY):
            ready, _, _ = select.select([self._process.stdout], [], [], REPLY_LIMIT_S)
            if not ready:
                self._process.kill()  # Whatever it would print later belongs to no command.
                return output + b'(no reply in time)'
            chunk = os.read(self._process.stdout.fileno(), 1 << 16)
            if not chunk:
                return output + CLI_ENDED.encode()
            output += chunk
        return output[:-len(MARK_REPLY)]

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
        self._patience_s = RAW_SILENCE_S

    def play(self, text, expected):
        """Reads until the reply is the one expected and nothing follows it, or nothing comes."""
        self._input = b''
        self._send(_unescape(text))
        while not matches(expected, self._lines(), unordered=False):
            if not self._read(self._patience_s):
                break
        while self._read(QUIET_S):
            pass
        if not matches(expected, self._lines(), unordered=False):
            self._patience_s = IMPATIENCE_S
        return self._lines()

    def _lines(self):
        lines = [_escape(line) or EMPTY for line in self._input.split(b'\r\n')]
        if lines[-1] == EMPTY:
            lines.pop()
        return lines + ([CLOSED] if self._closed else [])

    def _send(self, data):
        try:
            self._socket.sendall(data)
        except OSError:
            self._closed = True

    def _read(self, wait_s):
        """False if nothing came in time, or nothing can come any more."""
        if self._closed:
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
        return True

    def close(self):
        self._socket.close()


def _unescape(text):
    return text.encode('latin-1', 'backslashreplace').decode('unicode_escape').encode('latin-1')


def _escape(data):
    text = data.decode('latin-1').encode('unicode_escape').decode('ascii')
    return text.replace('\\\\', '\\')
