"""Sessions with a lifetime: hashes, expiry and tokens (documents 000, 001 and 003)."""

import datetime
import json
import secrets
import time

from _redis_py import connect, main
from support.cases import case, equal


def create_session(r, user, ttl=3600):
    session_id = secrets.token_urlsafe(32)
    now = datetime.datetime.now().isoformat()
    with r.pipeline(transaction=False) as pipe:
        pipe.hset(f"session:{session_id}", mapping={"user_id": user, "created_at": now,
                                                    "last_activity": now})
        pipe.expire(f"session:{session_id}", ttl)
        equal(pipe.execute(), [3, True])
    return session_id


@case
def a_session_has_its_time_to_live(environment):
    r = connect(environment)
    key = "session:" + create_session(r, "user:1")
    equal(3595 <= r.ttl(key) <= 3600, True)
    equal(3595000 <= r.pttl(key) <= 3600000, True)
    equal(abs(r.expiretime(key) - time.time() - 3600) < 5, True)
    equal(r.hget(key, "user_id"), "user:1")


@case
def activity_refreshes_the_session(environment):
    r = connect(environment)
    key = "session:" + create_session(r, "user:1", ttl=100)
    r.hset(key, "last_activity", "now")
    equal(r.ttl(key) <= 100, True)
    equal(r.expire(key, 86400), True)
    equal(r.ttl(key) > 86000, True)
    equal(r.hexists(key, "user_id"), True)


@case
def a_session_dies_by_time(environment):
    r = connect(environment)
    r.hset("session:x", "user_id", 1)
    equal(r.pexpire("session:x", 60), True)
    equal(r.exists("session:x"), 1)
    time.sleep(0.1)
    equal(r.hgetall("session:x"), {})
    equal(r.exists("session:x"), 0)
    equal(r.ttl("session:x"), -2)
    equal(r.hset("session:x", "user_id", 2), 1)
    equal(r.ttl("session:x"), -1)


@case
def dead_sessions_leave_the_key_count_by_themselves(environment):
    r = connect(environment)
    with r.pipeline(transaction=False) as pipe:
        for i in range(500):
            pipe.hset(f"session:{i}", "user_id", i)
            pipe.pexpire(f"session:{i}", 20)
        pipe.execute()
    deadline = time.monotonic() + 5
    while r.dbsize() and time.monotonic() < deadline:
        time.sleep(0.05)
    equal(r.dbsize(), 0)
    equal(r.info("stats")["expired_keys"] >= 500, True)


@case
def persist_and_expiry_conditions(environment):
    r = connect(environment)
    r.hset("s", "a", 1)
    equal(r.persist("s"), False)
    equal(r.expire("s", 100, xx=True), False)
    equal(r.expire("s", 100, nx=True), True)
    equal(r.expire("s", 50, gt=True), False)
    equal(r.expire("s", 50, lt=True), True)
    equal(r.persist("s"), True)
    equal(r.ttl("s"), -1)
    equal(r.expire("nobody", 10), False)


@case
def expireat_takes_datetimes(environment):
    r = connect(environment)
    r.hset("s", "a", 1)
    when = datetime.datetime.now() + datetime.timedelta(hours=1)
    equal(r.expireat("s", when), True)
    equal(3500 < r.ttl("s") <= 3600, True)
    equal(r.pexpireat("s", when + datetime.timedelta(hours=1)), True)
    equal(7100 < r.ttl("s") <= 7200, True)
    equal(r.expire("s", datetime.timedelta(minutes=1)), True)
    equal(r.ttl("s") <= 60, True)
    equal(r.expireat("s", 1), True)
    equal(r.exists("s"), 0)


@case
def a_session_set_holds_json(environment):
    r = connect(environment)
    first = json.dumps({"id": "1", "user": "ä", "at": 1.5})
    second = json.dumps({"id": "2", "user": "b", "at": 2.5})
    equal(r.sadd("sessions:active", first, second, first), 2)
    equal({json.loads(s)["id"] for s in r.smembers("sessions:active")}, {"1", "2"})
    equal(r.sismember("sessions:active", first), True)
    equal(r.srem("sessions:active", first, "absent"), 1)
    equal(r.scard("sessions:active"), 1)


@case
def sessions_in_one_hash_are_swept(environment):
    r = connect(environment)
    for i in range(20):
        r.hset("active_sessions", f"s{i}", json.dumps({"expires_at": i}))
    for session_id, text in r.hgetall("active_sessions").items():
        if json.loads(text)["expires_at"] < 15:
            r.hdel("active_sessions", session_id)
    equal(sorted(r.hkeys("active_sessions")), ["s15", "s16", "s17", "s18", "s19"])


@case
def hgetall_never_shows_half_a_session(environment):
    r = connect(environment)
    for i in range(200):
        r.hset("s", mapping={"a": i, "b": i, "c": i})
        equal(len(set(r.hgetall("s").values())), 1)


@case
def rename_moves_the_session_with_its_lifetime(environment):
    r = connect(environment)
    r.hset("old", "user_id", 1)
    r.expire("old", 100)
    equal(r.rename("old", "new"), True)
    equal((r.exists("old"), 90 < r.ttl("new") <= 100), (0, True))
    r.hset("other", "x", 1)
    equal(r.renamenx("new", "other"), False)
    equal(r.copy("new", "copy"), True)
    equal((r.hgetall("copy"), r.ttl("copy") > 90), ({"user_id": "1"}, True))


main()
