"""A line in the terminal for each request, where `broadsheet serve -v` asks for it."""

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def logged(app: ASGIApp, log: Callable[[str], None]) -> ASGIApp:
    """Log the status of each response, the request, and the time until the response began.

    `200 GET /papers/x/ 4 ms`
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        start = time.perf_counter()

        async def send_and_log(message: Message) -> None:
            if message["type"] == "http.response.start":
                path = scope["raw_path"].decode("latin-1")  # as it was sent: without control characters
                took = (time.perf_counter() - start) * 1000
                log(f"{message['status']} {scope['method']} {path} {took:.0f} ms")
            await send(message)

        await app(scope, receive, send_and_log)

    return answer
