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
