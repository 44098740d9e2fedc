"""How long a server keeps others waiting: longest turn of its loop, slowest answer to a second
client, while something big grows, goes or expires."""

import json
import signal
import subprocess
import time
from dataclasses import dataclass, field

import pinned
from cases import Fill
from client import Client

LONGEST_WAIT_S = 120


@dataclass
class Stall:
    """One row: `fills` come before the watch; then `grow` is loaded and `commands` are sent, and
    the watch lasts until the server has come to rest. With `expiring`, every key of the fill ends at
    one moment, which {at} in its template stands for."""

    name: str
    fills: list = field(default_factory=list)
    grow: Fill = None
    commands: list = field(default_factory=list)
    expiring: bool = False


def rows(n):
    hash_fill = Fill(5 * n, "HSET big field:{i12} value:{i12}")
    set_fill = Fill(5 * n, "SADD big member:{i12}")
    strings = Fill(5 * n, "SET key:{i12} value:{i12}")
    size = lambda count: "%dM" % (count // 10**6) if count >= 10**6 else "%dk" % (count // 1000)
    big, one = size(5 * n), size(n)
    return [
        Stall("a hash grows to %s fields" % big, grow=hash_fill),
        Stall("a set grows to %s members" % big, grow=set_fill),
        Stall("DEL of a hash of %s" % big, [hash_fill], commands=["DEL big"]),
        Stall("DEL of a set of %s" % big, [set_fill], commands=["DEL big"]),
        Stall("UNLINK of a hash of %s" % big, [hash_fill], commands=["UNLINK big"]),
        Stall("UNLINK of a set of %s" % big, [set_fill], commands=["UNLINK big"]),
        Stall("FLUSHALL of %s keys" % big, [strings], commands=["FLUSHALL"]),
        Stall(
            "%s keys expire together" % one,
            [Fill(n, "SET key:{i12} value:{i12} PXAT {at}")],
            expiring=True,
        ),
    ]


class Probe:
    """The second client, for as long as the with-statement lasts; then `result` is there."""

    def __init__(self, tools, server):
        self.arguments = ["taskset", "-c", str(pinned.LOAD_CPU), tools + "/probe"]
        self.arguments += ["--port", str(server.port), "PING"]

    def __enter__(self):
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.result = json.loads(self.process.communicate(timeout=30)[0])


def watch(options, name, command, row):
    """The figures of one row for one server."""
    server = pinned.start_server(name, command)
    try:
        client = Client(server.port)
        at = prepare(options, server, row)
        with Probe(options.tools, server) as idle:
            time.sleep(1 if options.quick else 3)
        if row.expiring and client.ask("DBSIZE") == "0":
            raise SystemExit("%s was filled too slowly: its keys are gone already" % name)
        client.ask("CONFIG", "RESETSTAT")
        time.sleep(0.2)
        with Probe(options.tools, server) as busy:
            happen(options, server, client, row, at)
        time.sleep(0.2)
        return {
            "turn_us": client.info("stats", "eventloop_duration_max_usec"),
            "idle": idle.result,
            "busy": busy.result,
        }
    finally:
        server.stop()


def prepare(options, server, row):
    """Fills the server; returns the moment at which its keys end, in seconds."""
    total = sum(fill.count for fill in row.fills)
    at = time.time() + 10 + total / 20000
    for fill in row.fills:
        command = fill.command.replace("{at}", str(int(at * 1000)))
        pinned.run_load(options.tools, server, command, fill=fill.count, pipeline=fill.pipeline)
    pinned.settled_bytes(server.pid, longest_s=5)
    return at


def happen(options, server, client, row, at):
    if row.grow:
        # Few and short runs: a turn that serves many would be long without any stall.
        pinned.run_load(
            options.tools,
            server,
            row.grow.command,
            fill=row.grow.count,
            connections=4,
            pipeline=32,
        )
    for command in row.commands:
        client.ask(*command.split(" "))
    if row.expiring:
        time.sleep(max(0, at - time.time()))
        end = time.monotonic() + LONGEST_WAIT_S
        while client.ask("DBSIZE") != "0" and time.monotonic() < end:
            time.sleep(0.05)
    pinned.settled_bytes(server.pid)
