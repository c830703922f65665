"""The names that the live server answers to, by its own address, and the requests that it gives up."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message
from uvicorn import Config
from uvicorn.server import ServerState

from generator.serve.guard import PATIENCE, ImpatientProtocol, guarded

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


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time goes on only when it is told to."""

    now = 0.0

    def time(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.call_soon(self.stop)
        self.run_forever()


class Connection(asyncio.Transport):
    """A client that keeps what it is sent."""

    is_closed = False
    received = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.received += data

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed


WHOLE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "answers", "is_given_up"),
    [
        ([], 0, True),
        ([WHOLE[:9]], 0, True),
        ([WHOLE[:9], WHOLE[9:20]], 0, True),
        ([WHOLE], 1, False),
        ([WHOLE[:9], WHOLE[9:]], 1, False),
        ([WHOLE, WHOLE[:9]], 1, True),
        ([WHOLE, WHOLE[:9], WHOLE[9:]], 2, False),
    ],
)
def test_a_request_that_is_not_whole_in_time_is_given_up(
    sent: list[bytes], answers: int, is_given_up: bool
) -> None:
    def run() -> tuple[int, bool]:
        clock, connection = Clock(), Connection()
        config = Config(PlainTextResponse("Read."), log_config=None, timeout_keep_alive=1000)
        config.load()
        protocol = ImpatientProtocol(config, ServerState(), {}, clock)
        protocol.connection_made(connection)
        for part in sent:
            protocol.data_received(part)
            clock.wait(PATIENCE / (len(sent) + 1))
        clock.wait(PATIENCE)
        clock.close()
        return connection.received.count(b"Read."), connection.is_closed

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(run).result() == (answers, is_given_up)
