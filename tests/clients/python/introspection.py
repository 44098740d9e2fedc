"""What redis-py parses out of the server's reports on itself."""

import random
import threading
import time

import redis
from _redis_py import connect, main
from support.cases import case, equal, raises


def has_fields(fields, **kinds):
    """Every name is there, with the type that redis-py should have made of it."""
    for name, kind in kinds.items():
        if name not in fields:
            raise AssertionError(f"{name} is missing")
        if not isinstance(fields[name], kind):
            raise AssertionError(f"{name} is {fields[name]!r}, no {kind}")


@case
def info_becomes_a_dictionary(environment):
    info = connect(environment).info()
    has_fields(info, redis_version=str, redis_mode=str, os=str, arch_bits=int, process_id=int,
               run_id=str, tcp_port=int, uptime_in_seconds=int, uptime_in_days=int, hz=int,
               executable=str, config_file=str, connected_clients=int, blocked_clients=int,
               maxclients=int, used_memory=int, used_memory_human=str, used_memory_rss=int,
               used_memory_peak=int, maxmemory=int, maxmemory_policy=str,
               mem_fragmentation_ratio=(int, float), mem_allocator=str, loading=int,
               rdb_changes_since_last_save=int, aof_enabled=int, total_connections_received=int,
               total_commands_processed=int, instantaneous_ops_per_sec=int, keyspace_hits=int,
               keyspace_misses=int, expired_keys=int, evicted_keys=int, pubsub_channels=int,
               role=str, connected_slaves=int, master_replid=str, used_cpu_sys=float,
               cluster_enabled=int)
    equal(info["tcp_port"], environment.port)
    equal((info["role"], info["redis_mode"], info["loading"]), ("master", "standalone", 0))
    equal(info["redis_version"].split(".")[0] >= "7", True)


@case
def info_counts_keys_per_database(environment):
    r = connect(environment)
    r.mset({"a": 1, "b": 2})
    r.expire("a", 100)
    connect(environment, db=5).set("c", 1)
    keyspace = r.info("keyspace")
    equal((keyspace["db0"]["keys"], keyspace["db0"]["expires"]), (2, 1))
    equal(keyspace["db5"]["keys"], 1)
    equal("db1" in keyspace, False)


@case
def info_sections(environment):
    r = connect(environment)
    for section, field in (("server", "redis_version"), ("clients", "connected_clients"),
                           ("memory", "used_memory"), ("persistence", "loading"),
                           ("stats", "total_commands_processed"), ("replication", "role"),
                           ("cpu", "used_cpu_user"), ("cluster", "cluster_enabled")):
        found = r.info(section)
        equal(field in found, True)
        equal("redis_version" in found, section == "server")
    equal(r.info("nosuchsection"), {})


@case
def commandstats_count_calls(environment):
    r = connect(environment)
    r.config_resetstat()
    r.hset("h", "a", 1)
    r.hset("h", "b", 1)
    raises(redis.ResponseError, "WRONGTYPE", r.sadd, "h", 1)
    stats = r.info("commandstats")
    has_fields(stats["cmdstat_hset"], calls=int, usec=int, usec_per_call=float)
    equal(stats["cmdstat_hset"]["calls"], 2)
    equal(stats["cmdstat_sadd"]["failed_calls"], 1)
    equal(r.info("errorstats")["errorstat_WRONGTYPE"], "count=1")


@case
def client_list_is_a_list_of_dictionaries(environment):
    r = connect(environment, client_name="worker-1", single_connection_client=True)
    other = connect(environment, client_name="worker-2", db=2, single_connection_client=True)
    other.ping()
    clients = {c["name"]: c for c in r.client_list()}
    me, him = clients["worker-1"], clients["worker-2"]
    for field in ("id", "addr", "fd", "age", "idle", "flags", "db", "sub", "psub", "multi", "qbuf",
                  "qbuf-free", "obl", "oll", "omem", "events", "cmd", "user", "laddr", "resp"):
        equal(field in me, True)
    equal((me["cmd"], me["db"], me["user"], me["resp"]), ("client|list", "0", "default", "2"))
    equal((him["cmd"], him["db"]), ("ping", "2"))
    equal(me["laddr"], f"127.0.0.1:{environment.port}")
    equal(int(me["id"]), r.client_id())
    equal(r.client_info()["name"], "worker-1")
    equal(r.client_getname(), "worker-1")
    equal([c["name"] for c in r.client_list(client_id=[str(r.client_id())])], ["worker-1"])
    equal(r.client_list(_type="replica"), [])


@case
def client_kill(environment):
    r = connect(environment)
    victim = connect(environment, client_name="victim", single_connection_client=True)
    victim_id = victim.client_id()
    equal(r.client_kill_filter(_id=str(victim_id)), 1)
    equal(r.client_kill_filter(_id=str(victim_id)), 0)
    raises(redis.ResponseError, "No such client", r.client_kill, "127.0.0.1:1")


@case
def client_pause_and_unpause(environment):
    r = connect(environment)
    other = connect(environment)
    equal(r.client_pause(5000, all=False), True)
    equal(other.get("k"), None)
    writer = threading.Thread(target=other.set, args=("k", "late"))
    writer.start()
    time.sleep(0.05)
    equal(r.get("k"), None)
    equal(r.client_unpause() in (True, "OK", b"OK"), True)
    writer.join(5)
    equal(r.get("k"), "late")


@case
def debug_object_splits_into_fields(environment):
    r = connect(environment)
    r.hset("user:1", mapping={"a": 1, "b": 2})
    fields = r.debug_object("user:1")
    has_fields(fields, refcount=int, encoding=str, serializedlength=int, lru=int,
               lru_seconds_idle=int, type=str)
    equal((fields["type"], fields["encoding"]), ("Value", "listpack"))
    raises(redis.ResponseError, "no such key", r.debug_object, "none")


@case
def object_commands(environment):
    r = connect(environment)
    r.hset("small", "a", 1)
    r.hset("big", mapping={f"f{i}": i for i in range(513)})
    r.hset("wide", "a", "x" * 65)
    equal([r.object("encoding", k) for k in ("small", "big", "wide")],
          ["listpack", "hashtable", "hashtable"])
    equal(r.object("encoding", "none"), None)
    equal(r.object("refcount", "small"), 1)
    equal(r.object("idletime", "small") < 5, True)
    raises(redis.ResponseError, "LFU", r.object, "freq", "small")


@case
def memory_usage_grows_with_the_value(environment):
    r = connect(environment)
    r.hset("h", "a", 1)
    small = r.memory_usage("h")
    # Values that differ: what is equal may be kept once.
    values = random.Random(7)
    r.hset("h", mapping={f"field{i}": values.randbytes(50).hex() for i in range(1000)})
    equal(0 < small < 1000 and r.memory_usage("h") > 100000, True)
    equal(r.memory_usage("h", samples=0) > 100000, True)
    equal(r.memory_usage("none"), None)


@case
def memory_stats_is_a_dictionary(environment):
    stats = connect(environment, decode_responses=False).memory_stats()
    names = {k.decode() if isinstance(k, bytes) else k for k in stats}
    for name in ("peak.allocated", "total.allocated", "startup.allocated", "clients.normal",
                 "keys.count", "dataset.bytes", "overhead.total"):
        equal(name in names, True)


@case
def slowlog_entries(environment):
    r = connect(environment, client_name="slow-one")
    r.config_set("slowlog-log-slower-than", 0)
    r.slowlog_reset()
    r.hset("slow:key", "field", "value")
    r.config_set("slowlog-log-slower-than", -1)
    entries = r.slowlog_get(10)
    hset = [e for e in entries if b"slow:key" in e["command"]]
    equal(len(hset), 1)
    has_fields(hset[0], id=int, start_time=int, duration=int, command=bytes)
    equal(hset[0]["command"], b"HSET slow:key field value")
    equal(abs(hset[0]["start_time"] - time.time()) < 5, True)
    equal(r.slowlog_len() >= 1, True)
    equal(r.slowlog_reset(), True)
    equal(r.slowlog_len(), 0)


@case
def config_get_and_set(environment):
    r = connect(environment)
    equal(r.config_get("maxmemory-policy"), {"maxmemory-policy": "noeviction"})
    both = r.config_get("hash-max-*")
    equal(both["hash-max-ziplist-entries"], both["hash-max-listpack-entries"])
    equal(r.config_set("hash-max-ziplist-entries", 100), True)
    equal(r.config_get("hash-max-listpack-entries"), {"hash-max-listpack-entries": "100"})
    equal(r.config_set("hash-max-listpack-entries", 512), True)
    equal(r.config_get("no-such-option"), {})
    equal(r.config_get("port"), {"port": str(environment.port)})
    equal(len(r.config_get()) > 100, True)
    raises(redis.ResponseError, "Unknown option or number of arguments for CONFIG SET - 'nope'",
           r.config_set, "nope", 1)
    raises(redis.ResponseError, "CONFIG SET failed (possibly related to argument 'maxclients')",
           r.config_set, "maxclients", "many")


@case
def config_thresholds_change_the_encoding(environment):
    r = connect(environment)
    r.config_set("hash-max-listpack-value", 8)
    r.hset("h", "a", "123456789")
    equal(r.object("encoding", "h"), "hashtable")
    r.config_set("hash-max-listpack-value", 64)


@case
def command_tables(environment):
    r = connect(environment)
    commands = r.command()
    equal(commands["hset"]["arity"], -4)
    equal("write" in commands["hset"]["flags"], True)
    equal((commands["sinterstore"]["first_key_pos"], commands["get"]["arity"]), (1, 2))
    equal(r.command_count() >= 100, True)
    equal(r.command_getkeys("MSET", "a", 1, "b", 2), ["a", "b"])


@case
def time_role_and_dbsize(environment):
    r = connect(environment)
    seconds, microseconds = r.time()
    equal(abs(seconds - time.time()) < 5 and 0 <= microseconds < 1000000, True)
    equal(r.dbsize(), 0)
    equal(r.execute_command("ROLE")[0] in ("master", b"master"), True)
    equal(r.execute_command("LATENCY LATEST"), [])
    equal(r.module_list(), [])
    equal(r.lolwut().strip() != "", True)


@case
def monitor_shows_commands(environment):
    r = connect(environment)
    with connect(environment).monitor() as monitor:
        r.hset("watched", "field", "a \"quoted\" value")
        while True:
            command = monitor.next_command()
            if "watched" in command["command"]:
                break
        equal((command["db"], command["client_type"]), (0, "tcp"))
        equal(command["command"], 'HSET watched field a "quoted" value')


main()
