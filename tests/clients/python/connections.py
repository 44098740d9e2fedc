"""How redis-py connects: pools, databases, passwords, names, unix sockets, broken connections."""

import threading
import time

import redis
from _redis_py import connect, connect_locked, main
from support.cases import case, equal, raises


@case
def ping_and_echo(environment):
    r = connect(environment)
    equal(r.ping(), True)
    equal(r.echo("hello\r\nworld"), "hello\r\nworld")


@case
def a_url_names_the_database(environment):
    r = redis.from_url(f"redis://127.0.0.1:{environment.port}/7", decode_responses=True)
    r.set("k", "in seven")
    equal(connect(environment).get("k"), None)
    equal(connect(environment, db=7).get("k"), "in seven")
    equal(str(r.client_info()["db"]), "7")


@case
def databases_are_apart(environment):
    clients = [connect(environment, db=i) for i in range(16)]
    for i, r in enumerate(clients):
        r.hset("h", "db", i)
    equal([r.hget("h", "db") for r in clients], [str(i) for i in range(16)])
    clients[3].flushdb()
    equal([r.dbsize() for r in clients[2:5]], [1, 0, 1])
    equal(clients[0].swapdb(0, 1), True)
    equal(clients[0].hget("h", "db"), "1")
    equal(clients[2].move("h", 3), True)
    equal(clients[3].hget("h", "db"), "2")
    raises(redis.ResponseError, "DB index is out of range", connect(environment, db=16).ping)


@case
def ipv6_reaches_the_same_server(environment):
    connect(environment).set("k", 6)
    r = redis.Redis(host="::1", port=environment.port, decode_responses=True)
    try:
        equal(r.get("k"), "6")
    except redis.ConnectionError as error:
        if "Cannot assign" not in str(error) and "not supported" not in str(error):
            raise


@case
def the_unix_socket_reaches_the_same_server(environment):
    connect(environment).set("k", "v")
    r = redis.Redis(unix_socket_path=environment.unix_path, decode_responses=True)
    equal(r.get("k"), "v")
    url = redis.from_url(f"unix://{environment.unix_path}?db=2", decode_responses=True)
    url.set("k", "two")
    equal(connect(environment, db=2).get("k"), "two")


@case
def a_password_opens_the_locked_server(environment):
    r = connect_locked(environment, password=environment.password)
    equal(r.set("k", "v"), True)
    named = connect_locked(environment, username="default", password=environment.password, db=4,
                           client_name="named")
    equal(named.client_getname(), "named")
    equal(named.dbsize(), 0)
    equal(r.get("k"), "v")
    equal(r.config_get("requirepass"), {"requirepass": environment.password})


@case
def without_the_password_nothing_opens(environment):
    raises(redis.RedisError, "Authentication required", connect_locked(environment).ping)
    raises(redis.RedisError, "invalid username-password pair or user is disabled",
           connect_locked(environment, password="wrong").ping)
    raises(redis.RedisError, "invalid username-password pair",
           connect_locked(environment, username="nobody", password=environment.password).ping)


@case
def a_needless_password_is_refused_as_redis_does(environment):
    raises(redis.RedisError, "AUTH <password> called without any password configured",
           connect(environment, password="x").ping)
    equal(connect(environment, username="default", password="x").ping(), True)


@case
def auth_by_hand(environment):
    r = connect_locked(environment, single_connection_client=False)
    raw = r.connection_pool.make_connection()
    raw.connect()
    raw.send_command("GET", "k")
    raises(redis.RedisError, "Authentication required", raw.read_response)
    raw.send_command("AUTH", environment.password)
    equal(raw.read_response(), "OK")
    raw.send_command("AUTH", "wrong")
    raises(redis.RedisError, "invalid username-password", raw.read_response)
    raw.send_command("PING")
    equal(raw.read_response(), "PONG")
    raw.disconnect()


@case
def requirepass_set_and_unset_while_running(environment):
    r = connect(environment, single_connection_client=True)
    r.config_set("requirepass", "secret")
    raises(redis.RedisError, "Authentication required", connect(environment).ping)
    equal(connect(environment, password="secret").ping(), True)
    equal(r.config_set("requirepass", ""), True)
    equal(connect(environment).ping(), True)


@case
def a_pool_serves_threads(environment):
    pool = redis.BlockingConnectionPool(host="127.0.0.1", port=environment.port,
                                        max_connections=5, timeout=20, decode_responses=True)
    r = redis.Redis(connection_pool=pool)
    failures = []

    def work(number):
        try:
            for i in range(100):
                r.hincrby("counter", "all", 1)
                r.sadd("members", f"{number}:{i}")
        except Exception as error:  # Reported below; a thread must not swallow it.
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    equal(failures, [])
    equal((r.hget("counter", "all"), r.scard("members")), ("1000", 1000))


@case
def a_full_pool_refuses(environment):
    pool = redis.ConnectionPool(host="127.0.0.1", port=environment.port, max_connections=2)
    taken = [pool.get_connection("_"), pool.get_connection("_")]
    raises(redis.ConnectionError, "Too many connections", pool.get_connection, "_")
    for connection in taken:
        pool.release(connection)
    equal(redis.Redis(connection_pool=pool).ping(), True)
    pool.disconnect()


@case
def many_connections_come_and_go(environment):
    r = connect(environment)
    before = r.info("clients")["connected_clients"]
    many = [connect(environment, single_connection_client=True) for _ in range(200)]
    equal(all(client.ping() for client in many), True)
    equal(r.info("clients")["connected_clients"] >= before + 200, True)
    for client in many:
        client.close()
        client.connection_pool.disconnect()
    deadline = time.monotonic() + 5
    while r.info("clients")["connected_clients"] > before + 1 and time.monotonic() < deadline:
        time.sleep(0.02)
    equal(r.info("clients")["connected_clients"] <= before + 1, True)


@case
def a_killed_connection_comes_back(environment):
    r = connect(environment, retry_on_timeout=True, health_check_interval=1)
    killer = connect(environment)
    r.set("k", 1)
    for entry in killer.client_list():
        if entry["cmd"] == "set":
            killer.client_kill_filter(_id=entry["id"])
    equal(r.get("k"), "1")


@case
def quit_and_reset_answer(environment):
    r = connect(environment)
    connection = r.connection_pool.get_connection("_")
    connection.send_command("SELECT", 3)
    equal(connection.read_response(), "OK")
    connection.send_command("RESET")
    equal(connection.read_response(), "RESET")
    connection.send_command("CLIENT", "INFO")
    equal(" db=0 " in connection.read_response(), True)
    connection.send_command("QUIT")
    equal(connection.read_response(), "OK")
    connection.send_command("PING")
    raises(redis.ConnectionError, "", connection.read_response)


@case
def one_megabyte_and_sixteen(environment):
    r = connect(environment, decode_responses=False)
    for size in (1 << 20, 1 << 24):
        value = bytes(i * 7 & 255 for i in range(4096)) * (size // 4096)
        r.set("big", value)
        equal(r.get("big"), value)
        r.hset("h", "big", value)
        equal(r.hget("h", "big"), value)
        r.sadd("s", value)
        equal(r.smembers("s"), {value})
        r.delete("s")


main()
