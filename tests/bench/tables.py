"""Renders the bench's figures as Markdown."""


def row_of(cells):
    return "| " + " | ".join(cells) + " |"


def head(cells):
    return [row_of(cells), "|" + "---|" * len(cells)]


def ratio(mine, others):
    """`mine` against the best of the others; both may be small or negative from noise."""
    best = min(others) if others else 0
    return "%.2f" % (mine / best) if best > 0 else "-"


def cpu_table(records, names, pipeline):
    peers = [name for name in names if name != "thimble"]
    compared = "thimble" in names and bool(peers)
    cells = ["command", "floor"] + names
    lines = head(cells + (["own CPU / best peer's", "whole CPU / best peer's"] if compared else []))
    for record in records:
        servers = record["servers"]
        floor = servers["floor"]["cpu_us"]
        label = record["row"] + (
            "" if record["pipeline"] == pipeline else " (pipeline %d)" % record["pipeline"]
        )
        cells = [label, "%.2f" % floor]
        for name in names:
            cpu, rate = servers[name]["cpu_us"], servers[name]["rate"]
            cells.append("%.2f (own %.2f), %s/s" % (cpu, cpu - floor, short(rate)))
        if compared:
            mine = servers["thimble"]["cpu_us"]
            cells.append(ratio(mine - floor, [servers[peer]["cpu_us"] - floor for peer in peers]))
            cells.append(ratio(mine, [servers[peer]["cpu_us"] for peer in peers]))
        lines.append(row_of(cells))
    return lines


def short(number):
    if number >= 10**6:
        return "%.2fM" % (number / 10**6)
    return "%.0fk" % (number / 1000) if number >= 10**4 else "%.0f" % number


def memory_table(records, names):
    peers = [name for name in names if name != "thimble"]
    compared = "thimble" in names and bool(peers)
    lines = head(["data", *names] + (["of best peer's"] if compared else []))
    for record in records:
        for kind, note in (("full", ""), ("tenth", ", per element left after deleting 90 %")):
            figures = {name: record["servers"][name].get(kind) for name in names}
            if None in figures.values():
                continue
            cells = [label_of(record) + note] + [
                "%.1f" % figures[name] + times_full(record["servers"][name], kind)
                for name in names
            ]
            if compared:
                cells.append(ratio(figures["thimble"], [figures[peer] for peer in peers]))
            lines.append(row_of(cells))
    return lines


def times_full(figures, kind):
    return "" if kind == "full" else " (%.2f times)" % (figures[kind] / figures["full"])


def label_of(record):
    return "%s (%s)" % (record["row"], short(record["elements"]))


def stalls_table(records, names):
    """The loop's longest turn where a server tells it, and the second client's slowest answer."""
    cells = ["while"]
    for name in names:
        cells += [name + ": longest turn", name + ": slowest answer (idle)"]
    lines = head(cells)
    milliseconds = lambda us: "-" if us is None else "%.1f ms" % (us / 1000)
    for record in records:
        cells = [record["row"]]
        for name in names:
            figures = record["servers"][name]
            idle, busy = figures["idle"], figures["busy"]
            cells.append(milliseconds(figures["turn_us"]))
            cells.append("%s (%s)" % tuple(milliseconds(each["max_us"]) for each in (busy, idle)))
        lines.append(row_of(cells))
    floor = "A program that only counts met %.1f ms, of processor time as well, at one go here."
    return lines + ["", floor % (records[0]["hiccup_us"] / 1000)]


def files_table(records, names, kind):
    peers = [name for name in names if name != "thimble"]
    compared = "thimble" in names and bool(peers)
    lines = head(["data", *names] + (["of best peer's"] if compared else []))
    for record in records:
        figures = {name: record["servers"][name][kind] for name in names}
        cells = [label_of(record)] + ["%.0f" % figures[name] for name in names]
        if compared:
            cells.append(ratio(figures["thimble"], [figures[peer] for peer in peers]))
        lines.append(row_of(cells))
    return lines


def snapshots_table(records, names):
    cells = ["data"]
    for name in names:
        cells += [name + ": peak of memory", "pause", "longest turn", "slowest answer", "seconds"]
    lines = head(cells)
    for record in records:
        cells = [record["row"]]
        for name in names:
            figures = record["servers"][name]
            failed = "" if figures["ok"] else " (FAILED)"
            cells.append("%.2f times %.0f MB%s" % (figures["peak"], figures["data_mb"], failed))
            turn = "-" if figures["turn_ms"] is None else "%.1f ms" % figures["turn_ms"]
            cells += ["%.1f ms" % figures["pause_ms"], turn, "%.1f ms" % figures["wait_ms"]]
            cells.append("%.1f" % figures["seconds"])
        lines.append(row_of(cells))
    return lines


def log_table(records, names):
    lines = head(["command"] + ["%s: without, with, cost" % name for name in names])
    for record in records:
        cells = [record["row"]]
        for name in names:
            figures = record["servers"][name]
            lost = 100 * (1 - figures["with"] / figures["without"])
            cells.append("%s/s, %s/s, %.0f %%" % (*map(short, figures.values()), lost))
        lines.append(row_of(cells))
    return lines


def instructions_table(records, names):
    peers = [name for name in names if name != "thimble"]
    compared = "thimble" in names and bool(peers)
    lines = head(["command", *names] + (["of best peer's"] if compared else []))
    for record in records:
        figures = record["servers"]
        cells = [record["row"]] + ["%.0f" % figures[name] for name in names]
        if compared:
            cells.append(ratio(figures["thimble"], [figures[peer] for peer in peers]))
        lines.append(row_of(cells))
    return lines


def render(measured, names, options):
    cpu, memory, stalls = (measured[table] for table in ("cpu", "memory", "stalls"))
    instructions = measured["instructions"]
    lines = []
    for pipeline in options.pipelines:
        fits = {pipeline}
        if pipeline == max(options.pipelines):  # Rows whose depth is limited come last.
            fits |= {record["pipeline"] for record in cpu} - set(options.pipelines)
        rows = [record for record in cpu if record["pipeline"] in fits]
        if not rows:
            continue
        lines.append("Server CPU in microseconds per command (own: minus the floor),")
        lines.append("pipeline %d, medians of %d rounds:" % (pipeline, options.rounds))
        lines += ["", *cpu_table(rows, names, pipeline), ""]
    if memory:
        lines += ["Bytes of private memory per element:", "", *memory_table(memory, names), ""]
    if stalls:
        lines += ["Stalls: processor time of the longest turn, wall time of the slowest answer:", ""]
        lines += [*stalls_table(stalls, names), ""]
    if measured["files"]:
        for kind, what in (("save_ns", "saving"), ("load_ns", "loading")):
            lines += ["Server CPU in nanoseconds per element, %s an RDB file:" % what, ""]
            lines += [*files_table(measured["files"], names, kind), ""]
    if measured["snapshots"]:
        lines += ["BGSAVE while 20,000 writes a second go on:", ""]
        lines += [*snapshots_table(measured["snapshots"], names), ""]
    if measured["log"]:
        lines += ["Throughput without and with an append-only file, fsync every second, pipeline 32:", ""]
        lines += [*log_table(measured["log"], names), ""]
    if instructions:
        lines += ["Instructions in user mode per command, pipeline 1:", ""]
        lines += [*instructions_table(instructions, names), ""]
    return "\n".join(lines)
