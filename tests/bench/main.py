"""Measures servers side by side; scripts/bench builds the tools and calls this. See README.md."""

import argparse
import fnmatch
import json
import os
import statistics
import sys

import append_log
import callgrind
import cases
import files
import pinned
import snapshots
import stalls
import tables


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--tools", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--started-in", default=".", help=argparse.SUPPRESS)
    parser.add_argument("--thimble", help="the binary (default: build/release, if it is there)")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument("--no-redis", action="store_true", help="leave out redis-server from PATH")
    parser.add_argument("--rounds", type=int, help="rounds of all servers in turn (default 3)")
    parser.add_argument("--seconds", type=float, help="length of one measurement (default 0.5)")
    parser.add_argument("--pipeline", default="1,32", help="comma-separated depths (default 1,32)")
    parser.add_argument("--only", metavar="PATTERN", help="rows whose name holds or matches this")
    parser.add_argument("--table", choices=[*TABLES, "all"], default="all")
    parser.add_argument("--no-large", action="store_true", help="leave out the rows of 10M")
    parser.add_argument("--quick", action="store_true", help="a tenth of the data, one short round")
    parser.add_argument("--json", metavar="FILE", help="write all figures here as well")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.seconds = options.seconds or (0.25 if options.quick else 0.5)
    options.size = 10**5 if options.quick else 10**6
    options.pipelines = [int(depth) for depth in options.pipeline.split(",")]
    return options


def commands_of(options):
    """The servers to measure: name -> command, Thimble first."""
    commands = {}
    if options.thimble is None and os.access("build/release/thimble-server", os.X_OK):
        options.thimble = os.path.abspath("build/release/thimble-server")
    if options.thimble:
        commands["thimble"] = os.path.abspath(os.path.join(options.started_in, options.thimble))
    if not options.no_redis:
        commands["redis"] = "redis-server"
    for peer in options.peer:
        name, separator, command = peer.partition("=")
        if not separator:
            raise SystemExit("--peer wants NAME=COMMAND")
        commands[name] = command
    return commands


def wanted(rows, pattern):
    if not pattern:
        return rows
    pattern = pattern.lower()
    match = lambda name: pattern in name.lower() or fnmatch.fnmatch(name.lower(), pattern)
    return [row for row in rows if match(row.name)]


def used_collections(collections, rows):
    """Only those collections whose keys the chosen rows name, and scripts."""
    keys = {"LOAD"}
    for row in rows:
        keys.update(word.partition("{")[0] for word in row.command.split(" ")[1:])
    first_key = lambda fill: pinned.words_of(fill.command)[1].partition("{")[0]
    return [fill for fill in collections if first_key(fill) in keys]


def measure_one(options, process, row, pipeline, round_number):
    result = pinned.run_load(
        options.tools,
        process,
        row.command,
        pipeline=pipeline,
        connections=row.connections,
        seconds=max(options.seconds, row.min_seconds),
        range=row.range,
        prepare=min(400000, max(20000, row.range * 4)),
        seed=round_number + 1,
        listeners=row.listeners,
    )
    done = max(1, result["commands"])
    return {"cpu_us": result["cpu_ns"] / 1000 / done, "rate": done / result["seconds"]}


def measure_cpu(options, commands):
    """Returns one record per row and pipeline: name -> medians over the rounds."""
    n = options.size
    collections = [*cases.collections(n), *cases.together_collections()]
    records = measure_group(options, commands, collections, cases.timed(n))
    records += measure_group(options, commands, collections, cases.together_timed(n))
    if not options.no_large:
        large = cases.large_timed(n)
        records += measure_group(options, commands, cases.large_collections(n), large)
    return records


def measure_group(options, commands, collections, rows):
    """As measure_cpu, for rows whose collections are in the servers together."""
    rows = wanted(rows, options.only)
    if not rows:
        return []
    servers = {name: pinned.start_server(name, command) for name, command in commands.items()}
    records = []
    try:
        for server in servers.values():
            progress("filling " + server.name)
            pinned.fill(options.tools, server, used_collections(collections, rows))
        for depth in options.pipelines:
            for row in rows:
                if depth > row.max_pipeline and row.max_pipeline == 1 and 1 in options.pipelines:
                    continue  # Measured at 1 already.
                pipeline = min(depth, row.max_pipeline)
                progress("pipeline %d: %s" % (pipeline, row.name))
                records.append(measure_row(options, servers, row, pipeline))
    finally:
        for server in servers.values():
            server.stop()
    return records


def measure_row(options, servers, row, pipeline):
    samples = {name: [] for name in ["floor", *servers]}
    floor = pinned.start_floor(options.tools, row.reply)
    try:
        for round_number in range(options.rounds):
            for process in [floor, *servers.values()]:
                sample = measure_one(options, process, row, pipeline, round_number)
                samples[process.name].append(sample)
    finally:
        floor.stop()
    median = lambda name, what: statistics.median(sample[what] for sample in samples[name])
    return {
        "row": row.name,
        "pipeline": pipeline,
        "servers": {
            name: {"cpu_us": median(name, "cpu_us"), "rate": median(name, "rate")}
            for name in samples
        },
    }


def measure_memory(options, commands):
    records = []
    for row in wanted(cases.weighed(options.size), options.only):
        record = {"row": row.name, "elements": row.elements, "servers": {}}
        for name, command in commands.items():
            progress("memory: %s, %s" % (row.name, name))
            record["servers"][name] = weigh(options, name, command, row)
        records.append(record)
    return records


def weigh(options, name, command, row):
    """Bytes per element when full and, if the row says so, per element left of a tenth."""
    server = pinned.start_server(name, command)
    settled = lambda: pinned.settled_bytes(server.pid, still_s=0.3 if options.quick else 1)
    try:
        pinned.run_load(options.tools, server, "PING", fill=5000)  # Buffers come before the base.
        base = settled()
        pinned.fill(options.tools, server, row.fills)
        figures = {"full": (settled() - base) / row.elements}
        if row.delete and not options.quick:
            gone = pinned.run_load(
                options.tools, server, row.delete, fill=row.elements, pipeline=100, skip=10
            )
            figures["tenth"] = (settled() - base) / (row.elements - gone["commands"])
        return figures
    finally:
        server.stop()


def measure_each(options, commands, what, rows, measure):
    """A record for each row: what measure() says of each server."""
    records = []
    for row in wanted(rows, options.only):
        record = {"row": row.name, "servers": {}}
        for name, command in commands.items():
            progress("%s: %s, %s" % (what, row.name, name))
            record["servers"][name] = measure(options, name, command, row)
        records.append(record)
    return records


def measure_stalls(options, commands):
    records = measure_each(options, commands, "stalls", stalls.rows(options.size), stalls.watch)
    hiccup_us = pinned.longest_hiccup_us(1 if options.quick else 8)
    return [{**record, "hiccup_us": hiccup_us} for record in records]


def measure_snapshots(options, commands):
    rows = snapshots.rows(options.size)
    return measure_each(options, commands, "snapshots", rows, snapshots.measure)


def measure_log(options, commands):
    rows = append_log.rows(options.size)
    return measure_each(options, commands, "log", rows, append_log.measure)


def measure_files(options, commands):
    records = []
    for row in wanted(files.rows(options.size), options.only):
        record = {"row": row.name, "elements": row.elements, "servers": {}}
        for name, command in commands.items():
            progress("files: %s, %s" % (row.name, name))
            record["servers"][name] = files.measure(options, name, command, row)
        records.append(record)
    return records


def measure_instructions(options, commands):
    records = []
    collections = [*cases.collections(options.size), *cases.together_collections()]
    for row in wanted(cases.counted(options.size), options.only):
        record = {"row": row.name, "servers": {}}
        for name, command in commands.items():
            progress("instructions: %s, %s" % (row.name, name))
            fills = used_collections(collections, [row])
            record["servers"][name] = callgrind.per_command(options.tools, name, command, row, fills)
        records.append(record)
    return records


def progress(text):
    print("\r\033[K" + text, end="", file=sys.stderr, flush=True)


TABLES = {
    "cpu": measure_cpu,
    "memory": measure_memory,
    "stalls": measure_stalls,
    "files": measure_files,
    "snapshots": measure_snapshots,
    "log": measure_log,
    "instructions": measure_instructions,
}


def wants(options, table):
    return table == options.table or (options.table == "all" and table != "instructions")


def main():
    options = parse_arguments()
    commands = commands_of(options)
    measured = {
        table: measure(options, commands) if wants(options, table) else []
        for table, measure in TABLES.items()
    }
    progress("")
    print(tables.render(measured, list(commands), options))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump({"commands": commands, **measured}, out, indent=1)


if __name__ == "__main__":
    main()
