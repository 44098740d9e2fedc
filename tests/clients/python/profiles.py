"""User profiles as hashes, the first job of documents 001 and 003."""

import datetime

import redis
from _redis_py import connect, main
from support.cases import case, equal, raises

ALICE = {"name": "Alice", "email": "alice@example.com", "age": "30", "city": "NYC"}


@case
def a_profile_reads_back_whole(environment):
    r = connect(environment)
    equal(r.hset("user:1", mapping=ALICE), 4)
    equal(r.hgetall("user:1"), ALICE)
    equal(r.hlen("user:1"), 4)
    equal(r.hkeys("user:1"), list(ALICE))
    equal(r.hvals("user:1"), list(ALICE.values()))


@case
def a_profile_reads_back_as_bytes_without_decoding(environment):
    r = connect(environment, decode_responses=False)
    r.hset("user:1", mapping=ALICE)
    equal(r.hgetall("user:1"), {k.encode(): v.encode() for k, v in ALICE.items()})
    equal(r.hget("user:1", "name"), b"Alice")
    equal(r.hmget("user:1", "name", "no"), [b"Alice", None])
    equal(r.hkeys("user:1"), [k.encode() for k in ALICE])
    equal(r.type("user:1"), b"hash")


@case
def one_field_and_several_fields(environment):
    r = connect(environment)
    r.hset("user:1", mapping=ALICE)
    equal(r.hget("user:1", "email"), "alice@example.com")
    equal(r.hget("user:1", "phone"), None)
    equal(r.hmget("user:1", ["name", "phone", "age"]), ["Alice", None, "30"])
    equal(r.hstrlen("user:1", "name"), 5)
    equal(r.hexists("user:1", "email"), True)
    equal(r.hexists("user:1", "phone"), False)


@case
def an_update_changes_only_its_fields(environment):
    r = connect(environment)
    r.hset("user:1", mapping=ALICE)
    equal(r.hset("user:1", mapping={"city": "LA", "updated_at": "now"}), 1)
    equal(r.hgetall("user:1"), {**ALICE, "city": "LA", "updated_at": "now"})
    equal(r.hset("user:1", "city", "SF"), 0)
    equal(r.hget("user:1", "city"), "SF")


@case
def hset_takes_key_value_mapping_and_items_together(environment):
    r = connect(environment)
    equal(r.hset("user:1", "a", 1, mapping={"b": 2.5, "c": b"\x00\xff"}), 3)
    equal(connect(environment, decode_responses=False).hgetall("user:1"),
          {b"a": b"1", b"b": b"2.5", b"c": b"\x00\xff"})


@case
def hsetnx_keeps_what_is_there(environment):
    r = connect(environment)
    r.hset("user:1", "name", "Alice")
    equal(r.hsetnx("user:1", "name", "Bob"), 0)
    equal(r.hsetnx("user:1", "country", "USA"), 1)
    equal(r.hgetall("user:1"), {"name": "Alice", "country": "USA"})


@case
def a_login_counter_starts_at_zero(environment):
    r = connect(environment)
    r.hset("user:1", mapping=ALICE)
    equal(r.hincrby("user:1", "login_count"), 1)
    equal(r.hincrby("user:1", "login_count", 5), 6)
    equal(r.hincrby("user:1", "age", -1), 29)
    equal(r.hget("user:1", "login_count"), "6")


@case
def deleted_fields_are_gone_and_counted(environment):
    r = connect(environment)
    r.hset("user:1", mapping=ALICE)
    equal(r.hdel("user:1", "age", "city", "phone"), 2)
    equal(r.hgetall("user:1"), {"name": "Alice", "email": "alice@example.com"})


@case
def a_profile_without_fields_does_not_exist(environment):
    r = connect(environment)
    r.hset("user:1", mapping=ALICE)
    equal(r.exists("user:1"), 1)
    r.hdel("user:1", *ALICE)
    equal(r.exists("user:1"), 0)
    equal(r.hgetall("user:1"), {})
    equal(r.hlen("user:1"), 0)
    equal(r.type("user:1"), "none")


@case
def deleting_a_profile(environment):
    r = connect(environment)
    r.hset("user:1", mapping=ALICE)
    r.hset("user:2", mapping=ALICE)
    equal(r.delete("user:1", "user:2", "user:3"), 2)
    equal(r.keys("user:*"), [])


@case
def hmset_of_old_programs_still_works(environment):
    r = connect(environment)
    equal(r.execute_command("HMSET", "product:101", "name", "Laptop", "price", 999), True)
    equal(r.hmget("product:101", "name", "price"), ["Laptop", "999"])


@case
def names_in_every_script_survive(environment):
    r = connect(environment)
    profile = {"имя": "Алиса", "名前": "アリス", "emoji": "👩‍💻", "": "empty field", "empty": ""}
    r.hset("user:ж", mapping=profile)
    equal(r.hgetall("user:ж"), profile)
    equal(r.keys("user:*"), ["user:ж"])


@case
def latin1_encoding_of_an_old_program(environment):
    r = connect(environment, encoding="latin-1")
    r.hset("user:1", "name", "Zoë")
    equal(r.hget("user:1", "name"), "Zoë")
    equal(connect(environment, decode_responses=False).hget("user:1", "name"), b"Zo\xeb")


@case
def many_profiles_keep_apart(environment):
    r = connect(environment)
    now = datetime.datetime.now().isoformat()
    with r.pipeline(transaction=False) as pipe:
        for i in range(1000):
            pipe.hset(f"user:{i}", mapping={"name": f"user {i}", "created_at": now, "n": i})
        equal(pipe.execute(), [3] * 1000)
    equal(r.dbsize(), 1000)
    equal(r.hmget("user:777", "name", "n", "created_at"), ["user 777", "777", now])


@case
def a_random_field_is_one_of_the_profile(environment):
    r = connect(environment)
    r.hset("user:1", mapping=ALICE)
    equal(r.hrandfield("user:1") in ALICE, True)
    equal(sorted(r.hrandfield("user:1", 10)), sorted(ALICE))
    equal(len(r.hrandfield("user:1", -7)), 7)
    flat = r.hrandfield("user:1", 10, withvalues=True)
    equal(dict(zip(flat[::2], flat[1::2])), ALICE)
    equal(r.hrandfield("nobody"), None)
    equal(r.hrandfield("nobody", 3), [])


@case
def hash_commands_on_a_string_say_wrongtype(environment):
    r = connect(environment)
    r.set("user:1", '{"name":"Alice"}')
    text = "WRONGTYPE Operation against a key holding the wrong kind of value"
    for call in (lambda: r.hset("user:1", "a", 1), lambda: r.hgetall("user:1"),
                 lambda: r.hincrby("user:1", "a"), lambda: r.hdel("user:1", "a"),
                 lambda: r.hscan("user:1"), lambda: r.hrandfield("user:1")):
        raises(redis.ResponseError, text, call)
    equal(r.get("user:1"), '{"name":"Alice"}')


@case
def hset_without_fields_is_refused_by_the_library_or_server(environment):
    r = connect(environment)
    raises(redis.DataError, "no key value pairs", r.hset, "user:1", mapping={})
    raises(redis.ResponseError, "wrong number of arguments for 'hset' command",
           r.execute_command, "HSET", "user:1", "name")
    raises(redis.ResponseError, "wrong number of arguments for 'hset' command",
           r.execute_command, "HSET", "user:1", "name", "Alice", "age")


main()
