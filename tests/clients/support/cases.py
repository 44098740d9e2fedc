"""A few lines of test runner for the Python programs, speaking to tests/clients/run.

A program decorates its checks with @case and ends with main(). Every check gets an Environment
and begins on an empty server. Results go to standard output as lines `CASE {json}`; the runner
prints and counts them. The Node programs print the same lines.
"""

import argparse
import json
import sys
import traceback

_checks = []


class Skip(Exception):
    """Raised by a check that cannot run here; the text says why."""


def case(check):
    _checks.append(check)
    return check


def report(name, outcome, why=""):
    """Prints one result; outcome is "passed", "failed" or "skipped"."""
    print("CASE " + json.dumps({"name": name, "outcome": outcome, "why": why}), flush=True)


def run_one(name, check, *arguments):
    """Runs one check and reports it. Returns False if it failed."""
    try:
        check(*arguments)
    except Skip as skip:
        report(name, "skipped", str(skip))
    except Exception as error:  # A failed check must not end the program.
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f for f in frames if "/tests/clients/" in f.filename and f.filename != __file__]
        where = (ours or frames)[-1]
        text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        report(name, "failed", f"{text} (line {where.lineno}: {where.line})")
        return False
    else:
        report(name, "passed")
    return True


def equal(actual, expected):
    """Fails with both sides in the message, long ones cut."""
    if actual != expected or type(actual) is not type(expected):
        raise AssertionError(f"got {actual!r:.200}, expected {expected!r:.200}")


def raises(kind, pattern, function, *arguments, **keywords):
    """Calls the function, which must raise `kind` with a text that contains `pattern`."""
    try:
        result = function(*arguments, **keywords)
    except kind as error:
        if pattern not in str(error):
            raise AssertionError(f"got {error!r:.300}, expected {pattern!r}") from error
        return error
    raise AssertionError(f"got {result!r:.200}, expected {kind.__name__} {pattern!r}")


class Environment:
    """Where the servers of this program are: one open, one with requirepass."""

    def __init__(self, options):
        self.port = options.port
        self.unix_path = options.unix
        self.password_port = options.password_port
        self.password = options.password


def main(reset):
    """Runs every check of the program; reset(environment) empties the server before each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--unix", required=True)
    parser.add_argument("--password-port", type=int, required=True)
    parser.add_argument("--password", required=True)
    environment = Environment(parser.parse_args())
    good = True
    for check in _checks:
        reset(environment)
        good &= run_one(check.__name__.replace("_", " "), check, environment)
    sys.exit(0 if good else 1)
