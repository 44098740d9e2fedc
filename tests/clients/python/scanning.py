"""SCAN, HSCAN and SSCAN through redis-py's iterators."""

from _redis_py import connect, main
from support.cases import case, equal


@case
def scan_iter_sees_every_key_once_or_more(environment):
    r = connect(environment)
    with r.pipeline(transaction=False) as pipe:
        for i in range(3000):
            pipe.set(f"key:{i}", i)
        pipe.execute()
    equal(set(r.scan_iter(count=100)), {f"key:{i}" for i in range(3000)})
    equal(set(r.scan_iter(match="key:1??", count=500)), {f"key:1{i:02}" for i in range(100)})
    equal(list(r.scan_iter(match="nothing*")), [])


@case
def scan_iter_by_type(environment):
    r = connect(environment)
    for i in range(50):
        r.hset(f"hash:{i}", "a", 1)
        r.sadd(f"set:{i}", 1)
        r.set(f"string:{i}", 1)
    equal(set(r.scan_iter(_type="HASH")), {f"hash:{i}" for i in range(50)})
    equal(set(r.scan_iter(_type="set", match="*:1*")), {f"set:{i}" for i in (1, *range(10, 20))})
    equal(list(r.scan_iter(_type="zset")), [])


@case
def hscan_iter_of_a_small_hash(environment):
    r = connect(environment)
    r.hset("user:1", mapping={"email": "a@b", "email2": "c@d", "name": "Alice"})
    equal(r.hscan("user:1"), (0, {"email": "a@b", "email2": "c@d", "name": "Alice"}))
    equal(dict(r.hscan_iter("user:1", match="email*", count=10)),
          {"email": "a@b", "email2": "c@d"})
    equal(r.hscan("nobody"), (0, {}))


@case
def hscan_iter_of_a_big_hash(environment):
    r = connect(environment)
    expected = {f"field:{i}": f"value:{i}" for i in range(10000)}
    r.hset("big", mapping=expected)
    equal(dict(r.hscan_iter("big")), expected)
    equal(dict(r.hscan_iter("big", count=1000)), expected)
    cursor, part = r.hscan("big", count=50)
    equal((cursor != 0, 0 < len(part) < 1000), (True, True))


@case
def sscan_iter_of_small_and_big_sets(environment):
    r = connect(environment)
    r.sadd("small", "a", "b", "c")
    equal(set(r.sscan_iter("small")), {"a", "b", "c"})
    equal(r.sscan("small", match="b")[1], ["b"])
    r.sadd("big", *[f"member{i}" for i in range(10000)])
    equal(set(r.sscan_iter("big", count=77)), {f"member{i}" for i in range(10000)})
    r.sadd("numbers", *range(300))
    equal({int(m) for m in r.sscan_iter("numbers")}, set(range(300)))


@case
def deleting_while_scanning_reaches_everything(environment):
    r = connect(environment)
    r.hset("big", mapping={f"f{i}": i for i in range(5000)})
    for name, _ in r.hscan_iter("big", count=100):
        r.hdel("big", name)
    equal(r.exists("big"), 0)
    with r.pipeline(transaction=False) as pipe:
        for i in range(3000):
            pipe.set(f"k{i}", i)
        pipe.execute()
    for key in r.scan_iter(count=50):
        r.delete(key)
    equal(r.dbsize(), 0)


@case
def scanning_through_growth_misses_nothing(environment):
    r = connect(environment)
    r.sadd("s", *[f"old{i}" for i in range(1000)])
    seen = set()
    cursor, step = "0", 0
    while True:
        cursor, part = r.sscan("s", cursor, count=20)
        seen.update(part)
        r.sadd("s", *[f"new{step}:{i}" for i in range(60)])
        step += 1
        if int(cursor) == 0 or step > 5000:
            break
    equal({m for m in seen if m.startswith("old")}, {f"old{i}" for i in range(1000)})


@case
def keys_with_globs(environment):
    r = connect(environment)
    for key in ("one", "two", "three", "four", "a[b]c", "back\\slash"):
        r.set(key, 1)
    equal(sorted(r.keys("t*")), ["three", "two"])
    equal(sorted(r.keys("?o[ut]*")), ["four"])
    equal(r.keys("[^a-s]hree"), ["three"])
    equal(r.keys("a\\[b\\]c"), ["a[b]c"])
    equal(len(r.keys()), 6)
    equal(r.randomkey() in {"one", "two", "three", "four", "a[b]c", "back\\slash"}, True)


main()
