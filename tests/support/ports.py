"""Ports for the servers of tests."""

import random
import socket

# Below those that the kernel gives to outgoing connections: one of these may take a port between the
# asking and the listening.
FIRST, LAST = 12_000, 32_000


def free_port():
    """A TCP port that nobody listens on now; whoever else asks in this moment gets another one."""
    while True:
        port = random.SystemRandom().randrange(FIRST, LAST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
