"""Shopping carts, rate limits, leaderboards and configuration trees (documents 000, 001, 003)."""

import json

from _redis_py import connect, main
from support.cases import case, equal


@case
def a_cart_counts_items(environment):
    r = connect(environment)
    equal(r.hincrby("cart:user:1", "product:101", 2), 2)
    equal(r.hincrby("cart:user:1", "product:202", 1), 1)
    equal(r.hincrby("cart:user:1", "product:101", 2), 4)
    equal(r.expire("cart:user:1", 86400 * 7), True)
    cart = [{"id": k.replace("product:", ""), "quantity": int(v)}
            for k, v in r.hgetall("cart:user:1").items()]
    equal(cart, [{"id": "101", "quantity": 4}, {"id": "202", "quantity": 1}])


@case
def a_cart_changes_and_empties(environment):
    r = connect(environment)
    r.hset("cart:1", mapping={"a": 1, "b": 2})
    r.hset("cart:1", "a", 5)
    equal(r.hdel("cart:1", "b"), 1)
    equal((r.hgetall("cart:1"), r.hlen("cart:1")), ({"a": "5"}, 1))
    equal(r.delete("cart:1"), 1)
    equal(r.hgetall("cart:1"), {})


@case
def a_leaderboard_entry_adds_up(environment):
    r = connect(environment)
    r.hset("leaderboard:user:1", mapping={"score": 2500, "wins": 42, "level": 15})
    equal(r.hincrby("leaderboard:user:1", "score", 150), 2650)
    equal(r.hincrby("leaderboard:user:1", "wins", 1), 43)


@case
def a_rate_limit_counts_down(environment):
    r = connect(environment)
    r.hset("ratelimit:user:1", mapping={"api:posts:create": 2})
    allowed = []
    for _ in range(4):
        left = int(r.hget("ratelimit:user:1", "api:posts:create"))
        allowed.append(left > 0)
        if left > 0:
            r.hincrby("ratelimit:user:1", "api:posts:create", -1)
    equal(allowed, [True, True, False, False])


@case
def a_fixed_window_rate_limit(environment):
    r = connect(environment)
    counts = []
    for _ in range(5):
        count = r.incr("rl:ip:1.2.3.4")
        if count == 1:
            r.expire("rl:ip:1.2.3.4", 60)
        counts.append(count)
    equal(counts, [1, 2, 3, 4, 5])
    equal(0 < r.ttl("rl:ip:1.2.3.4") <= 60, True)


def flatten(tree, prefix=""):
    flat = {}
    for name, value in tree.items():
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict):
            flat.update(flatten(value, path))
        else:
            flat[path] = json.dumps(value)
    return flat


@case
def a_configuration_tree_lies_flat(environment):
    r = connect(environment)
    tree = {"debug": True, "max_connections": 100, "tags": ["a", "b"], "none": None,
            "database": {"host": "localhost", "port": 5432, "pool": {"size": 8}}}
    r.hset("config:app", mapping=flatten(tree))
    equal(r.hget("config:app", "database.pool.size"), "8")
    r.hset("config:app", "theme", '"light"')
    read = {name: json.loads(value) for name, value in r.hgetall("config:app").items()}
    equal(read, {"debug": True, "max_connections": 100, "tags": ["a", "b"], "none": None,
                 "database.host": "localhost", "database.port": 5432, "database.pool.size": 8,
                 "theme": "light"})


@case
def a_configuration_history_grows_beside_it(environment):
    r = connect(environment)
    for version in range(1, 6):
        current = r.hget("app_config", "database")
        if current:
            r.hset("app_config", f"database_{version}", current)
        r.hset("app_config", "database", json.dumps({"version": version}))
    history = [k for k in r.hkeys("app_config") if k.startswith("database_")]
    equal(len(history), 4)
    equal(json.loads(r.hget("app_config", "database")), {"version": 5})


@case
def cached_values_of_every_size_come_back(environment):
    r = connect(environment, decode_responses=False)
    for size in (0, 1, 63, 64, 65, 512, 4096, 16383, 16384, 16385, 65536, 1 << 20):
        value = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
        r.hset("cache", f"v{size}", value)
        equal(r.hget("cache", f"v{size}"), value)
        equal(r.hstrlen("cache", f"v{size}"), size)
    equal(r.hlen("cache"), 12)


@case
def a_long_field_name_is_a_field_name(environment):
    r = connect(environment)
    name = "field" * 20000
    r.hset("cache", name, "value")
    equal(r.hget("cache", name), "value")
    equal(r.hkeys("cache"), [name])


main()
