"""A line for each request: its status, the request, and the time until the response began."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from generator.serve.request_log import logged


def test_the_time_is_told_in_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((10.0, 10.25))
    lines: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("Read.", 404)(scope, receive, send)

    async def request() -> None:
        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            pass

        scope = {"type": "http", "method": "GET", "path": "/a b", "raw_path": b"/a%20b", "headers": []}
        await logged(app, lines.append)(scope, receive, send)

    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    with ThreadPoolExecutor(1) as pool:  # a browser of other tests may have the loop of this thread
        pool.submit(asyncio.run, request()).result()
    assert lines == ["404 GET /a%20b 250 ms"]
