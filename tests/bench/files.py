"""Saving and loading: processor time of the server per element of a data set in an RDB file."""

import glob
import os
import shutil
import statistics
import time

import cases
import pinned
from client import Client


def cpu_ns(pid):
    """Of all threads of the process, from the scheduler's account."""
    total = 0
    for path in glob.glob("/proc/%d/task/*/schedstat" % pid):
        with open(path, encoding="ascii") as account:
            total += int(account.read().split()[0])
    return total


def settle(pid):
    """Waits until the server has nothing left to do, such as freeing what was flushed."""
    before = cpu_ns(pid)
    while True:
        time.sleep(0.5)
        now = cpu_ns(pid)
        if now - before < 10_000_000:
            return
        before = now


def spent_ns(server, client, *words):
    before = cpu_ns(server.pid)
    client.ask(*words)
    return cpu_ns(server.pid) - before


def hand_over(file_name, writer, reader):
    """The file that one server has saved is the other's too."""
    source, target = ("/proc/%d/cwd/%s" % (server.pid, file_name) for server in (writer, reader))
    if not os.path.exists(target):  # Servers in a root of their own share a folder.
        shutil.copyfile(source, target)


def measure(options, name, command, row):
    """Nanoseconds per element: of SAVE, and of loading that file into an empty server."""
    saves, loads = [], []
    file_name = "bench-%d.rdb" % pinned.free_port()
    start = lambda: pinned.start_server(name, command, "--enable-debug-command", "yes", "--dbfilename", file_name)
    reader = start()
    try:
        writer = start()
        try:
            pinned.fill(options.tools, writer, row.fills)
            client = Client(writer.port)
            for _ in range(options.rounds):
                settle(writer.pid)
                saves.append(spent_ns(writer, client, "SAVE"))
            hand_over(file_name, writer, reader)
        finally:
            writer.stop()
        client = Client(reader.port)
        for _ in range(options.rounds):
            client.ask("FLUSHALL", "SYNC")
            settle(reader.pid)
            loads.append(spent_ns(reader, client, "DEBUG", "RELOAD", "NOSAVE", "NOFLUSH"))
        client.ask("FLUSHALL", "SYNC")
        client.ask("SAVE")  # A server in a root of its own leaves its file there: a small one.
    finally:
        reader.stop()
    per_element = lambda samples: statistics.median(samples) / row.elements
    return {"save_ns": per_element(saves), "load_ns": per_element(loads)}


def rows(n):
    named = ("hash, field", "set, member", "set, random", "profiles", "sets of", "strings, key")
    return [row for row in cases.weighed(n) if row.name.startswith(named)]
