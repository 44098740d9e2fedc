"""Servers and load generators, each pinned to its processor, and the kernel's account of them."""

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from ports import free_port  # noqa: E402

CPUS = sorted(os.sched_getaffinity(0))
SERVER_CPU, LOAD_CPU = CPUS[0], CPUS[-1]


def private_bytes(pid):
    """Memory that only this process has, as the kernel counts it."""
    total = 0
    with open("/proc/%d/smaps_rollup" % pid, encoding="ascii") as lines:
        for line in lines:
            if line.startswith(("Private_Clean", "Private_Dirty")):
                total += int(line.split()[1]) * 1024
    return total


def settled_bytes(pid, longest_s=10, still_s=1.0):
    """Private memory once it has stayed put for `still_s`, or after `longest_s`."""
    seen, deadline = [], time.monotonic() + longest_s
    while time.monotonic() < deadline:
        seen.append(private_bytes(pid))
        if len(seen) > 4 and max(seen[-5:]) - min(seen[-5:]) <= 0.002 * seen[-1]:
            break
        time.sleep(still_s / 4)
    return seen[-1]


HICCUPS = """
import time
end, longest, last = time.monotonic_ns() + %d * 10**9, 0, time.thread_time_ns()
while time.monotonic_ns() < end:
    now = time.thread_time_ns()
    longest, last = max(longest, now - last), now
print(longest // 1000)
"""


def longest_hiccup_us(seconds):
    """The most processor time that passes between two looks at the clock on SERVER_CPU, in a program
    that does nothing else: what a virtual machine takes from whoever runs."""
    command = ["taskset", "-c", str(SERVER_CPU), sys.executable, "-c", HICCUPS % seconds]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


class Process:
    """A server on SERVER_CPU, started in a folder of its own and ended by its id."""

    def __init__(self, name, arguments, port):
        self.name, self.port = name, port
        self.folder = tempfile.mkdtemp(prefix="bench-")
        self.process = subprocess.Popen(
            ["taskset", "-c", str(SERVER_CPU), *arguments],
            cwd=self.folder,
            stdout=open(self.folder + "/log", "wb"),
            stderr=subprocess.STDOUT,
        )
        self.pid = self.process.pid
        self._wait_until_ready()

    def _wait_until_ready(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as probe:
                    probe.sendall(b"*1\r\n$4\r\nPING\r\n")
                    if probe.recv(64):
                        return
            except OSError:
                time.sleep(0.02)
        said = open(self.folder + "/log", encoding="utf-8", errors="replace").read()
        self.stop()
        raise SystemExit("%s did not start:\n%s" % (self.name, said[-2000:]))

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start_server(name, command, *options):
    port = free_port()
    arguments = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return Process(name, [*shlex.split(command), *arguments, *options], port)


def start_floor(tools, reply):
    port = free_port()
    return Process("floor", [tools + "/echo_floor", str(port), reply], port)


def words_of(command):
    """The arguments of a template: a text without spaces in any of them, or a list."""
    return command.split(" ") if isinstance(command, str) else command


def run_load(tools, process, command, **options):
    """Runs the load generator on LOAD_CPU; returns what it measured."""
    arguments = ["taskset", "-c", str(LOAD_CPU), tools + "/load", "--port", str(process.port)]
    arguments += ["--pid", str(process.pid)]
    for name, value in options.items():
        arguments += ["--" + name, str(value)]
    done = subprocess.run(
        [*arguments, "--", *words_of(command)], check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode != 0:
        raise SystemExit("load on %s failed: %s" % (process.name, command))
    result = json.loads(done.stdout)
    if result["errors"]:
        print("note: %s answered %d errors to %s" % (process.name, result["errors"], command))
    return result


def fill(tools, process, fills):
    for each in fills:
        run_load(tools, process, each.command, fill=each.count, pipeline=each.pipeline)
