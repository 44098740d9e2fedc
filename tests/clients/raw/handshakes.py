"""The opening commands of clients that are not installed here, replayed byte for byte.

Each client's commands are sent in one packet, byte by byte, and one by one: a server that loses or
adds a reply, or hangs up on a subcommand that it does not know, breaks the client. What an answer
says is checked where a client depends on it; an error is fine where the client expects one.
"""

from support import cases
from support.cases import case, equal
from support.wire import ReplyError, Status, Wire, encode

ANY, OK, ERROR = object(), "OK", object()
HELLO_FIELDS = {b"server", b"version", b"proto", b"id", b"mode", b"role", b"modules"}


def matches(reply, expected):
    """expected: ANY, ERROR, a type, a value, or a function that decides."""
    if expected is ANY:
        return True
    if expected is ERROR:
        return isinstance(reply, ReplyError)
    if isinstance(expected, type):
        return isinstance(reply, expected)
    if callable(expected):
        return expected(reply)
    return reply == expected


def starts(text):
    return lambda reply: isinstance(reply, ReplyError) and reply.startswith(text)


def hello(proto):
    def check(reply):
        pairs = reply if isinstance(reply, dict) else dict(zip(reply[::2], reply[1::2]))
        return (HELLO_FIELDS <= set(pairs) and pairs[b"proto"] == proto
                and pairs[b"server"] == b"redis" and pairs[b"mode"] == b"standalone"
                and pairs[b"role"] == b"master" and pairs[b"modules"] == []
                and isinstance(reply, dict) == (proto == 3)
                and pairs[b"version"].split(b".")[0] >= b"7")
    return check


def pairs_of(reply):
    """CONFIG GET's reply as a dictionary, whatever the protocol."""
    return reply if isinstance(reply, dict) else dict(zip(reply[::2], reply[1::2]))


def replay(port, script):
    """Sends the script in one packet, then in single bytes, then command by command."""
    commands = [words for words, _ in script]
    for send in (send_at_once, send_by_bytes, send_one_by_one):
        with Wire(port) as wire:
            for (words, expected), reply in zip(script, send(wire, commands)):
                if not matches(reply, expected):
                    command = " ".join(map(str, words))
                    raise AssertionError(f"{send.__name__}: {command} got {reply!r:.300}")
            wire.expect_silence()


def send_at_once(wire, commands):
    return wire.batch(commands)


def send_one_by_one(wire, commands):
    return [wire.call(*words) for words in commands]


def send_by_bytes(wire, commands):
    data = b"".join(encode(*words) for words in commands)
    for i in range(len(data)):
        wire.send(data[i:i + 1])
    return [wire.read() for _ in commands]


def setinfo(name):
    """SETINFO came with Redis 7.2; every client ignores the error of an older server."""
    return [(("CLIENT", "SETINFO", "LIB-NAME", name), lambda r: r == OK or matches(r, ERROR)),
            (("CLIENT", "SETINFO", "LIB-VER", "1.2.3"), lambda r: r == OK or matches(r, ERROR))]


MAINT = (("CLIENT", "MAINT_NOTIFICATIONS", "ON", "moving-endpoint-type", "internal-ip"),
         starts("ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP."))


@case
def go_redis(environment):
    replay(environment.port, [(("hello", "3"), hello(3)), *setinfo("go-redis(,go1.22)"), MAINT,
                              (("select", "2"), OK), (("client", "setname", "svc"), OK),
                              (("hgetall", "none"), {}), (("ping",), "PONG")])


@case
def go_redis_with_password_and_name(environment):
    p = environment.password
    replay(environment.password_port,
           [(("hello", "3", "auth", "default", p, "setname", "svc"), hello(3)),
            (("client", "getname"), b"svc"), (("select", "1"), OK), (("ping",), "PONG")])
    # Without HELLO's AUTH the client falls back to AUTH and RESP2.
    replay(environment.password_port,
           [(("hello", "3"), starts("NOAUTH HELLO must be called with the client already ")),
            (("auth", p), OK), (("ping",), "PONG")])


@case
def go_redis_client_cache(environment):
    replay(environment.port, [(("hello", "3"), hello(3)), (("client", "tracking", "on"), ANY),
                              (("ping",), "PONG")])


@case
def jedis(environment):
    replay(environment.port, [(("HELLO", "3"), hello(3)), (("CLIENT", "SETNAME", "jedis"), OK),
                              *setinfo("jedis"), (("READONLY",), ANY), (("SELECT", "1"), OK),
                              (("SMEMBERS", "none"), set()), (("PING",), "PONG")])
    replay(environment.password_port, [(("AUTH", environment.password), OK),
                                       (("SELECT", "1"), OK), (("SMEMBERS", "none"), [])])


@case
def lettuce(environment):
    replay(environment.port, [(("HELLO", "3", "SETNAME", "lettuce"), hello(3)),
                              *setinfo("Lettuce"), MAINT, (("SELECT", "3"), OK),
                              (("READONLY",), ANY), (("CLIENT", "GETNAME"), b"lettuce"),
                              (("COMMAND",), list), (("PING",), "PONG")])
    replay(environment.port, [(("HELLO", "4"), starts("NOPROTO unsupported protocol version")),
                              (("HELLO", "2"), hello(2)), (("PING",), "PONG")])


@case
def stackexchange_redis(environment):
    def config(name):
        return lambda reply: list(pairs_of(reply)) == [name.encode()]

    for protocol in (3, 2):
        replay(environment.port, [
            (("HELLO", protocol), hello(protocol)),
            (("CLIENT", "SETNAME", "host(SE.Redis-v2.8)"), OK), *setinfo("SE.Redis"),
            (("CLIENT", "ID"), int),
            (("CONFIG", "GET", "slave-read-only"), config("slave-read-only")),
            (("CONFIG", "GET", "replica-read-only"), config("replica-read-only")),
            (("CONFIG", "GET", "databases"), lambda r: pairs_of(r) == {b"databases": b"16"}),
            (("CONFIG", "GET", "timeout"), config("timeout")),
            (("SENTINEL", "MASTERS"), starts("ERR unknown command 'SENTINEL'")),
            (("INFO", "replication"), lambda r: b"role:master" in r),
            (("INFO", "server"), lambda r: b"redis_version:" in r),
            (("CLUSTER", "NODES"), starts("ERR This instance has cluster support disabled")),
            (("GET", "__Booksleeve_TieBreak"), None),
            (("ECHO", b"\x9c\x1b\r\n\x00tracer"), b"\x9c\x1b\r\n\x00tracer"),
            (("PING",), "PONG")])


@case
def memtier(environment):
    for protocol in (2, 3):
        replay(environment.password_port, [
            (("AUTH", "default", environment.password), OK), (("SELECT", "1"), OK),
            (("HELLO", protocol), hello(protocol)), (("SET", "memtier-1", "x"), OK),
            (("GET", "memtier-1"), b"x")])


@case
def redis_exporter(environment):
    def has(*names):
        return lambda reply: all(name.encode() in reply for name in names)

    replay(environment.port, [
        (("CLIENT", "SETNAME", "redis_exporter"), OK),
        (("INFO", "ALL"), has("redis_version:", "used_memory:", "cmdstat_", "# Keyspace",
                              "latency_percentiles_usec_")),
        (("CONFIG", "GET", "*"), lambda r: len(pairs_of(r)) > 100 and b"maxmemory" in pairs_of(r)),
        (("LATENCY", "LATEST"), []), (("LATENCY", "HISTOGRAM"), list),
        (("SLOWLOG", "LEN"), int), (("SLOWLOG", "GET", "1"), list),
        (("COMMAND", "INFO", "COMMANDLOG"), list), (("CLIENT", "LIST"), bytes),
        (("INFO", "MODULES"), bytes), (("SCAN", "0", "COUNT", "1000"), list),
        (("MEMORY", "USAGE", "none"), None), (("SCARD", "none"), 0), (("HLEN", "none"), 0)])


@case
def redis_insight(environment):
    with Wire(environment.port) as wire:
        wire.batch([("HSET", "h", "a", "1"), ("SADD", "s", "x"), ("SET", "k", "v")])
    replay(environment.port, [
        (("HELLO", "3"), hello(3)), (("INFO",), ANY),
        (("CLUSTER", "INFO"), starts("ERR This instance has cluster support disabled")),
        (("MODULE", "LIST"), []), (("COMMAND", "INFO", "hset", "json.get"), lambda r: r[1] is None),
        (("DBSIZE",), int), (("CONFIG", "GET", "databases"), {b"databases": b"16"}),
        (("CLIENT", "LIST"), ANY), (("SCAN", "0", "MATCH", "*", "COUNT", "10000"), list),
        (("TYPE", "h"), "hash"), (("TTL", "h"), -1), (("MEMORY", "USAGE", "h"), int),
        (("HSCAN", "h", "0", "COUNT", "500"), [b"0", [b"a", b"1"]]),
        (("SSCAN", "s", "0", "COUNT", "500"), [b"0", [b"x"]]),
        (("HTTL", "h", "FIELDS", "1", "a"), lambda r: r == [-1] or matches(r, ERROR)),
        (("SLOWLOG", "GET", "50"), list), (("PING",), "PONG")])


@case
def sentinel(environment):
    # MULTI and PUBLISH arrive with later parts; here the replies only have to be one for one.
    replay(environment.password_port, [
        (("AUTH", environment.password), OK), (("CLIENT", "SETNAME", "sentinel-abc-cmd"), OK),
        (("PING",), "PONG"), (("INFO",), lambda r: b"role:master" in r and b"run_id:" in r),
        (("PUBLISH", "__sentinel__:hello", "127.0.0.1,26379,abc"), ANY),
        (("SCRIPT", "KILL"), ERROR), (("PING",), "PONG")])


@case
def redis_cli(environment):
    def docs_of_hset(reply):
        return b"hset" in [name.lower() for name in reply[::2]]

    replay(environment.port, [(("COMMAND", "DOCS"), docs_of_hset), (("COMMAND",), list),
                              (("PING",), "PONG")])
    replay(environment.password_port, [
        (("AUTH", environment.password), OK), (("SELECT", "1"), OK), (("HELLO", "3"), hello(3)),
        (("PING",), "PONG")])
    replay(environment.port, [(("DBSIZE",), 0), (("READONLY",), ANY),
                              (("SCAN", "0", "COUNT", "10"), [b"0", []]), (("LATENCY", "RESET"), 0),
                              (("REPLCONF", "capa", "eof"), ANY), (("PING",), "PONG")])


@case
def redis_benchmark(environment):
    for protocol in (2, 3):
        replay(environment.port, [
            (("HELLO", protocol), hello(protocol)),
            (("CONFIG", "GET", "save"), lambda r: list(pairs_of(r)) == [b"save"]),
            (("CONFIG", "GET", "appendonly"), lambda r: pairs_of(r) == {b"appendonly": b"no"})])


@case
def redis_py_8(environment):
    p = environment.password
    replay(environment.password_port, [
        (("HELLO", "3", "AUTH", "default", p), hello(3)), MAINT, *setinfo("redis-py"),
        (("SADD", "s", "m"), ANY), (("SMEMBERS", "s"), {b"m"}), (("DEL", "s"), 1)])
    replay(environment.port, [(("CLIENT", "SETNAME", "x"), OK), *setinfo("redis-py"),
                              (("SELECT", "1"), OK)])


@case
def redis_py_4_ioredis_5_node_redis_4(environment):
    p = environment.password
    replay(environment.password_port, [(("AUTH", p), OK), (("CLIENT", "SETNAME", "py"), OK),
                                       (("SELECT", "2"), OK), (("PING",), "PONG")])
    replay(environment.password_port, [
        (("auth", p), OK), (("select", "2"), OK), (("client", "setname", "io"), OK),
        *setinfo("ioredis"), (("info",), lambda r: b"\r\nloading:0\r\n" in r),
        (("readonly",), ANY)])
    replay(environment.password_port, [
        (("AUTH", p), OK), (("CLIENT", "SETNAME", "nr"), OK), *setinfo("node-redis"),
        (("SELECT", "2"), OK)])


@case
def ioredis_6_node_redis_6(environment):
    p = environment.password
    replay(environment.password_port, [
        (("hello", "3", "AUTH", "default", p), hello(3)), (("select", "1"), OK),
        (("client", "setname", "io6"), OK), (("readonly",), ANY), *setinfo("ioredis"),
        (("info",), bytes)])
    replay(environment.password_port, [
        (("HELLO", "3", "AUTH", "default", p, "SETNAME", "nr6"), hello(3)), (("SELECT", "1"), OK),
        *setinfo("node-redis"), MAINT, (("CLIENT", "GETNAME"), b"nr6")])


@case
def subscribing_handshakes_answer_every_command(environment):
    """SE.Redis and Sentinel open a second connection to subscribe; until the server has channels
    an error is an answer too."""
    for words in (("SUBSCRIBE", "__Booksleeve_MasterChanged"), ("SUBSCRIBE", "__sentinel__:hello")):
        with Wire(environment.port) as wire:
            reply = wire.call(*words)
            channel = words[1].encode()
            equal(isinstance(reply, ReplyError) or reply == [b"subscribe", channel, 1], True)
            equal(wire.call("PING") in (["pong", b""], [b"pong", b""], "PONG"), True)


@case
def a_wrong_password_leaves_the_connection_open(environment):
    wrong = starts("WRONGPASS invalid username-password pair or user is disabled.")
    replay(environment.password_port, [
        (("PING",), "NOAUTH Authentication required."), (("AUTH", "bad"), wrong),
        (("AUTH", "nobody", "bad"), wrong), (("HELLO", "3", "AUTH", "default", "bad"), wrong),
        (("HELLO", "3"), starts("NOAUTH HELLO must be called")),
        (("GET", "k"), "NOAUTH Authentication required."),
        (("NOSUCH",), starts("ERR unknown command 'NOSUCH'")),
        (("AUTH", environment.password), OK), (("AUTH", "bad"), wrong), (("PING",), "PONG")])


@case
def a_failed_auth_behind_queued_replies_is_answered(environment):
    replay(environment.port, [
        (("PING",), "PONG"),
        (("AUTH", "bad"), starts("ERR AUTH <password> called without any password configured")),
        (("PING",), "PONG"), (("AUTH", "default", "anything"), OK), (("PING",), "PONG")])


@case
def hello_mistakes_change_nothing(environment):
    replay(environment.port, [
        (("HELLO", "4"), "NOPROTO unsupported protocol version"),
        (("HELLO", "1"), "NOPROTO unsupported protocol version"),
        (("HELLO", "x"), "ERR Protocol version is not an integer or out of range"),
        (("HELLO", "3", "NOSUCH"), starts("ERR Syntax error in HELLO option 'NOSUCH'")),
        (("HELLO", "3", "AUTH", "default"), starts("ERR Syntax error in HELLO option 'AUTH'")),
        (("HELLO", "3", "SETNAME", "a b"), starts("ERR Client names cannot contain spaces")),
        (("HGETALL", "none"), []), (("HELLO",), hello(2)), (("HELLO", "3"), hello(3)),
        (("HELLO",), hello(3)), (("HGETALL", "none"), {}), (("HELLO", "2"), hello(2)),
        (("HGETALL", "none"), [])])


@case
def reset_returns_to_the_beginning(environment):
    replay(environment.password_port, [
        (("HELLO", "3", "AUTH", "default", environment.password, "SETNAME", "x"), hello(3)),
        (("SELECT", "4"), OK), (("RESET",), "RESET"),
        (("GET", "k"), "NOAUTH Authentication required."),
        (("AUTH", environment.password), OK), (("CLIENT", "GETNAME"), None),
        (("CLIENT", "INFO"), lambda r: b" db=0 " in r and b" resp=2" in r)])


@case
def unknown_commands_and_subcommands_are_plain_errors(environment):
    replay(environment.port, [
        (("CLIENT", "NOSUCH", "x"), "ERR unknown subcommand 'NOSUCH'. Try CLIENT HELP."),
        (("CONFIG", "nosuch"), "ERR unknown subcommand 'nosuch'. Try CONFIG HELP."),
        (("COMMAND", "NOSUCH"), "ERR unknown subcommand 'NOSUCH'. Try COMMAND HELP."),
        (("MEMORY", "NOSUCH"), "ERR unknown subcommand 'NOSUCH'. Try MEMORY HELP."),
        (("OBJECT", "NOSUCH", "k"), "ERR unknown subcommand 'NOSUCH'. Try OBJECT HELP."),
        (("CLUSTER", "SLOTS"), "ERR This instance has cluster support disabled"),
        (("JSON.GET", "k"), "ERR unknown command 'JSON.GET', with args beginning with: 'k' "),
        (("FT._LIST",), "ERR unknown command 'FT._LIST', with args beginning with: "),
        (("CLIENT",), "ERR wrong number of arguments for 'client' command"),
        (("CLIENT", "SETNAME"), "ERR wrong number of arguments for 'client|setname' command"),
        (("CLIENT", "SETNAME", "a b"), starts("ERR Client names cannot contain spaces")),
        (("SELECT", "16"), "ERR DB index is out of range"),
        (("SELECT", "x"), "ERR value is not an integer or out of range"),
        (("SELECT", "-1"), "ERR DB index is out of range"), (("PING",), "PONG")])


@case
def client_reply_off_skip_on(environment):
    for switch, silent in ((("CLIENT", "REPLY", "SKIP"), 1), (("CLIENT", "REPLY", "OFF"), 3)):
        with Wire(environment.port) as wire:
            wire.send(encode(*switch))
            for i in range(silent):
                wire.send(encode("ECHO", f"silent {i}"))
            if silent > 1:
                wire.send(encode("CLIENT", "REPLY", "ON"))
                equal(wire.read(), Status("OK"))
            wire.expect_silence()


@case
def inline_commands_of_people_with_telnet(environment):
    with Wire(environment.port) as wire:
        wire.send(b"PING\r\nPING\nhset h  'a b' \"c\\x41\"\r\n\r\n  \r\nHGET h 'a b'\r\n")
        equal([wire.read() for _ in range(4)], ["PONG", "PONG", 1, b"cA"])
        wire.expect_silence()


@case
def browsers_are_sent_away_without_an_answer(environment):
    for first in (b"POST / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\n"):
        with Wire(environment.port) as wire:
            wire.send(first + b"SET hacked 1\r\n")
            seen = b""
            try:
                while part := wire.socket.recv(4096):
                    seen += part
            except ConnectionResetError:
                pass
            equal(b"OK" in seen, False)
    with Wire(environment.port) as wire:
        equal(wire.call("GET", "hacked"), None)


@case
def protocol_errors_say_why_and_close(environment):
    for data, text in ((b"*1\r\nPING\r\n", "ERR Protocol error: expected '$', got 'P'"),
                       (b"*1\r\n$-1\r\n", "ERR Protocol error: invalid bulk length"),
                       (b"*1\r\n$x\r\n", "ERR Protocol error: invalid bulk length"),
                       (b"*x\r\n", "ERR Protocol error: invalid multibulk length"),
                       (b"*2147483648\r\n", "ERR Protocol error: invalid multibulk length"),
                       (b"set 'a\r\n", "ERR Protocol error: unbalanced quotes in request")):
        with Wire(environment.port) as wire:
            wire.send(encode("PING") + data)
            equal(wire.read(), Status("PONG"))
            equal(wire.read(), ReplyError(text))
            try:
                equal(wire.socket.recv(1), b"")
            except ConnectionResetError:
                pass


@case
def empty_and_negative_arrays_are_passed_over(environment):
    with Wire(environment.port) as wire:
        wire.send(b"*0\r\n*-1\r\n" + encode("PING") + b"*0\r\n" + encode("ECHO", "x"))
        equal([wire.read(), wire.read()], [Status("PONG"), b"x"])
        wire.expect_silence()


def main():
    def reset(environment):
        with Wire(environment.port) as wire:
            equal(wire.call("FLUSHALL"), Status("OK"))

    cases.main(reset)


main()
