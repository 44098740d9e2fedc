"""Hash and set commands younger than this redis-py and redis-server 7.0, called by name."""

from _redis_py import connect, main
from support.cases import Skip, case, equal


def need(r, name):
    """Skips the check on a server without the command."""
    if r.execute_command("COMMAND INFO", name) == [None]:
        raise Skip(f"the server has no {name.upper()}")


@case
def hscan_novalues(environment):
    r = connect(environment, decode_responses=False)
    need(r, "hgetdel")  # Of the same age or younger; HSCAN itself is as old as the hills.
    r.hset("h", mapping={"a": 1, "b": 2})
    connection = r.connection_pool.get_connection("_")
    connection.send_command("HSCAN", "h", 0, "NOVALUES")
    equal(connection.read_response(), [b"0", [b"a", b"b"]])


@case
def hgetdel(environment):
    r = connect(environment)
    need(r, "hgetdel")
    r.hset("h", mapping={"a": 1, "b": 2})
    equal(r.execute_command("HGETDEL", "h", "FIELDS", 2, "a", "z"), ["1", None])
    equal(r.hgetall("h"), {"b": "2"})
    equal(r.execute_command("HGETDEL", "h", "FIELDS", 1, "b"), ["2"])
    equal(r.exists("h"), 0)


@case
def fields_with_deadlines(environment):
    r = connect(environment)
    need(r, "hexpire")
    r.hset("h", mapping={"a": 1, "b": 2})
    equal(r.execute_command("HEXPIRE", "h", 100, "FIELDS", 2, "a", "z"), [1, -2])
    equal(r.execute_command("HEXPIRE", "h", 50, "GT", "FIELDS", 2, "a", "b"), [0, 0])
    equal(r.execute_command("HPEXPIREAT", "h", 4102444800000, "FIELDS", 1, "b"), [1])
    equal(r.execute_command("HEXPIRETIME", "h", "FIELDS", 1, "b"), [4102444800])
    equal(r.object("encoding", "h"), "listpackex")
    equal(r.execute_command("HPERSIST", "h", "FIELDS", 2, "a", "z"), [1, -2])
    equal(r.execute_command("HTTL", "h", "FIELDS", 2, "a", "z"), [-1, -2])
    equal(r.execute_command("HPEXPIRE", "h", 0, "FIELDS", 2, "a", "b"), [2, 2])
    equal(r.exists("h"), 0)


@case
def hsetex_and_hgetex(environment):
    r = connect(environment)
    need(r, "hsetex")
    equal(r.execute_command("HSETEX", "h", "EXAT", 4102444800, "FIELDS", 2, "a", 1, "b", 2), 1)
    equal(r.execute_command("HSETEX", "h", "FNX", "FIELDS", 1, "a", 3), 0)
    equal(r.execute_command("HGETEX", "h", "PERSIST", "FIELDS", 2, "a", "z"), ["1", None])
    equal(r.execute_command("HEXPIRETIME", "h", "FIELDS", 2, "a", "b"), [-1, 4102444800])


@case
def sdiffcard_and_sunioncard(environment):
    r = connect(environment)
    need(r, "sdiffcard")
    r.sadd("a", 1, 2, 3)
    r.sadd("b", 3, 4)
    equal(r.execute_command("SDIFFCARD", 2, "a", "b"), 2)
    equal(r.execute_command("SUNIONCARD", 2, "a", "b"), 4)
    equal(r.execute_command("SUNIONCARD", 2, "a", "b", "LIMIT", 3), 3)


@case
def client_setinfo(environment):
    r = connect(environment, single_connection_client=True)
    if "lib-name" not in r.client_info():
        raise Skip("the server has no CLIENT SETINFO")
    equal(r.execute_command("CLIENT SETINFO", "LIB-NAME", "thimble-tests") in (True, "OK"), True)
    equal(r.client_info()["lib-name"], "thimble-tests")


main()
