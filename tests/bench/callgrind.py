"""Counts the instructions that a server executes in user mode, per command, under valgrind."""

import glob
import re
import shlex
import subprocess

import pinned

COMMANDS = 20000


def per_command(tools, name, command, row, fills):
    """Instructions per command of `row` at pipeline 1; the server's timers are in it."""
    started = "valgrind --tool=callgrind --instr-atstart=no --callgrind-out-file=counted " + command
    server = pinned.start_server(name, started)
    try:
        pinned.fill(tools, server, fills)
        send(tools, server, row)  # What happens once has happened then.
        control(server, "--instr=on")
        done = send(tools, server, row)
        control(server, "--instr=off")
        control(server, "--dump")
        return counted(server.folder) / done
    finally:
        server.stop()


def send(tools, server, row):
    count = min(row.range, COMMANDS)
    return pinned.run_load(tools, server, row.command, fill=count, pipeline=1)["commands"]


def control(server, order):
    subprocess.run(
        ["callgrind_control", *shlex.split(order), str(server.pid)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def counted(folder):
    total = 0
    for path in glob.glob(folder + "/counted*"):
        with open(path, encoding="ascii", errors="replace") as dump:
            for line in dump:
                if match := re.match(r"(?:totals|summary): (\d+)", line):
                    total = max(total, int(match[1]))
    return total
