"""With this folder on PYTHONPATH, every Python can only connect to its own machine."""

import socket


def only_here(connect):
    def checked(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("localhost", "127.0.0.1", "::1"):
            raise OSError(f"this test has no network, but the code connects to {address[0]}")
        return connect(self, address)

    return checked


socket.socket.connect = only_here(socket.socket.connect)
socket.socket.connect_ex = only_here(socket.socket.connect_ex)
