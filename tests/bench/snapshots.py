"""BGSAVE while clients write: what memory it takes beside the data, and how long others wait."""

import os
import random
import socket
import threading
import time
from dataclasses import dataclass

import pinned
from cases import Fill
from client import Client
from stalls import Probe

WRITES_PER_S = 20000
BATCH = 200
# Long enough for every page to be written to that will be.
LEAST_BATCHES = 400


@dataclass
class Snapshot:
    """One row: a data set, and the writes that go on while it is saved."""

    name: str
    fill: Fill
    write: str


def rows(n):
    count = 5 * n
    size = "%dM" % (count // 10**6) if count >= 10**6 else "%dk" % (count // 1000)
    return [
        Snapshot(
            "a hash of %s fields" % size,
            Fill(count, "HSET big field:{i12} value:{i12}"),
            "HSET big field:%012d value:%012d",
        ),
        Snapshot(
            "%s strings" % size,
            Fill(count, "SET key:{i12} value:{i12}"),
            "SET key:%012d value:%012d",
        ),
    ]


def encode(command):
    words = command.encode().split(b" ")
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words)


class Writer:
    """WRITES_PER_S commands with random indexes, for as long as the with-statement lasts."""

    def __init__(self, server, row):
        choose = random.Random(7).randrange
        request = lambda: row.write % (choose(row.fill.count), choose(10**12))
        self.batches = [
            b"".join(encode(request()) for _ in range(BATCH)) for _ in range(LEAST_BATCHES)
        ]
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self.write), threading.Thread(target=self.read)]

    def write(self):
        due, number = time.monotonic(), 0
        while not self.ending.is_set():
            self.socket.sendall(self.batches[number % len(self.batches)])
            number += 1
            due += BATCH / WRITES_PER_S
            time.sleep(max(0, due - time.monotonic()))
        self.socket.shutdown(socket.SHUT_WR)

    def read(self):
        while self.socket.recv(1 << 16):
            pass

    def __enter__(self):
        for thread in self.threads:
            thread.start()

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join()
        self.socket.close()


def anonymous_bytes():
    """Memory of all processes on the machine that no file backs."""
    with open("/proc/meminfo", encoding="ascii") as lines:
        for line in lines:
            if line.startswith("AnonPages:"):
                return int(line.split()[1]) * 1024
    raise SystemExit("the kernel does not tell AnonPages")


def save(client):
    """Saves in the background. The most memory that was in use meanwhile, beyond that before."""
    before = most = anonymous_bytes()
    client.ask("BGSAVE")
    while client.info("persistence", "rdb_bgsave_in_progress"):
        end = time.monotonic() + 0.05
        while time.monotonic() < end:
            most = max(most, anonymous_bytes())
            time.sleep(0.001)
    return most - before


def measure(options, name, command, row):
    server = pinned.start_server(name, command, "--dbfilename", "bench-%d.rdb" % os.getpid())
    try:
        empty = pinned.settled_bytes(server.pid)
        pinned.fill(options.tools, server, [row.fill])
        data = pinned.settled_bytes(server.pid) - empty
        # Who writes the file may run beside the server, as it would anywhere.
        os.sched_setaffinity(server.pid, pinned.CPUS)
        client = Client(server.port)
        with Writer(server, row):
            time.sleep(1)
            client.ask("CONFIG", "RESETSTAT")
            with Probe(options.tools, server) as probe:
                start = time.monotonic()
                growth = save(client)
                seconds = time.monotonic() - start
        turn_us = client.info("stats", "eventloop_duration_max_usec")
        figures = {
            "peak": (data + growth) / data,
            "data_mb": data / 1e6,
            "seconds": seconds,
            "pause_ms": client.info("stats", "latest_fork_usec") / 1000,
            "turn_ms": turn_us and turn_us / 1000,
            "wait_ms": probe.result["max_us"] / 1000,
            "ok": client.ask("INFO", "persistence").find("rdb_last_bgsave_status:ok") >= 0,
        }
        client.ask("FLUSHALL", "SYNC")
        client.ask("SAVE")  # A server in a root of its own leaves its file there: a small one.
        return figures
    finally:
        server.stop()
