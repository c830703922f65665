"""An SMTP server on loopback that answers a command as a test says, and all others as servers do."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

SILENCE = ""
"""No answer: the connection stays open."""
ORDINARY = {"BANNER": "220 here", "DATA": "354 go on", "MESSAGE": "250 taken", "QUIT": "221 bye"}


@contextmanager
def scripted(answers: Mapping[str, str]) -> Iterator[int]:
    """Yield the port of a server whose answers to some commands, BANNER and MESSAGE are given."""
    said = {**ORDINARY, **answers}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, said), daemon=True).start()
        yield int(listener.getsockname()[1])


def _accept(listener: socket.socket, said: Mapping[str, str]) -> None:
    while True:
        try:
            connection = listener.accept()[0]
        except OSError:
            return
        threading.Thread(target=_talk, args=(connection, said), daemon=True).start()


def _talk(connection: socket.socket, said: Mapping[str, str]) -> None:
    with connection, connection.makefile("rwb", buffering=0) as lines:
        command = "BANNER"
        while True:
            answer = said.get(command, "250 yes")
            if answer:
                lines.write(f"{answer}\r\n".encode())
            if command == "DATA" and answer.startswith("354"):
                while (line := lines.readline()) not in {b".\r\n", b""}:
                    pass
                command = "MESSAGE"
            else:
                line = lines.readline()
                command = line[:4].decode().strip().upper()
            if not line:
                return
