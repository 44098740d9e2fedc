"""What the redis-py programs share: how they connect, and the empty server they begin on."""

import redis
from support import cases


def connect(environment, **options):
    """A client of the open server that decodes replies; options as redis.Redis takes them."""
    options.setdefault("decode_responses", True)
    return redis.Redis(host="127.0.0.1", port=environment.port, **options)


def connect_locked(environment, **options):
    """A client of the server that asks for a password; without one unless options bring it."""
    options.setdefault("decode_responses", True)
    return redis.Redis(host="127.0.0.1", port=environment.password_port, **options)


def main():
    def reset(environment):
        with connect(environment) as client:
            client.flushall()

    cases.main(reset)
