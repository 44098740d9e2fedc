"""What the append-only file costs: requests per second without it and with it, written every second."""

import statistics

import cases
import pinned

EVERYSEC = ["--appendonly", "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0"]
PIPELINE = 32


def rows(n):
    return [row for row in cases.timed(n) if row.name.startswith(("HSET of", "SET of"))]


def measure(options, name, command, row):
    """Medians of {"without", "with"} the file; the two servers take turns."""
    rates = {"without": [], "with": []}
    servers = {
        "without": pinned.start_server(name, command),
        "with": pinned.start_server(name, command, *EVERYSEC),
    }
    try:
        for server in servers.values():
            pinned.run_load(options.tools, server, row.command, fill=row.range, pipeline=100)
        for round_number in range(options.rounds):
            for kind, server in servers.items():
                result = pinned.run_load(
                    options.tools,
                    server,
                    row.command,
                    pipeline=PIPELINE,
                    connections=row.connections,
                    seconds=4 * options.seconds,
                    range=row.range,
                    seed=round_number + 1,
                )
                rates[kind].append(result["commands"] / result["seconds"])
    finally:
        for server in servers.values():
            server.stop()
    return {kind: statistics.median(samples) for kind, samples in rates.items()}
