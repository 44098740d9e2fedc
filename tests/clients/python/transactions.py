"""Pipelines with MULTI and EXEC, WATCH, locks and scripts, as redis-py sends them by default."""

import threading

import redis
from _redis_py import connect, main
from support.cases import case, equal, raises


@case
def a_pipeline_is_a_transaction(environment):
    r = connect(environment)
    with r.pipeline() as pipe:
        pipe.hset("h", mapping={"a": 1}).hincrby("h", "a", 4).sadd("s", "x", "y").scard("s")
        pipe.hgetall("h").smembers("s").set("k", "v", ex=100).ttl("k")
        equal(pipe.execute(), [1, 5, 2, 2, {"a": "5"}, {"x", "y"}, True, 100])


@case
def a_failing_command_leaves_the_others(environment):
    r = connect(environment)
    r.set("str", "x")
    with r.pipeline() as pipe:
        pipe.set("a", 1).hset("str", "f", 1).set("b", 2)
        replies = pipe.execute(raise_on_error=False)
    equal(replies[0], True)
    equal(isinstance(replies[1], redis.ResponseError), True)
    equal(r.mget("a", "b"), ["1", "2"])


@case
def what_cannot_be_queued_discards_all(environment):
    r = connect(environment)
    with r.pipeline() as pipe:
        pipe.set("a", 1).execute_command("GET")
        raises(redis.ResponseError, "", pipe.execute)
    equal(r.get("a"), None)
    equal(r.ping(), True)


@case
def ten_thousand_commands_at_once(environment):
    r = connect(environment)
    with r.pipeline() as pipe:
        for i in range(10000):
            pipe.hincrby("h", f"f{i % 100}", 1)
        replies = pipe.execute()
    equal(len(replies), 10000)
    equal(set(r.hvals("h")), {"100"})


@case
def watch_sees_the_other(environment):
    r, other = connect(environment), connect(environment)
    r.set("stock", 5)
    with r.pipeline() as pipe:
        pipe.watch("stock")
        left = int(pipe.get("stock"))
        other.decr("stock")
        pipe.multi()
        pipe.set("stock", left - 1)
        raises(redis.WatchError, "", pipe.execute)
    equal(r.get("stock"), "4")


@case
def optimistic_counters_lose_nothing(environment):
    def work():
        r = connect(environment)
        for _ in range(50):
            def increment(pipe):
                value = int(pipe.hget("h", "n") or 0)
                pipe.multi()
                pipe.hset("h", "n", value + 1)
            r.transaction(increment, "h")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    equal(connect(environment).hget("h", "n"), "200")


main()
