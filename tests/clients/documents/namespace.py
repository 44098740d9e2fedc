"""Runs a program of documents/ in a network of its own, where port 6379 is free and ours.

The documents' code connects to localhost:6379, and stays as it is. tests/clients/run starts these
programs under `unshare -n`; here the loopback is brought up and the server started.
"""

import argparse
import fcntl
import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from support.server import Server  # noqa: E402  (needs the path above)

PORT = 6379
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def raise_loopback():
    """Turns `lo` on. Refuses to touch anything but a network that has only that."""
    interfaces = [name for _, name in socket.if_nameindex()]
    if interfaces != ["lo"]:
        sys.exit(f"not in a network of its own: {interfaces}")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sH14s", b"lo", 0, b"")
        (flags,) = struct.unpack_from("H", fcntl.ioctl(control, SIOCGIFFLAGS, request), 16)
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH14s", b"lo", flags | IFF_UP, b""))


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--use-cases", required=True)
    parser.add_argument("--server", required=True)
    parser.add_argument("server_options", nargs="*")
    return parser.parse_args()


def main(body):
    """Calls body(use_cases_folder) with a server on localhost:6379; its word is the exit code."""
    options = arguments()
    raise_loopback()
    with Server(options.server, *options.server_options, port=PORT) as server:
        good = body(options.use_cases)
    if server.failures:
        sys.exit("; ".join(server.failures))
    sys.exit(0 if good else 1)
