"""A server that logs with `always`, against a model of what it acknowledged, whatever comes between."""

import contextlib
import os
import random
import time

import wire
from append_only import LOG, ROUNDS, log_folder
from durability import field, folder_of_its_own, start
from program import Failed, eventually, expect

DATABASES = 3
ACTIONS = ("BGREWRITEAOF", "BGREWRITEAOF", "BGREWRITEAOF", "BGSAVE SCHEDULE", "DEBUG RELOAD", "DEBUG LOADAOF",
           "DEBUG SLEEP 0.02")
SWITCHES = ("CONFIG SET appendonly no", "CONFIG SET appendonly yes", "CONFIG SET appendonly yes")
IN_THE_WAY = ("temp-appendonly.aof.manifest", "temp-appendonly.aof.incr")


class Model:
    """What each database has, and what makes it so."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.databases = [{} for _ in range(DATABASES)]
        self.writes = 0
        self.log_may_be_off = False

    def write(self, database):
        self.writes += 1
        key, value = b"k%d" % self.random.randrange(40), b"%d" % self.writes * self.random.randrange(1, 50)
        self.databases[database][key] = value
        return [b"SET", key, value]

    def action(self, switches):
        action = self.random.choice(ACTIONS + switches)
        self.log_may_be_off |= action.endswith(" no")
        if action == "DEBUG LOADAOF" and self.log_may_be_off:
            action = "DEBUG RELOAD"  # Else it would bring back what the log was when it ended.
        return action.encode().split()

    def step(self, switches=SWITCHES):
        """What is sent at once: a write, or one before and one behind something, in EXEC or not."""
        database = self.random.randrange(DATABASES)
        sent = [[b"SELECT", b"%d" % database], self.write(database)]
        kind = self.random.randrange(4)
        if kind == 1:
            sent += [self.action(switches), self.write(database)]
        elif kind == 2:
            sent += [[b"MULTI"], self.write(database), self.action(switches), self.write(database), [b"EXEC"]]
        elif kind == 3:
            sent += [[b"BGREWRITEAOF"], [b"DEBUG", b"SLEEP", b"0.02"], [b"MULTI"], self.write(database),
                     self.action(switches), self.write(database), [b"EXEC"]]
        return b"".join(wire.encode(command) for command in sent)

    def check(self, client):
        for database, keys in enumerate(self.databases):
            client.call(b"SELECT", b"%d" % database)
            expect(client.call(b"DBSIZE") == (":", b"%d" % len(keys)), "database %d has others" % database)
            for key, value in keys.items():
                expect(client.call(b"GET", key) == ("$", value), "%r of database %d is not %r" % (key, database, value))


def settle(server):
    """Has the log be one, if it is not."""
    server.connect().call(b"CONFIG", b"SET", b"appendonly", b"yes")
    eventually(lambda: field(server, "aof_enabled") == "1" and field(server, "aof_rewrite_scheduled") == "0" and
               field(server, "aof_rewrite_in_progress") == "0", 30, "there is no log in the end")


def log_against_a_model():
    """Rewritings that are given up, in transactions and not, that fail, and logs that go and come again."""
    seed = int(os.environ.get("THIMBLE_SEED", random.randrange(1 << 32)))
    try:
        with folder_of_its_own() as folder:
            live_with_failures(folder, Model(seed))
    except Exception as error:
        raise Failed("THIMBLE_SEED=%d: %r" % (seed, error)) from error


def live_with_failures(folder, model):
    for round_number in range(ROUNDS):
        delay_us = str(model.random.choice((0, 200, 2000)))
        with start(folder, *LOG, "--appendfsync", "always", "--rdb-key-save-delay", delay_us) as server:
            client = server.connect()
            model.check(client)
            in_the_way = os.path.join(log_folder(folder), model.random.choice(IN_THE_WAY))
            for step in range(model.random.randrange(5, 30)):
                if step == 3 and round_number % 3 == 0:
                    with contextlib.suppress(FileExistsError):
                        os.mkdir(in_the_way)
                client.send(model.step())
                client.receive()
            if os.path.isdir(in_the_way):
                os.rmdir(in_the_way)
            settle(server)
            model.log_may_be_off = False
            client.send(wire.encode([b"BGREWRITEAOF"]) + model.step(switches=()))
            client.receive()
            time.sleep(model.random.random() * 0.01)
            if round_number % 5 == 4:
                server.terminate()
            else:
                server.process.kill()
                server.process.wait()


CASES = [log_against_a_model]
