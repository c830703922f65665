"""What guards the live server: the names it answers to, its headers, an end to half-sent requests."""

import asyncio
import ipaddress
import socket
from contextlib import suppress
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""That of the site; styles may be in a page, as those of mails and of files to keep are."""
PATIENCE = 10.0
"""Seconds within which the head of a request has to be there."""


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, as itself sees it."""
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return host.lower() == "localhost"


def guarded(app: ASGIApp, host: str) -> ASGIApp:
    """Refuse requests for names that are not the server's, and add headers to responses.

    So a web page that rebinds its name to this address reads nothing. The server's names are those of this
    machine and the `host` that was named. On all addresses (0.0.0.0, ::) it has them all, but no other name.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", POLICY)
                headers.setdefault("X-Content-Type-Options", "nosniff")
            await send(message)

        named = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        name = named if named.endswith("]") else named.rpartition(":")[0] or named
        if _answers_to(name.strip("[]").lower(), host.strip("[]").lower()):
            await app(scope, receive, send_with_headers)
        else:
            refusal = "This server does not answer to that name. Name it with --host."
            await PlainTextResponse(refusal, 403)(scope, receive, send_with_headers)

    return answer


def _answers_to(name: str, host: str) -> bool:
    if is_loopback(name) or name == host:
        return True
    try:
        is_everywhere = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
    machine = socket.gethostname().lower()
    with suppress(ValueError):
        return is_everywhere and bool(ipaddress.ip_address(name))
    return is_everywhere and name in {machine, f"{machine}.local"}


class ImpatientProtocol(H11Protocol):
    """Closes a connection whose next request does not get whole in time, so that nobody can use them up."""

    _end: asyncio.TimerHandle | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait for the rest of a request's head."""
        self._wait()
        super().data_received(data)
        if not self._is_waiting():
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop()
        super().connection_lost(exc)

    def _is_waiting(self) -> bool:
        cycle: Any = self.cycle
        return cycle is None or cycle.response_complete

    def _wait(self) -> None:
        if not self._end and self._is_waiting():
            self._end = self.loop.call_later(PATIENCE, self._close)

    def _close(self) -> None:
        self.transport.close()

    def _stop(self) -> None:
        if self._end:
            self._end.cancel()
            self._end = None
