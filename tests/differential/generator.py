"""Random commands over few keys and values, hostile ones included.

A block is a list of commands made from one seed alone; it starts from an empty server, so any
block can be repeated by its seed. Small pools make commands meet: keys change type, members
recur, options clash. `safe` keeps out what would make two equal servers disagree (deadlines that
pass at slightly different moments) or take the machine down (replies of gigabytes).
"""

import random
import time

HASHES = [b"h0", b"h1", b"h2", b"h3"]
SETS = [b"s0", b"s1", b"s2", b"s3", b"s4"]
STRINGS = [b"t0", b"t1", b"t2"]
OTHERS = [b"", b"k\r\n\x00\xff", b"absent", b"a-key-longer-than-the-others-by-far:" + b"x" * 40]
KEYS = HASHES + SETS + STRINGS + OTHERS

INTEGERS = [b"%d" % n for n in (-2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 15, 16, 100, 127, 128, 129, 255)]
INTEGERS += [b"256", b"32767", b"32768", b"-32769", b"2147483648", b"1099511627776", b"10000"]
EDGES = [b"9223372036854775807", b"9223372036854775808", b"-9223372036854775808"]
EDGES += [b"-9223372036854775809", b"9223372036854775806", b"18446744073709551615"]
EDGES += [b"18446744073709551616", b"-9223372036854775807", b"4611686018427387904", b"2147483647"]
FLOATS = [b"0.1", b"0.2", b"1.5", b"-0.5", b"3.0", b"1e3", b"5.0e3", b"1e-17", b"1e-18", b"10.50"]
FLOATS += [b"1e17", b"123456789.123456789", b"1e300", b"1.7976931348623157e308", b"0x10", b".5"]
ODD = [b"", b" 1", b"1 ", b"01", b"-0", b"+1", b"inf", b"-inf", b"nan", b"1e400", b"1e4933"]
ODD += [b"5.", b"1e-5000", b"infinity", b"0x", b"--1", b"- 1", b"\t1", b"1\x00", b"1e", b"e1"]
ODD += [b"1_0", b"NaN"]
WORDS = [b"a", b"b", b"c", b"d", b"e", b"f", b"hello", b"member", b"x" * 63, b"x" * 64, b"x" * 65]
WORDS += [b"y" * 44, b"y" * 45, b"z" * 300, b"\x00\x01\xff\xfe", b"line\r\nbreak"]
WORDS += ["grüße".encode()]
VALUES = WORDS * 2 + INTEGERS * 2 + EDGES + FLOATS + ODD
PATTERNS = [b"*", b"h*", b"?1", b"[hs]?", b"[^h]*", b"[a-", b"\\*", b"*1*", b"nothing", b""]
PATTERNS += [b"h[0-2]", b"[0-9]", b"**", b"x*x*x", b"*\\", b"[\\]]", b"[z-a]*", b"?"]
OPTIONS = [b"NX", b"XX", b"GT", b"LT", b"EX", b"PX", b"EXAT", b"PXAT", b"KEEPTTL", b"GET"]
OPTIONS += [b"PERSIST", b"MATCH", b"COUNT", b"TYPE", b"LIMIT", b"WITHVALUES", b"REPLACE", b"DB"]
OPTIONS += [b"BY", b"ALPHA", b"ASC", b"DESC", b"ASYNC", b"SYNC", b"ABSTTL", b"FIELDS", b"STORE"]
DATABASES = [b"0", b"1", b"2", b"15"]
NO_DATABASES = [b"16", b"-1", b"abc", b"", b"9223372036854775808", b"1.0"]

# Further apart than any two servers drift, so that NX, GT and LT decide alike on both.
FAR_SECONDS = [b"4102444800", b"4200000000", b"4300000000"]
FAR_MILLISECONDS = [b"4102444800000", b"4200000000000", b"4300000000000", b"70368744177663"]
PAST = [b"1", b"0", b"-1", b"1000000000", b"-9223372036854775808"]
RELATIVE = {b"EX": 1, b"PX": 1000, b"EXPIRE": 1, b"PEXPIRE": 1000, b"SETEX": 1, b"PSETEX": 1000}
ABSOLUTE = {b"EXPIREAT": 1, b"PEXPIREAT": 1000, b"EXAT": 1, b"PXAT": 1000}
SHORT_MAX_MS = 30


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.commands = [(make, weight) for make, weight in WEIGHTS]
        self.makers = [make for make, _ in WEIGHTS]
        self.weights = []
        total = 0
        for _, weight in WEIGHTS:
            total += weight
            self.weights.append(total)

    def block(self, size):
        made = []
        makers, weights, rng = self.makers, self.weights, self.random
        while len(made) < size:
            for make in rng.choices(makers, cum_weights=weights, k=64):
                args = make(self)
                if isinstance(args[0], list):  # A short story of several commands.
                    made.extend(args)
                    continue
                chance = rng.random()
                if chance < 0.08:
                    args = self.spoil(args)
                elif chance < 0.2:
                    args = self.case_mixed(args)
                args = safe(args, rng)
                made.append(args)
                if leaves_dead_key(args):
                    made.append([b"EXISTS", args[1]])
        return made[:size]

    # Arguments.
    def pick(self, pool):
        return pool[int(self.random.random() * len(pool))]

    def hash_key(self):
        return self.pick(HASHES if self.random.random() < 0.92 else KEYS)

    def set_key(self):
        return self.pick(SETS if self.random.random() < 0.92 else KEYS)

    def string_key(self):
        return self.pick(STRINGS if self.random.random() < 0.9 else KEYS)

    def key(self):
        return self.pick(KEYS)

    def value(self):
        return self.pick(VALUES)

    def number(self):
        return self.pick(INTEGERS if self.random.random() < 0.8 else EDGES + ODD + FLOATS)

    def several(self, make, most=4):
        return [make() for _ in range(1 + int(self.random.random() * most))]

    def maybe(self, chance, *args):
        return list(args) if self.random.random() < chance else []

    def seconds_ahead(self):
        return b"%d" % self.random.randrange(10**6, 10**9)

    def far(self, unit):
        if self.random.random() < 0.15:
            return self.pick(PAST)
        return self.pick(FAR_SECONDS if unit == 1 else FAR_MILLISECONDS)

    # What makes an argument list hostile.
    def spoil(self, args):
        args = list(args)
        rng = self.random
        choice = rng.randrange(7)
        if choice == 0 and len(args) > 1:
            args.pop()
        elif choice == 1:
            args.append(self.pick(OPTIONS + VALUES))
        elif choice == 2 and len(args) > 1:
            args[rng.randrange(1, len(args))] = self.pick(ODD + EDGES)
        elif choice == 3 and len(args) > 2:
            args.extend(args[2:])
        elif choice == 4 and len(args) > 2:
            i, j = rng.randrange(1, len(args)), rng.randrange(1, len(args))
            args[i], args[j] = args[j], args[i]
        elif choice == 5:
            args.insert(rng.randrange(1, len(args) + 1), self.pick(OPTIONS))
        else:
            args = args[:1]
        return args

    def case_mixed(self, args):
        name = args[0]
        args = [bytes(self.pick((b.upper(), b.lower()))[0] for b in (bytes([c]) for c in name))] + [
            arg.lower() if arg in OPTIONS_SET and self.random.random() < 0.5 else arg
            for arg in args[1:]
        ]
        return args


OPTIONS_SET = frozenset(OPTIONS)


def is_integer(text):
    if not text or len(text) > 20:
        return False
    digits = text[1:] if text[:1] == b"-" else text
    return digits.isdigit()


def safe(args, rng):
    """Replaces what would harm the test itself; everything else stays as it is."""
    name = args[0].upper()
    if name in (b"SRANDMEMBER", b"HRANDFIELD") and len(args) > 2 and is_integer(args[2]):
        if -(2**63) < int(args[2]) < -2000:
            args[2] = b"-30"
    elif name == b"SETRANGE" and len(args) > 2 and is_integer(args[2]):
        if 4096 < int(args[2]) < 2**30:
            args[2] = b"300"
    elif name == b"SORT" and any(arg.upper() == b"STORE" for arg in args[2:]):
        args[0] = b"SORT_RO"  # A stored result would be a list.
    elif name in RELATIVE or name in ABSOLUTE:
        _keep_off(args, 2, name, rng)
    elif name in (b"SET", b"GETEX"):
        for i in range(2, len(args) - 1):
            word = args[i].upper()
            if word in RELATIVE or word in ABSOLUTE:
                _keep_off(args, i + 1, word, rng)
    return args


def _keep_off(args, at, word, rng):
    """Moves a deadline away from the minutes in which the test runs."""
    if at >= len(args) or not is_integer(args[at]):
        return
    value = int(args[at])
    if word in RELATIVE:
        if 0 < value < 10**5 * RELATIVE[word]:
            args[at] = b"%d" % (rng.randrange(10**6, 10**9) * RELATIVE[word])
    elif abs(value - time.time() * ABSOLUTE[word]) < 10**5 * ABSOLUTE[word]:
        args[at] = b"4102444800000"


def leaves_dead_key(args):
    """True if Redis may keep a key past its deadline, which DBSIZE counts until it is touched."""
    return len(args) > 3 and args[0].upper() in (b"SET", b"GETEX") and any(
        arg.upper() in (b"EXAT", b"PXAT") for arg in args[2:]
    )


def short_deadline_ms(args):
    """Returns how long the caller must wait for the deadline that this command sets, or 0."""
    name = args[0].upper()
    at = None
    if name in (b"PEXPIRE", b"PSETEX") and len(args) in (3, 4):
        at = 2
    elif name == b"SET" and len(args) == 5 and args[3] == b"PX":
        at = 4
    elif name == b"GETEX" and len(args) == 4 and args[2] == b"PX":
        at = 3
    if at is None or not is_integer(args[at]) or not 0 < int(args[at]) <= SHORT_MAX_MS:
        return 0
    return int(args[at])


# Stories: runs of commands that cross a threshold or let a key die.
def many_fields(g):
    count = g.random.choice([3, 9, 40, 127, 129, 255, 257, 511, 512, 513, 600])
    key, prefix = g.hash_key(), g.pick([b"f", b"field:", b""])
    pairs = []
    for i in range(count):
        pairs += [prefix + b"%d" % i, b"%d" % (i * 7)]
    story = [[b"HSET", key] + pairs, [b"HLEN", key], [b"OBJECT", b"ENCODING", key]]
    if g.random.random() < 0.5:
        gone = [prefix + b"%d" % i for i in range(g.random.randrange(count))]
        story += [[b"HDEL", key] + gone] if gone else []
        story += [[b"OBJECT", b"ENCODING", key], [b"HLEN", key]]
    return story


def many_members(g):
    count = g.random.choice([3, 9, 40, 100, 127, 128, 129, 200, 511, 512, 513, 700])
    key, prefix = g.set_key(), g.pick([b"", b"", b"m", b"member:"])
    start = g.random.choice([0, 0, -300, 30000, 2**31 - 300, 2**40])
    members = [prefix + b"%d" % (start + i) for i in range(count)]
    g.random.shuffle(members)
    story = [[b"SADD", key] + members, [b"SCARD", key], [b"OBJECT", b"ENCODING", key]]
    if g.random.random() < 0.5:
        story += [[b"SADD", key, g.value()], [b"OBJECT", b"ENCODING", key]]
    if g.random.random() < 0.5:
        gone = members[: g.random.randrange(count)]
        story += [[b"SREM", key] + gone] if gone else []
        story += [[b"OBJECT", b"ENCODING", key], [b"SCARD", key]]
    return story


def grow_and_shrink(g):
    """A collection of thousands, looked at while it grows and while most of it goes again."""
    count = g.random.choice([2000, 4100, 8000])
    if g.random.random() < 0.5:
        key, add, remove, scan = g.hash_key(), b"HSET", b"HDEL", [b"HSCAN"]
        looks = [[b"HLEN", key], [b"HGET", key, b"e77"], [b"HRANDFIELD", key, b"20"]]
    else:
        key, add, remove, scan = g.set_key(), b"SADD", b"SREM", [b"SSCAN"]
        other = g.set_key()
        looks = [[b"SCARD", key], [b"SISMEMBER", key, b"e77"], [b"SRANDMEMBER", key, b"-20"]]
        looks += [[b"SINTERCARD", b"2", key, other], [b"SUNIONSTORE", other, key, other]]
    names = [b"e%d" % i if i % 3 else b"%d" % (i * i) for i in range(count)]
    g.random.shuffle(names)
    story = []
    for begin in range(0, count, 500):
        part = names[begin : begin + 500]
        flat = [x for name in part for x in (name, b"v" + name)] if add == b"HSET" else part
        story += [[add, key, *flat], g.pick(looks)]
    story += [scan + [key, b"0", b"COUNT", b"100"]]
    for begin in range(0, count - g.random.randrange(1, 300), 500):
        story += [[remove, key, *names[begin : begin + 500]], g.pick(looks)]
    return story + [scan + [key, b"0"], [b"OBJECT", b"ENCODING", key]]


def many_keys(g):
    """A database of many keys, most of which go again."""
    count = g.random.choice([300, 1500])
    keys = [b"many:%d" % i for i in range(count)]
    story = []
    for begin in range(0, count, 100):
        part = keys[begin : begin + 100]
        story += [[b"MSET"] + [x for key in part for x in (key, b"v" + key)], [b"DBSIZE"]]
        story += [[b"PEXPIREAT", part[0], b"1"], [b"EXPIREAT", part[-1], b"4102444800"]]
    story += [[b"SCAN", b"0", b"COUNT", b"50"], [b"KEYS", b"many:1*"], [b"RANDOMKEY"]]
    story += [[b"EXISTS", *keys], [b"DEL", *keys[: count - g.random.randrange(30)]]]
    return story + [[b"SCAN", b"0"], [b"RANDOMKEY"], [b"DBSIZE"]]


def short_life(g):
    key = g.key()
    ttl = b"%d" % g.random.randrange(1, SHORT_MAX_MS)
    start = g.random.choice(
        [
            [[b"PEXPIRE", key, ttl]],
            [[b"SET", key, g.value(), b"PX", ttl]],
            [[b"PSETEX", key, ttl, g.value()]],
            [[b"HSET", key, b"a", b"1"], [b"PEXPIRE", key, ttl]],
            [[b"SADD", key, b"a", b"1"], [b"PEXPIRE", key, ttl]],
            [[b"GETEX", key, b"PX", ttl]],
        ]
    )
    after = g.random.choice(
        [[b"TYPE", key], [b"HSET", key, b"b", b"2"], [b"SADD", key, b"c"], [b"TTL", key]]
        + [[b"RENAME", key, g.key()], [b"COPY", key, g.key()], [b"SETNX", key, b"v"], [b"DBSIZE"]]
        + [[b"SINTERSTORE", g.set_key(), key], [b"PERSIST", key], [b"INCR", key], [b"DEL", key]]
    )
    if after == [b"DBSIZE"]:
        start += [[b"EXISTS", key]]
    return start + [after, [b"EXISTS", key], [b"PTTL", key]]


def thresholds(g):
    name = g.pick([b"hash-max-listpack-entries", b"hash-max-ziplist-entries"])
    if g.random.random() < 0.4:
        name = b"set-max-intset-entries"
    if g.random.random() < 0.3:
        name = g.pick([b"hash-max-listpack-value", b"hash-max-ziplist-value"])
    low = g.random.choice([b"0", b"1", b"3", b"64", b"128"])
    default = b"64" if name.endswith(b"value") else b"512"
    story = [[b"CONFIG", b"SET", name, low], [b"CONFIG", b"GET", name]]
    for _ in range(6):
        story += [[b"HSET", g.hash_key(), g.value(), g.value()], [b"SADD", g.set_key(), g.number()]]
        story += [[b"OBJECT", b"ENCODING", g.hash_key()], [b"OBJECT", b"ENCODING", g.set_key()]]
    return story + [[b"CONFIG", b"SET", name, default]]


def unknown_command(g):
    name = g.pick([b"FOO", b"hgetalll", b"GE\r\nT", b"", b"x" * 200, b"LPUSH2", b"\x00"])
    return [[name] + [g.value() for _ in range(g.random.randrange(5))]]


def expire_family(g):
    name = g.pick([b"EXPIRE", b"PEXPIRE", b"EXPIREAT", b"PEXPIREAT"])
    unit = RELATIVE.get(name) or ABSOLUTE[name]
    if name in RELATIVE:
        when = g.seconds_ahead() if g.random.random() < 0.8 else g.pick([b"0", b"-1"] + EDGES + ODD)
    else:
        when = g.far(unit) if g.random.random() < 0.95 else g.pick(EDGES + ODD)
    conditions = OPTIONS[:4]
    args = [name, g.key(), when] + g.maybe(0.35, g.pick(conditions))
    return args + g.maybe(0.05, g.pick(conditions))


def expiry_option(g):
    word = g.pick([b"EX", b"PX", b"EXAT", b"PXAT"])
    if word in RELATIVE:
        return [word, g.seconds_ahead()]
    return [word, g.far(ABSOLUTE[word])]


def set_command(g):
    args = [b"SET", g.string_key(), g.value()]
    choice = g.random.random()
    if choice < 0.3:
        args += expiry_option(g) + g.maybe(0.1, *expiry_option(g))
    elif choice < 0.4:
        args += [b"KEEPTTL"]
    args += g.maybe(0.15, g.pick([b"NX", b"XX"])) + g.maybe(0.15, b"GET")
    return args + g.maybe(0.03, g.pick(OPTIONS))


def getex_command(g):
    args = [b"GETEX", g.string_key()]
    return args + (expiry_option(g) if g.random.random() < 0.6 else g.maybe(0.5, b"PERSIST"))


def sort_command(g):
    args = [g.pick([b"SORT", b"SORT_RO"]), g.set_key()]
    weights = [b"nosort", b"t*", b"h*->a", b"h0->*", b"*", b"*->*", b"", b"s*"]
    args += g.maybe(0.4, b"BY", g.pick(weights))
    for _ in range(g.random.randrange(3) if g.random.random() < 0.5 else 0):
        args += [b"GET", g.pick([b"#", b"t*", b"h*->a", b"h1->*", b"none", b"*->", b"s*"])]
    args += g.maybe(0.3, b"LIMIT", g.number(), g.number())
    return args + g.maybe(0.6, b"ALPHA") + g.maybe(0.4, g.pick([b"ASC", b"DESC"]))


def scan_command(g):
    name = g.pick([b"SCAN", b"HSCAN", b"SSCAN"])
    keys = {b"SCAN": [], b"HSCAN": [g.hash_key()], b"SSCAN": [g.set_key()]}[name]
    cursor = b"0" if g.random.random() < 0.85 else g.pick(ODD + EDGES + INTEGERS)
    args = [name, *keys, cursor] + g.maybe(0.4, b"MATCH", g.pick(PATTERNS))
    args += g.maybe(0.4, b"COUNT", g.pick([b"1", b"10", b"100", b"1000", b"0", b"-1", b"x"]))
    if name == b"HSCAN":
        args += g.maybe(0.1, b"NOVALUES")
    if name == b"SCAN":
        args += g.maybe(0.2, b"TYPE", g.pick([b"hash", b"set", b"string", b"list", b"HASH", b"x"]))
    return args


def random_member(g):
    if g.random.random() < 0.5:
        args = [b"SRANDMEMBER", g.set_key()] + g.maybe(0.7, g.pick(SMALL_COUNTS))
    else:
        args = [b"HRANDFIELD", g.hash_key()] + g.maybe(0.7, g.pick(SMALL_COUNTS))
        args += g.maybe(0.4, b"WITHVALUES") if len(args) > 2 else []
    return args


SMALL_COUNTS = [b"0", b"1", b"2", b"3", b"5", b"20", b"1000", b"-1", b"-2", b"-10", b"-200", b"x"]
SMALL_COUNTS += [b"-9223372036854775808", b"9223372036854775807", b"9223372036854775808", b""]


def database_command(g):
    database = lambda: g.pick(DATABASES if g.random.random() < 0.9 else NO_DATABASES)
    return g.random.choice(
        [
            [b"SELECT", database()],
            [b"SELECT", database()],
            [b"SWAPDB", database(), database()],
            [b"MOVE", g.key(), database()],
            [b"MOVE", g.key(), database()],
            [b"COPY", g.key(), g.key(), b"DB", database()] + g.maybe(0.5, b"REPLACE"),
            [b"DBSIZE"],
        ]
    )


def numkeys_command(g):
    keys = g.several(g.set_key)
    count = b"%d" % len(keys) if g.random.random() < 0.9 else g.pick(INTEGERS + ODD)
    return [b"SINTERCARD", count, *keys] + g.maybe(0.4, b"LIMIT", g.number())


def pairs(g, make_name, make_value, most=4):
    made = []
    for _ in range(1 + int(g.random.random() * most)):
        made += [make_name(), make_value()]
    return made


def connection_command(g):
    return g.random.choice(
        [
            [b"PING"],
            [b"PING", g.value()],
            [b"ECHO", g.value()],
            [b"CLIENT", b"GETNAME"],
            [b"CLIENT", b"SETNAME", g.pick([b"name", b"", b"two words", b"new\nline", b"n"])],
            [b"CLIENT", b"ID"],
            [b"CLIENT", b"INFO"],
            [b"CLIENT", b"LIST"],
            [b"CLIENT", b"NO-EVICT", g.pick([b"on", b"off", b"x"])],
            [b"CLIENT", b"UNBLOCK", g.pick([b"999999", b"x", b"-1"])],
            [b"CLIENT", b"NOSUCH", g.value()],
            [b"CLIENT", b"GETREDIR"],
            [b"CLIENT"],
            [b"HELLO", g.pick([b"2", b"3", b"3", b"4", b"x", b"1"])],
            [b"HELLO", b"3", b"SETNAME", g.pick([b"n", b"two words"])],
            [b"HELLO", b"3", b"AUTH", b"default", b"x"],
            [b"HELLO", b"2", b"AUTH", b"nobody", b"x"],
            [b"HELLO", b"3", g.pick(OPTIONS)],
            [b"HELLO"],
            [b"AUTH", g.value()],
            [b"AUTH", b"default", g.value()],
            [b"AUTH", b"nobody", g.value()],
            [b"RESET"],
            [b"TIME"],
            [b"LOLWUT"],
            [b"COMMAND", b"COUNT"],
            [b"COMMAND", b"GETKEYS", b"SET", g.key(), b"v"],
            [b"COMMAND", b"GETKEYS", b"SINTERCARD", b"2", g.key(), g.key()],
            [b"COMMAND", b"GETKEYS", b"MSET", g.key(), b"1", g.key(), b"2"],
            [b"COMMAND", b"GETKEYS", g.pick([b"PING", b"nosuch", b"GET", b"SORT"]), g.key()],
            [b"COMMAND", b"INFO", g.pick([b"nosuch", b"nosuch|sub"])],
            [b"COMMAND", b"NOSUCH"],
            [b"OBJECT", b"NOSUCH", g.key()],
            [b"OBJECT"],
            [b"CONFIG", b"GET", g.pick([b"maxmemory", b"hash-max-[lz]*", b"nosuch", b"databases"])],
            [b"CONFIG", b"SET", g.pick([b"nosuch", b"hash-max-listpack-entries"]), b"bad"],
            [b"CONFIG", b"NOSUCH"],
            [b"CONFIG"],
            [b"MEMORY", b"USAGE", g.key()] + g.maybe(0.3, b"SAMPLES", g.number()),
            [b"MEMORY", b"NOSUCH"],
            [b"READONLY"],
            [b"READWRITE"],
            [b"MODULE", b"LIST"],
            [b"CLUSTER", g.pick([b"INFO", b"SLOTS", b"MYID", b"NODES"])],
            [b"SLOWLOG", b"NOSUCH"],
            [b"LATENCY", b"NOSUCH"],
        ]
    )


def rare(g):
    return g.random.choice(
        [
            [b"FLUSHALL"] + g.maybe(0.5, g.pick([b"ASYNC", b"SYNC", b"x"])),
            [b"FLUSHDB"] + g.maybe(0.5, g.pick([b"ASYNC", b"SYNC", b"x"])),
        ]
    )


WEIGHTS = [
    (lambda g: [b"HSET", g.hash_key(), *pairs(g, g.value, g.value)], 60),
    (lambda g: [b"HMSET", g.hash_key(), *pairs(g, g.value, g.value)], 8),
    (lambda g: [b"HSETNX", g.hash_key(), g.value(), g.value()], 8),
    (lambda g: [b"HGET", g.hash_key(), g.value()], 25),
    (lambda g: [b"HMGET", g.hash_key(), *g.several(g.value)], 15),
    (lambda g: [b"HGETALL", g.hash_key()], 12),
    (lambda g: [g.pick([b"HKEYS", b"HVALS"]), g.hash_key()], 8),
    (lambda g: [b"HLEN", g.hash_key()], 8),
    (lambda g: [g.pick([b"HEXISTS", b"HSTRLEN"]), g.hash_key(), g.value()], 15),
    (lambda g: [b"HDEL", g.hash_key(), *g.several(g.value)], 25),
    (lambda g: [b"HINCRBY", g.hash_key(), g.value(), g.number()], 20),
    (lambda g: [b"HINCRBYFLOAT", g.hash_key(), g.value(), g.pick(FLOATS + INTEGERS + ODD)], 20),
    (lambda g: [b"SADD", g.set_key(), *g.several(g.value)], 60),
    (lambda g: [b"SADD", g.set_key(), *g.several(g.number)], 30),
    (lambda g: [b"SREM", g.set_key(), *g.several(g.value)], 30),
    (lambda g: [b"SCARD", g.set_key()], 8),
    (lambda g: [b"SMEMBERS", g.set_key()], 12),
    (lambda g: [b"SISMEMBER", g.set_key(), g.value()], 15),
    (lambda g: [b"SMISMEMBER", g.set_key(), *g.several(g.value)], 10),
    (lambda g: [b"SMOVE", g.set_key(), g.set_key(), g.value()], 20),
    (lambda g: [b"SPOP", g.set_key()] + g.maybe(0.5, g.pick(SMALL_COUNTS)), 4),
    (random_member, 12),
    (lambda g: [g.pick([b"SINTER", b"SUNION", b"SDIFF"]), *g.several(g.set_key)], 25),
    (
        lambda g: [
            g.pick([b"SINTERSTORE", b"SUNIONSTORE", b"SDIFFSTORE"]),
            g.set_key(),
            *g.several(g.set_key),
        ],
        20,
    ),
    (numkeys_command, 12),
    (sort_command, 15),
    (scan_command, 3),
    (lambda g: [g.pick([b"DEL", b"UNLINK"]), *g.several(g.key, 3)], 20),
    (lambda g: [g.pick([b"EXISTS", b"TOUCH"]), *g.several(g.key)], 10),
    (lambda g: [b"TYPE", g.key()], 10),
    (expire_family, 30),
    (lambda g: [g.pick([b"TTL", b"PTTL", b"EXPIRETIME", b"PEXPIRETIME"]), g.key()], 25),
    (lambda g: [b"PERSIST", g.key()], 8),
    (lambda g: [b"KEYS", g.pick(PATTERNS)], 4),
    (lambda g: [g.pick([b"RENAME", b"RENAMENX"]), g.key(), g.key()], 15),
    (lambda g: [b"RANDOMKEY"], 2),
    (lambda g: [b"DBSIZE"], 4),
    (lambda g: [b"COPY", g.key(), g.key()] + g.maybe(0.4, b"REPLACE"), 12),
    (lambda g: [b"OBJECT", b"ENCODING", g.key()], 25),
    (lambda g: [b"OBJECT", g.pick([b"FREQ", b"IDLETIME", b"REFCOUNT", b"HELP"]), g.key()], 4),
    (database_command, 12),
    (rare, 1),
    (set_command, 30),
    (lambda g: [b"GET", g.string_key()], 20),
    (lambda g: [b"SETNX", g.string_key(), g.value()], 5),
    (lambda g: [b"SETEX", g.string_key(), g.seconds_ahead(), g.value()], 4),
    (lambda g: [b"PSETEX", g.string_key(), g.seconds_ahead() + b"000", g.value()], 4),
    (lambda g: [b"GETSET", g.string_key(), g.value()], 5),
    (lambda g: [b"GETDEL", g.string_key()], 4),
    (getex_command, 8),
    (lambda g: [b"MGET", *g.several(g.string_key)], 8),
    (lambda g: [g.pick([b"MSET", b"MSETNX"]), *pairs(g, g.string_key, g.value, 3)], 8),
    (lambda g: [b"STRLEN", g.string_key()], 6),
    (lambda g: [g.pick([b"INCR", b"DECR"]), g.string_key()], 12),
    (lambda g: [g.pick([b"INCRBY", b"DECRBY"]), g.string_key(), g.number()], 12),
    (lambda g: [b"INCRBYFLOAT", g.string_key(), g.pick(FLOATS + INTEGERS + ODD)], 12),
    (lambda g: [b"APPEND", g.string_key(), g.value()], 8),
    (lambda g: [g.pick([b"GETRANGE", b"SUBSTR"]), g.string_key(), g.number(), g.number()], 10),
    (lambda g: [b"SETRANGE", g.string_key(), g.number(), g.value()], 8),
    (connection_command, 12),
    (unknown_command, 2),
    (many_fields, 1.0),
    (many_members, 1.5),
    (grow_and_shrink, 0.06),
    (many_keys, 0.06),
    (short_life, 0.4),
    (thresholds, 0.6),
]
