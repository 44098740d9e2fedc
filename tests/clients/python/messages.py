"""Pub/Sub and keyspace events as redis-py's PubSub object uses them."""

import time

from _redis_py import connect, main
from support.cases import case, equal


def collect(pubsub, count, seconds=5):
    """The next `count` messages, confirmations left out."""
    got, deadline = [], time.monotonic() + seconds
    while len(got) < count and time.monotonic() < deadline:
        message = pubsub.get_message(ignore_subscribe_messages=True, timeout=0.2)
        if message:
            got.append((message["type"], message["pattern"], message["channel"], message["data"]))
    return got


def subscribed(r, channels=(), patterns=()):
    pubsub = r.pubsub()
    if channels:
        pubsub.subscribe(*channels)
    if patterns:
        pubsub.psubscribe(*patterns)
    for _ in range(len(channels) + len(patterns)):
        pubsub.get_message(timeout=5)
    return pubsub


@case
def channels_and_patterns(environment):
    r = connect(environment)
    pubsub = subscribed(r, ["news", "sport"], ["n*"])
    equal(r.publish("news", "one"), 2)
    equal(r.publish("sport", "two"), 1)
    equal(r.publish("none", "three"), 1)
    equal(sorted(collect(pubsub, 4), key=str), sorted([
        ("message", None, "news", "one"), ("pmessage", "n*", "news", "one"),
        ("message", None, "sport", "two"), ("pmessage", "n*", "none", "three")], key=str))
    equal(r.pubsub_numsub("news", "sport", "x"), [("news", 1), ("sport", 1), ("x", 0)])
    equal(r.pubsub_numpat(), 1)
    pubsub.unsubscribe("news")
    pubsub.get_message(timeout=5)
    equal(r.pubsub_channels(), ["sport"])
    pubsub.close()


@case
def a_thread_with_handlers(environment):
    r, heard = connect(environment), []
    pubsub = r.pubsub()
    pubsub.subscribe(**{"jobs": lambda message: heard.append(message["data"])})
    thread = pubsub.run_in_thread(sleep_time=0.01)
    while r.pubsub_numsub("jobs") != [("jobs", 1)]:
        time.sleep(0.01)
    for i in range(100):
        r.publish("jobs", i)
    deadline = time.monotonic() + 5
    while len(heard) < 100 and time.monotonic() < deadline:
        time.sleep(0.01)
    thread.stop()
    thread.join()
    equal(heard, [str(i) for i in range(100)])


@case
def sessions_that_end_are_told(environment):
    r = connect(environment)
    r.config_set("notify-keyspace-events", "Ex")
    pubsub = subscribed(r, patterns=["__keyevent@0__:expired"])
    r.set("session:1", "x", px=30)
    r.hset("session:2", "user", 1)
    r.pexpire("session:2", 30)
    got = collect(pubsub, 2)
    equal(sorted(data for _, _, _, data in got), ["session:1", "session:2"])
    r.config_set("notify-keyspace-events", "")


@case
def a_megabyte(environment):
    r = connect(environment)
    pubsub = subscribed(r, ["big"])
    r.publish("big", "x" * (1 << 20))
    equal(len(collect(pubsub, 1)[0][3]), 1 << 20)


main()
