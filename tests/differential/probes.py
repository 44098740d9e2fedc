"""Fixed questions that random streams cannot ask: raw bytes, closed connections, the command table.

Each probe is one case. Both servers get the same bytes on a fresh connection and must answer the
same bytes and then both close, or both keep the connection.
"""

import socket

import wire

A64K = b"x" * 65600
RAW = {
    "inline": b"PING\r\nSET k v\nGET k\r\n  GET   k  \r\n\r\n\r\nDEL k\r\n",
    "inline quotes": b"ECHO ''\r\n"
    b'ECHO "a b"\r\nECHO \'a b\'\r\nECHO "\\x41\\n\\\\"\r\nECHO \'it\\\'s\'\r\n',
    "inline unbalanced": b'PING\r\nECHO "a\r\nPING\r\n',
    "inline text after quote": b'ECHO "a"b\r\n',
    "inline too big": A64K,
    "inline unknown": b"nosuch a b\r\n",
    "http post": b"POST / HTTP/1.1\r\nHost: x\r\n\r\nPING\r\n",
    "http host": b"Host: x\r\nPING\r\n",
    "empty multibulk": b"*0\r\n*-1\r\n*-10\r\n*1\r\n$4\r\nPING\r\n",
    "multibulk not a number": b"*x\r\n",
    "multibulk empty": b"*\r\n",
    "multibulk too many": b"*2147483648\r\n",
    "multibulk line too long": b"*" + b"1" * 65600,
    "multibulk plus": b"*+1\r\n$4\r\nPING\r\n",
    "multibulk leading zero": b"*01\r\n$4\r\nPING\r\n",
    "bulk negative": b"*1\r\n$-1\r\n",
    "bulk not a number": b"*1\r\n$x\r\n",
    "bulk empty length": b"*1\r\n$\r\n",
    "bulk too long": b"*1\r\n$536870913\r\n",
    "bulk line too long": b"*1\r\n$" + b"1" * 65600,
    "bulk without dollar": b"*1\r\nPING\r\n",
    "bulk int instead": b"*2\r\n$4\r\nECHO\r\n:1\r\n",
    "bulk plus": b"*1\r\n$+4\r\nPING\r\n",
    "bulk wrong end": b"*1\r\n$4\r\nPINGxx*1\r\n$4\r\nPING\r\n",
    "error after good ones": b"*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$1\r\na\r\n*1\r\nxyz\r\n",
    "null bytes": b"\x00\r\nPING\r\n",
    "quit": b"*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nQUIT\r\n*1\r\n$4\r\nPING\r\n",
    "quit with arguments": b"QUIT now please\r\n",
    "reply off": b"CLIENT REPLY OFF\r\nPING\r\nSET k v\r\nCLIENT REPLY ON\r\nPING\r\n",
    "reply skip": b"CLIENT REPLY SKIP\r\nPING\r\nPING\r\nCLIENT REPLY SKIP\r\nNOSUCH\r\nECHO a\r\n",
    "reply wrong": b"CLIENT REPLY\r\nCLIENT REPLY MAYBE\r\n",
    "hello clears nothing": b"SELECT 3\r\nHELLO 3\r\nSET a 1\r\nHELLO 2\r\n"
    b"GET a\r\nGET none\r\nDEL a\r\n",
    "reset": b"SELECT 3\r\nSET a 1\r\nRESET\r\nGET a\r\nSELECT 3\r\nDEL a\r\n",
    "case": b"pInG\r\nclient gEtNaMe\r\nObJeCt eNcOdInG x\r\n",
    "unknown long arguments": b"nosuch " + b"a" * 200 + b" b\r\n" + b"x" * 300 + b" a b c\r\n",
    "unknown many arguments": b"nosuch " + b"arg " * 100 + b"\r\n",
    "unknown subcommands": b"CLIENT NOSUCH x\r\nCONFIG x\r\nOBJECT x y z\r\n"
    b"COMMAND x\r\nMEMORY x\r\n",
    "arity": b"GET\r\nSET k\r\nHSET h a\r\nHSET h a 1 b\r\nHMSET h a 1 b\r\n"
    b"CONFIG GET\r\nCLIENT\r\nMSET a 1 b\r\n",
    "many replies": b"*2\r\n$4\r\nECHO\r\n$1000\r\n" + b"e" * 1000 + b"\r\n" + b"PING\r\n" * 3000,
}
# Commands of types that are outside the product: they must be unknown, told in Redis's own words.
OUTSIDE = b"""LPUSH RPUSH LPOP LRANGE LLEN BLPOP ZADD ZRANGE ZSCORE XADD XREAD GEOADD PFADD SETBIT
BITCOUNT LCS ZUNIONSTORE LINDEX""".split()
SHARED = b"""
hset hmset hsetnx hget hmget hgetall hkeys hvals hlen hexists hstrlen hdel hincrby hincrbyfloat
hrandfield hscan sadd srem scard smembers sismember smismember smove spop srandmember sinter
sunion sdiff sinterstore sunionstore sdiffstore sintercard sscan sort sort_ro del unlink exists
type expire pexpire expireat pexpireat ttl pttl expiretime pexpiretime persist keys scan rename
renamenx randomkey dbsize touch copy move swapdb object flushdb flushall get set setnx setex
psetex getset getdel getex mget mset msetnx strlen incr decr incrby decrby incrbyfloat append
getrange setrange substr ping echo quit select reset hello auth client config time memory
slowlog latency lolwut monitor shutdown role info command debug readonly readwrite
""".split()


def answer(port, data):
    """Sends raw bytes, then PING; returns all replies, and whether the connection was closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=1.5) as raw:
        received, last_ping = b"", b"*2\r\n$4\r\nPING\r\n$6\r\nla?st!\r\n"
        try:
            raw.sendall(data)
            if not data.endswith((b"\n", b"x", b"1")) or data.endswith(b"\r\n"):
                raw.sendall(last_ping)
            else:
                raw.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        while not received.endswith(b"$6\r\nla?st!\r\n"):
            try:
                chunk = raw.recv(65536)
            except ConnectionResetError:
                return received, "closed"
            except socket.timeout:
                return received, "silent"
            if not chunk:
                return received, "closed"
            received += chunk
    return received, "open"


def without_hello(reply):
    """Cuts out what HELLO tells about the server itself."""
    for mark in (b"%7\r\n$6\r\nserver", b"*14\r\n$6\r\nserver"):
        while mark in reply:
            at = reply.index(mark)
            reply = reply[:at] + b"<hello>" + reply[wire.end_of(reply, at) :]
    return reply


class Probes:
    def __init__(self, reference, server, differences):
        self.reference, self.server, self.differences = reference, server, differences
        self.passed = self.failed = 0

    def expect(self, name, expected, actual):
        if expected == actual:
            self.passed += 1
        else:
            self.failed += 1
            print("FAIL probe %s\n  reference  %r\n  server     %r" % (name, expected, actual))

    def raw(self):
        for name, data in RAW.items():
            one, how_one = answer(self.reference.port, data)
            two, how_two = answer(self.server.port, data)
            one, two = without_hello(one), without_hello(two)
            if (one, how_one) != (two, how_two) and self.differences.explain_text(name, one, two):
                self.passed += 1
                continue
            self.expect(name, (one[-600:], how_one), (two[-600:], how_two))

    def outside(self):
        """The text for a command is the reference's text for an unknown name of equal length."""
        reference, server = self.reference.connect(), self.server.connect()
        for name in OUTSIDE:
            if server.call(b"COMMAND", b"INFO", name)[1][0][1] is not None:
                continue  # The server is one that knows other types, such as redis-server itself.
            for arguments in ([b"a"], [b"k\r\n", b"1", b"v" * 150, b"w"], []):
                stand_in = b"Q" * len(name)
                reference.send(wire.encode([stand_in, *arguments]))
                server.send(wire.encode([name, *arguments]))
                expected = reference.receive().replace(stand_in, name)
                self.expect("unknown %s" % name.decode(), expected, server.receive())
        reference.close()
        server.close()

    def table(self):
        """Arity, flags, key positions and categories of every command that both servers have."""
        reference, server = self.reference.connect(), self.server.connect()
        for name in SHARED:
            one = reference.call(b"COMMAND", b"INFO", name)[1][0]
            two = server.call(b"COMMAND", b"INFO", name)[1][0]
            one, two = self._row(one), self._row(two)
            probe = "COMMAND INFO " + name.decode()
            if one != two and self.differences.explain_text(probe, one, two):
                self.passed += 1
            else:
                self.expect(probe, one, two)
        reference.close()
        server.close()

    def config(self):
        """Every option of the reference is known, has its default, and takes its own value back."""
        reference, server = self.reference.connect(), self.server.connect()
        ones, twos = (self._options(connection) for connection in (reference, server))
        for name, value in sorted(ones.items()):
            set_back = [b"CONFIG", b"SET", name, value]
            expected = (self._default(name, value), wire.show(reference.call(*set_back)))
            set_back[3] = twos.get(name, b"")
            actual = "unknown"
            if name in twos:
                actual = (self._default(name, twos[name]), wire.show(server.call(*set_back)))
            probe = "CONFIG " + name.decode()
            if expected != actual and self.differences.explain_text(
                probe, str(expected), str(actual)
            ):
                self.passed += 1
            else:
                self.expect(probe, expected, actual)
        reference.close()
        server.close()

    @staticmethod
    def _options(connection):
        items = [item[1] for item in connection.call(b"CONFIG", b"GET", b"*")[1]]
        return dict(zip(items[::2], items[1::2]))

    @staticmethod
    def _default(name, value):
        """The value, unless it is about this very process."""
        return "its own" if name in (b"port", b"dir", b"bind-source-addr") else value.decode()

    @staticmethod
    def _row(info):
        if info[1] is None:
            return "unknown"
        name, arity, flags, first, last, step, categories = info[1][:7]
        words = lambda value: sorted(item[1].decode() for item in value[1])
        numbers = [int(value[1]) for value in (arity, first, last, step)]
        return str((name[1].decode(), numbers, words(flags), words(categories)))


def run(reference, server, differences):
    """Returns how many probes passed and failed; prints the failed ones."""
    probes = Probes(reference, server, differences)
    probes.raw()
    probes.outside()
    probes.table()
    probes.config()
    return probes.passed, probes.failed
