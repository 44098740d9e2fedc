"""Strings beside the collections: caches, counters and locks that need no script."""

import datetime
import time

import redis
from _redis_py import connect, main
from support.cases import case, equal, raises


@case
def set_and_get(environment):
    r = connect(environment)
    equal(r.set("k", "v"), True)
    equal(r.get("k"), "v")
    equal(r.get("none"), None)
    equal(r.strlen("k"), 1)
    equal(r.append("k", "w"), 2)
    equal(r.getrange("k", 0, -1), "vw")
    equal(r.setrange("k", 1, "xyz"), 4)
    equal(r.get("k"), "vxyz")
    r["dict"] = "style"
    equal((r["dict"], "dict" in r), ("style", True))
    del r["dict"]
    equal("dict" in r, False)


@case
def set_with_every_option(environment):
    r = connect(environment)
    equal(r.set("k", 1, ex=100), True)
    equal(0 < r.ttl("k") <= 100, True)
    equal(r.set("k", 2, keepttl=True), True)
    equal(r.ttl("k") > 0, True)
    equal(r.set("k", 3), True)
    equal(r.ttl("k"), -1)
    equal(r.set("k", 4, nx=True), None)
    equal(r.set("none", 4, xx=True), None)
    equal(r.set("k", 5, xx=True, get=True), "3")
    equal(r.set("k", 6, px=60000), True)
    equal(r.set("k", 7, exat=int(time.time()) + 50), True)
    equal(40 < r.ttl("k") <= 50, True)
    equal(r.set("k", 8, pxat=datetime.datetime.now() + datetime.timedelta(seconds=9)), True)
    equal(r.get("k"), "8")
    raises(redis.ResponseError, "invalid expire time in 'set' command", r.set, "k", 1, ex=0)
    raises(redis.ResponseError, "syntax error", r.execute_command, "SET", "k", 1, "NX", "XX")


@case
def counters(environment):
    r = connect(environment)
    equal([r.incr("n"), r.incr("n", 10), r.decr("n"), r.decrby("n", 5)], [1, 11, 10, 5])
    equal(r.incrbyfloat("f", 1.5), 1.5)
    equal(r.incrbyfloat("f", "-0.25"), 1.25)
    r.set("word", "abc")
    raises(redis.ResponseError, "value is not an integer or out of range", r.incr, "word")
    r.set("n", 9223372036854775807)
    raises(redis.ResponseError, "increment or decrement would overflow", r.incr, "n")


@case
def several_at_once(environment):
    r = connect(environment)
    equal(r.mset({"a": 1, "b": 2, "c": "ü"}), True)
    equal(r.mget("a", "none", "c"), ["1", None, "ü"])
    equal(r.msetnx({"c": 1, "d": 2}), False)
    equal(r.exists("d"), 0)
    equal(r.exists("a", "a", "b", "x"), 3)
    equal(r.unlink("a", "b", "x"), 2)
    equal(r.touch("c", "x"), 1)


@case
def getters_that_change(environment):
    r = connect(environment)
    r.set("k", "v")
    equal(r.getex("k", ex=100), "v")
    equal(r.ttl("k") > 0, True)
    equal(r.getex("k", persist=True), "v")
    equal(r.ttl("k"), -1)
    equal(r.getset("k", "w"), "v")
    equal(r.getdel("k"), "w")
    equal(r.getdel("k"), None)
    equal(r.setnx("k", 1), True)
    equal(r.setnx("k", 2), False)
    equal(r.setex("k", 10, "x"), True)
    equal(r.psetex("k", 10000, "y"), True)


@case
def get_of_a_collection_says_wrongtype(environment):
    r = connect(environment)
    r.hset("h", "a", 1)
    for call in (r.get, r.incr, r.strlen, r.getdel):
        raises(redis.ResponseError, "WRONGTYPE Operation against a key", call, "h")
    equal(r.mget("h"), [None])
    equal(r.set("h", "overwritten"), True)


@case
def a_lock_by_set_nx_px(environment):
    one, two = connect(environment), connect(environment)
    equal(one.set("lock:job", "token-1", nx=True, px=30000), True)
    equal(two.set("lock:job", "token-2", nx=True, px=30000), None)
    equal(one.get("lock:job"), "token-1")
    equal(one.delete("lock:job"), 1)
    equal(two.set("lock:job", "token-2", nx=True, px=50), True)
    time.sleep(0.09)
    equal(one.set("lock:job", "token-1", nx=True, px=30000), True)


@case
def acquiring_a_redis_py_lock(environment):
    r = connect(environment)
    lock = r.lock("lock:job", timeout=10)
    equal(lock.acquire(blocking=False), True)
    equal((lock.locked(), lock.owned()), (True, True))
    equal(r.lock("lock:job", timeout=10).acquire(blocking=False), False)
    equal(9 <= r.ttl("lock:job") <= 10, True)


@case
def json_in_a_string_against_fields_in_a_hash(environment):
    r = connect(environment)
    r.set("user:1:name", "Alice")
    r.set("user:1:age", 25)
    r.set("user:1:email", "alice@example.com")
    r.hset("user:1", mapping={"name": "Alice", "age": 25, "email": "alice@example.com"})
    three = sum(r.memory_usage(f"user:1:{f}") for f in ("name", "age", "email"))
    equal(0 < r.memory_usage("user:1") < three, True)


@case
def object_encodings_of_strings(environment):
    r = connect(environment)
    r.mset({"int": 12345, "embstr": "x" * 44, "raw": "x" * 45})
    equal([r.object("encoding", k) for k in ("int", "embstr", "raw")], ["int", "embstr", "raw"])


main()
