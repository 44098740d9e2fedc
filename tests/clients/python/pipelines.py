"""Pipelines without MULTI: redis-py's transaction=False. transactions.py has those with it."""

import redis
from _redis_py import connect, main
from support.cases import case, equal, raises


@case
def replies_come_in_order(environment):
    r = connect(environment)
    with r.pipeline(transaction=False) as pipe:
        pipe.hset("h", mapping={"a": 1, "b": 2}).hgetall("h").sadd("s", "x").smembers("s")
        pipe.set("k", "v").get("k").exists("h", "s", "k").hmget("h", "b", "z").ttl("k")
        equal(pipe.execute(), [2, {"a": "1", "b": "2"}, 1, {"x"}, True, "v", 3, ["2", None], -1])


@case
def ten_thousand_commands(environment):
    r = connect(environment)
    with r.pipeline(transaction=False) as pipe:
        for i in range(10000):
            pipe.hincrby("h", f"f{i % 100}", i)
        replies = pipe.execute()
    equal(len(replies), 10000)
    equal(replies[-1], sum(range(99, 10000, 100)))


@case
def fifty_megabytes_in_one_pipeline(environment):
    r = connect(environment, decode_responses=False)
    value = b"\r\n" * 65536
    with r.pipeline(transaction=False) as pipe:
        for i in range(200):
            pipe.hset("h", i, value)
            pipe.hget("h", i)
        replies = pipe.execute()
    equal(sum(replies[::2]), 200)
    equal(set(replies[1::2]), {value})


@case
def an_error_stays_where_it_happened(environment):
    r = connect(environment)
    r.set("str", "x")
    with r.pipeline(transaction=False) as pipe:
        pipe.hset("h", "a", 1).hset("str", "a", 1).incr("str").hget("h", "a")
        first, second, third, fourth = pipe.execute(raise_on_error=False)
    equal((first, fourth), (1, "1"))
    equal(isinstance(second, redis.ResponseError) and str(second).startswith("WRONGTYPE"), True)
    equal("not an integer" in str(third), True)


@case
def an_error_raised_names_its_command(environment):
    r = connect(environment)
    r.set("str", "x")
    pipe = r.pipeline(transaction=False)
    pipe.set("a", 1).sadd("str", "a").set("b", 2)
    raises(redis.ResponseError, "Command # 2 (SADD str a) of pipeline caused error: WRONGTYPE",
           pipe.execute)
    equal(r.mget("a", "b"), ["1", "2"])


@case
def unknown_commands_in_a_pipeline(environment):
    r = connect(environment)
    pipe = r.pipeline(transaction=False)
    pipe.execute_command("NOSUCHCOMMAND", "a", "b")
    pipe.execute_command("CLIENT", "NOSUCHSUB")
    pipe.ping()
    unknown, sub, pong = pipe.execute(raise_on_error=False)
    equal(str(unknown), "unknown command 'NOSUCHCOMMAND', with args beginning with: 'a' 'b' ")
    equal(str(sub), "unknown subcommand 'NOSUCHSUB'. Try CLIENT HELP.")
    equal(pong, True)


@case
def a_pipeline_is_reused(environment):
    r = connect(environment)
    pipe = r.pipeline(transaction=False)
    for i in range(50):
        equal(pipe.sadd("s", i).scard("s").execute(), [1, i + 1])


@case
def select_inside_a_pipeline(environment):
    r = connect(environment, single_connection_client=True)
    pipe = r.pipeline(transaction=False)
    pipe.execute_command("SELECT", 3).set("k", 1).dbsize().execute_command("SELECT", 0).dbsize()
    equal(pipe.execute(), [True, True, 1, True, 0])
    equal(connect(environment, db=3).get("k"), "1")


main()
