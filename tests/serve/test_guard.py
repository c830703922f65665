"""The names that the live server answers to, by the address that it was told to listen on."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message

from generator.serve.guard import guarded

MACHINE = socket.gethostname()


def status(host: str, name: str) -> int:
    """Return the status of a request by a name to a server that listens on a host."""
    sent: list[Message] = []

    async def request() -> None:
        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", name.encode("latin-1"))]}
        await guarded(PlainTextResponse("Read."), host)(scope, receive, send)

    with ThreadPoolExecutor(1) as pool:  # a browser of other tests may have the loop of this thread
        pool.submit(asyncio.run, request()).result()
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    ("host", "answered", "refused"),
    [
        (
            "127.0.0.1",
            ["localhost", "LOCALHOST:1", "127.0.0.1:8000", "127.3.2.1", "[::1]", "[::1]:8000"],
            ["", "evil.example", "192.168.1.7", f"{MACHINE}:8000", "127.0.0.1.evil.example"],
        ),
        ("192.168.1.7", ["192.168.1.7:8000", "localhost"], ["192.168.1.8", MACHINE, "evil.example"]),
        (
            "Digest.example",
            ["digest.example:80", "DIGEST.EXAMPLE", "localhost"],
            ["a.digest.example", MACHINE],
        ),
        (
            "0.0.0.0",
            [MACHINE, f"{MACHINE}.local:8000", "192.168.1.7:8000", "[2001:db8::1]", "localhost"],
            ["evil.example", "192.168.1.7.evil.example:80", f"{MACHINE}.evil.example"],
        ),
        ("::", ["[2001:db8::1]:80", MACHINE], ["evil.example"]),
    ],
)
def test_it_answers_to_its_own_names_only(host: str, answered: list[str], refused: list[str]) -> None:
    assert {name: status(host, name) for name in answered} == dict.fromkeys(answered, 200)
    assert {name: status(host, name) for name in refused} == dict.fromkeys(refused, 403)
