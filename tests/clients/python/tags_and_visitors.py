"""Tags, visitors and relations as sets: the jobs of document 002, and the set algebra it does
by hand done by the server."""

import redis
from _redis_py import connect, main
from support.cases import case, equal, raises


@case
def tags_are_added_once(environment):
    r = connect(environment)
    equal(r.sadd("tags:post123", "python", "redis", "database", "python"), 3)
    equal(r.sadd("tags:post123", "redis"), 0)
    equal(r.smembers("tags:post123"), {"python", "redis", "database"})
    equal(r.sismember("tags:post123", "python"), True)
    equal(r.sismember("tags:post123", "java"), False)
    equal(r.smismember("tags:post123", ["python", "java"]), [True, False])


@case
def tags_come_as_bytes_without_decoding(environment):
    r = connect(environment, decode_responses=False)
    r.sadd("tags", "ü", b"\x00\x01\xff", 5)
    equal(r.smembers("tags"), {"ü".encode(), b"\x00\x01\xff", b"5"})


@case
def removing_the_last_tag_removes_the_key(environment):
    r = connect(environment)
    r.sadd("tags:1", "a", "b")
    equal(r.srem("tags:1", "a", "x"), 1)
    equal(r.scard("tags:1"), 1)
    equal(r.srem("tags:1", "b"), 1)
    equal((r.exists("tags:1"), r.scard("tags:1"), r.smembers("tags:1")), (0, 0, set()))


@case
def visitors_are_counted_once(environment):
    r = connect(environment)
    with r.pipeline(transaction=False) as pipe:
        for i in range(5000):
            pipe.sadd("visitors:homepage:2026-01-01", f"user{i % 1234}")
        equal(sum(pipe.execute()), 1234)
    equal(r.scard("visitors:homepage:2026-01-01"), 1234)
    equal(len(r.smembers("visitors:homepage:2026-01-01")), 1234)


@case
def visitor_numbers_are_an_integer_set(environment):
    r = connect(environment)
    r.sadd("visitors", *range(-100, 400))
    equal(r.object("encoding", "visitors"), "intset")
    equal({int(m) for m in r.smembers("visitors")}, set(range(-100, 400)))
    r.sadd("visitors", *range(400, 600))
    equal(r.object("encoding", "visitors"), "hashtable")
    equal(r.scard("visitors"), 700)
    r.sadd("mixed", 1, 2, "three")
    equal(r.smembers("mixed"), {"1", "2", "three"})


@case
def set_algebra(environment):
    r = connect(environment)
    r.sadd("a", 1, 2, 3, "x")
    r.sadd("b", 2, 3, 4, "y")
    equal(r.sinter("a", "b"), {"2", "3"})
    equal(r.sunion("a", "b"), {"1", "2", "3", "4", "x", "y"})
    equal(r.sdiff("a", "b"), {"1", "x"})
    equal(r.sinter("a", "none"), set())
    equal(r.sdiff("a", "a"), set())
    equal(r.sintercard(2, ["a", "b"]), 2)
    equal(r.sintercard(2, ["a", "b"], limit=1), 1)


@case
def set_algebra_stored(environment):
    r = connect(environment)
    r.sadd("a", 1, 2, 3)
    r.sadd("b", 2, 3, 4)
    r.set("dest", "a string is overwritten")
    equal(r.sinterstore("dest", "a", "b"), 2)
    equal(r.smembers("dest"), {"2", "3"})
    equal(r.sunionstore("dest", "a", "b", "none"), 4)
    equal(r.sdiffstore("a", "a", "b"), 1)
    equal(r.smembers("a"), {"1"})
    equal(r.sinterstore("dest", "a", "none"), 0)
    equal(r.exists("dest"), 0)


@case
def big_set_algebra(environment):
    r = connect(environment)
    r.sadd("evens", *[f"m{i}" for i in range(0, 20000, 2)])
    r.sadd("threes", *[f"m{i}" for i in range(0, 20000, 3)])
    expected = {f"m{i}" for i in range(0, 20000, 6)}
    equal(r.sinter("evens", "threes"), expected)
    equal(r.sintercard(2, ["evens", "threes"]), len(expected))
    equal(len(r.sunion("evens", "threes")), 10000 + 6667 - len(expected))
    equal(len(r.sdiff("evens", "threes")), 10000 - len(expected))


@case
def moving_a_tag(environment):
    r = connect(environment)
    r.sadd("open", "t1", "t2")
    r.sadd("done", "t2")
    equal(r.smove("open", "done", "t1"), True)
    equal(r.smove("open", "done", "absent"), False)
    equal(r.smove("open", "done", "t2"), True)
    equal((r.exists("open"), r.smembers("done")), (0, {"t1", "t2"}))


@case
def drawing_winners(environment):
    r = connect(environment)
    everyone = {f"user{i}" for i in range(100)}
    r.sadd("raffle", *everyone)
    equal(r.srandmember("raffle") in everyone, True)
    equal(len(set(r.srandmember("raffle", 10))), 10)
    equal(len(r.srandmember("raffle", -150)), 150)
    equal(r.scard("raffle"), 100)
    first = r.spop("raffle")
    rest = r.spop("raffle", 9)
    equal(len({first, *rest}), 10)
    equal({first, *rest} | r.smembers("raffle"), everyone)
    equal(len(r.spop("raffle", 1000)), 90)
    equal((r.spop("raffle"), r.exists("raffle")), (None, 0))


@case
def hierarchies_point_both_ways(environment):
    r = connect(environment)
    for child in ("c1", "c2"):
        r.sadd("children:p", child)
        r.sadd(f"parents:{child}", "p")
    equal(r.smembers("children:p"), {"c1", "c2"})
    equal(r.smembers("parents:c2"), {"p"})


@case
def set_commands_on_a_hash_say_wrongtype(environment):
    r = connect(environment)
    r.hset("h", "a", 1)
    r.sadd("s", 1)
    for call in (lambda: r.sadd("h", 1), lambda: r.smembers("h"), lambda: r.sinter("s", "h"),
                 lambda: r.sinter("none", "h"), lambda: r.smove("s", "h", 1),
                 lambda: r.spop("h"), lambda: r.sunionstore("d", "s", "h"),
                 lambda: r.sscan("h")):
        raises(redis.ResponseError, "WRONGTYPE", call)
    equal(r.smembers("s"), {"1"})
    equal(r.exists("d"), 0)


@case
def sort_of_a_set(environment):
    r = connect(environment)
    r.sadd("numbers", 30, 4, 100)
    equal(r.sort("numbers"), ["4", "30", "100"])
    equal(r.sort("numbers", alpha=True), ["100", "30", "4"])
    equal(r.sort("numbers", start=1, num=1), ["30"])
    equal(r.execute_command("SORT_RO", "numbers", "DESC"), ["100", "30", "4"])
    r.sadd("words", "pear", "apple")
    raises(redis.ResponseError, "One or more scores can't be converted into double",
           r.sort, "words")


main()
