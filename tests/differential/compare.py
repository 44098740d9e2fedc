"""Decides whether two replies to one command agree.

Replies agree when their bytes are equal. Where Redis leaves something open, `kind_of` names it and
`agree` takes it out of both replies before it compares them:

  unordered  elements in any order (hash tables have none)
  amount     only how many elements (a LIMIT over an order left open)
  collated   strings that are compared up to their first NUL (SORT ALPHA collates C strings)
  clock      times and ages, which two servers read at slightly different moments
  shape      only the kind of reply (texts about the server itself)
  member     random picks: as many as the reference gave, each of them a member
"""

import os
import re

import wire

UNORDERED = {b"SMEMBERS", b"SINTER", b"SUNION", b"SDIFF", b"HGETALL", b"HKEYS", b"HVALS", b"KEYS"}
PAIRS = {b"HGETALL", b"CONFIG"}  # Flat arrays of name, value, name, value in RESP2.
CLOCK = {b"TTL", b"PTTL", b"EXPIRETIME", b"PEXPIRETIME"}
SHAPE = {b"INFO", b"HELLO", b"LOLWUT", b"TIME", b"MEMORY", b"MODULE"}
MEMBER = {b"SRANDMEMBER", b"HRANDFIELD"}
SCANS = {b"SCAN", b"HSCAN", b"SSCAN"}
SHAPED_SUBCOMMANDS = {
    b"CLIENT": {b"ID", b"INFO", b"LIST", b"HELP"},
    b"COMMAND": {b"COUNT", b"DOCS", b"LIST", b"INFO", b"HELP", b""},
    b"OBJECT": {b"IDLETIME", b"REFCOUNT", b"HELP"},
    b"CONFIG": {b"HELP"},
    b"SLOWLOG": {b"HELP", b"GET"},
    b"LATENCY": {b"HELP"},
    b"CLUSTER": {b"HELP"},
}
CLOCK_TOLERANCE = 3000  # Milliseconds, or seconds: deadlines are years apart.


def kind_of(args):
    name = args[0].upper()
    if name in UNORDERED:
        return "unordered"
    if name in CLOCK:
        return "clock"
    if name in MEMBER:
        return "member"
    if name in SHAPE:
        return "shape"
    if name == b"SPOP":
        return "pop"
    if name in SCANS:
        return "scan"
    if name == b"RANDOMKEY":
        return "key"
    if name in (b"SORT", b"SORT_RO"):
        return _sort_kind(args)
    if name == b"CONFIG" and len(args) > 1 and args[1].upper() == b"GET":
        return "unordered"
    if name in SHAPED_SUBCOMMANDS:
        subcommand = args[1].upper() if len(args) > 1 else b""
        if subcommand in SHAPED_SUBCOMMANDS[name]:
            return "shape"
    return "exact"


def _sort_kind(args):
    """SORT leaves an order open if it does not sort, or compares weights that may be equal."""
    words = [arg.upper() for arg in args[2:]]
    if b"BY" not in words:
        if b"ALPHA" not in words:
            return "exact"
        return "collated" if b"GET" not in words else "amount" if b"LIMIT" in words else "unordered"
    by = args[2:][len(words) - 1 - words[::-1].index(b"BY") + 1 :][:1]
    if by and b"*" in by[0] and b"ALPHA" not in words:
        return "exact"
    return "amount" if b"LIMIT" in words else "unordered"


def _canonical(value):
    """The value with its elements sorted; a map keeps its pairs together."""
    kind, content = value
    if kind == "%":
        pairs = list(zip(content[::2], content[1::2]))
        return kind, sorted(map(repr, pairs))
    return kind, sorted(map(repr, content))


def _flat_pairs(value):
    kind, content = value
    return kind, sorted(repr(pair) for pair in zip(content[::2], content[1::2]))


def agree(kind, args, reference, server, clock_tolerance=CLOCK_TOLERANCE):
    """True if the two replies (bytes, known to differ) say the same."""
    one, two = wire.value_of(reference), wire.value_of(server)
    if one[0] != two[0] or one[0] == "-":
        return False
    if kind == "shape":
        return (one[1] is None) == (two[1] is None)
    if kind == "clock":
        a, b = int(one[1]), int(two[1])
        return a >= 0 and b >= 0 and abs(a - b) <= clock_tolerance
    if one[0] not in "*~%" or one[1] is None or two[1] is None or len(one[1]) != len(two[1]):
        return False
    if kind == "amount":
        return True
    if kind == "collated":
        text = lambda item: (item[1] or b"").split(b"\0")[0]
        return list(map(text, one[1])) == list(map(text, two[1]))
    if kind == "unordered":
        if args[0].upper() in PAIRS and one[0] == "*":
            return _flat_pairs(one) == _flat_pairs(two)
        return _canonical(one) == _canonical(two)
    return False


def random_pick_problem(args, members, picked, reference):
    """Checks a random pick of one server against what the collection held just before.

    `members` is the reply to SMEMBERS or HGETALL, `reference` the other server's pick. Returns what
    is wrong, or None.
    """
    one, two = wire.value_of(picked), wire.value_of(reference)
    if one[0] != two[0] or one[0] in "-_" or one[1] is None or two[1] is None:
        return None if picked == reference else "a reply of another kind"
    held = wire.value_of(members)
    if held[1] is None or held[0] == "-":
        return None if picked == reference else "a reply of another kind"
    if one[0] == "$":
        names = held[1] if args[0].upper() != b"HRANDFIELD" else held[1][::2]
        return None if one in names else "not a member"
    if len(one[1]) != len(two[1]):
        return "%d elements instead of %d" % (len(one[1]), len(two[1]))
    return _picks_problem(args, held, one[1])


def _picks_problem(args, held, picks):
    if args[0].upper() == b"HRANDFIELD":
        pairs = dict(zip(held[1][::2], held[1][1::2]))
        if len(args) > 3:
            if picks and picks[0][0] == "*":
                picks = [tuple(pick[1]) for pick in picks]
            else:
                picks = list(zip(picks[::2], picks[1::2]))
            if any(pairs.get(field) != value for field, value in picks):
                return "a pair that the hash does not hold"
        elif any(pick not in pairs for pick in picks):
            return "not a field"
    elif any(pick not in held[1] for pick in picks):
        return "not a member"
    distinct = args[0].upper() == b"SPOP" or int(args[2]) > 0
    if distinct and len(set(picks)) != len(picks):
        return "an element twice"
    return None


class Differences:
    """The explained differences: lines of `command :: reference :: server :: reason`.

    The first three are regular expressions that match the whole text of the command and of the
    replies as wire.show prints them.
    """

    def __init__(self, path=None):
        path = path or os.path.join(os.path.dirname(os.path.abspath(__file__)), "differences")
        self.rules = []
        self.used = {}
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            parts = line.split(" :: ")
            if len(parts) != 4:
                raise SystemExit("%s:%d: four parts expected" % (path, number))
            patterns = [re.compile(part, re.DOTALL) for part in parts[:3]]
            self.rules.append((*patterns, parts[3]))

    def explain(self, args, reference, server):
        """Returns the reason for this difference, or None."""
        command = wire.show_command([args[0].upper(), *args[1:]])
        one, two = wire.show(wire.value_of(reference)), wire.show(wire.value_of(server))
        return self.explain_text(command, one, two)

    def explain_text(self, command, reference, server):
        """The same for a probe: its name, and answers as text or bytes."""
        one, two = (text if isinstance(text, str) else repr(text) for text in (reference, server))
        for rule in self.rules:
            if rule[0].fullmatch(command) and rule[1].fullmatch(one) and rule[2].fullmatch(two):
                self.used[rule[3]] = self.used.get(rule[3], 0) + 1
                return rule[3]
        return None
