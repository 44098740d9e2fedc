"""What the differential runner compares beside the random replies: whole states and scans."""

import compare
import wire

VALUE_COMMANDS = {b"hash": b"HGETALL", b"set": b"SMEMBERS", b"string": b"GET"}
DATABASES = 16


def compare_state(pair, index, difference):
    """Raises `difference` unless both hold the same keys, types, deadlines, encodings, values."""
    questions = []
    for database in range(DATABASES):
        questions += [[b"SELECT", b"%d" % database], [b"KEYS", b"*"]]
    one, two = pair.exchange(b"".join(map(wire.encode, questions)))
    ones, twos = wire.split(one, len(questions)), wire.split(two, len(questions))
    details = []
    for i, args in enumerate(questions):
        if ones[i] != twos[i] and not compare.agree("unordered", [b"KEYS"], ones[i], twos[i]):
            raise difference(index, args, ones[i], twos[i], "state of database %d" % (i // 2))
        if i % 2:
            keys = [item[1] for item in wire.value_of(ones[i])[1]]
            details += [questions[i - 1]] + [q for key in sorted(keys) for q in _about(key)]
    _compare_details(pair, index, difference, details)


def _about(key):
    return [[b"TYPE", key], [b"OBJECT", b"ENCODING", key], [b"PEXPIRETIME", key]]


def _compare_details(pair, index, difference, details):
    if not details:
        return
    one, two = pair.exchange(b"".join(map(wire.encode, details)))
    ones, twos = wire.split(one, len(details)), wire.split(two, len(details))
    values = []
    for i, args in enumerate(details):
        try:
            pair.check(index, args, ones[i], twos[i])
        except difference as found:
            found.note = "state after the block"
            raise
        if args[0] == b"SELECT":
            values.append(args)
        elif args[0] == b"TYPE":
            name = VALUE_COMMANDS.get(ones[i][1:-2])
            values += [[name, args[1]]] if name else []
    one, two = pair.exchange(b"".join(map(wire.encode, values)))
    if one == two:
        return
    for args, a, b in zip(values, wire.split(one, len(values)), wire.split(two, len(values))):
        pair.check(index, args, a, b)


def scan_to_end(connection, args, at, first):
    """Returns all that a scan yields, as a set of keys, members or (field, value) pairs."""
    found, reply = set(), first
    pairs = args[0].upper() == b"HSCAN" and not any(a.upper() == b"NOVALUES" for a in args[3:])
    for _ in range(100000):
        cursor, items = reply[1][0][1], [item[1] for item in reply[1][1][1]]
        found.update(zip(items[::2], items[1::2]) if pairs else items)
        if cursor == b"0":
            return found
        again = list(args)
        again[at] = cursor
        reply = connection.call(*again)
    raise wire.Error("scan does not end: " + wire.show_command(args))

