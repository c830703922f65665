"""A real SMTP server on loopback. It keeps its messages; addresses such as `refused-1@...` make it fail."""

import asyncio
import email
import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

ANSWERS = {
    "refused": "550 5.1.1 <{}>: no such user",
    "busy": "450 4.2.1 <{}> is busy",
    "shut": "421 4.3.2 not for {}",
}
"""Replies to RCPT, by what the address begins with."""


class Mailbox:
    """The messages that the server took, and how it behaves."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, bytes]] = []
        self.connections = 0
        self.encrypted = 0
        self.sender_answer = "250 2.1.0 OK"
        self.messages_a_connection = 10**9
        self.delay = 0.0
        self._dropped: set[str] = set()
        for command in ("EHLO", "MAIL", "RCPT", "DATA"):
            setattr(self, f"handle_{command}", getattr(self, f"_{command.lower()}"))

    @property
    def recipients(self) -> list[str]:
        return [address for address, _ in self.kept]

    @property
    def copies(self) -> set[tuple[str, str]]:
        """The messages without copies, which have the same Message-ID."""
        return {(address, str(email.message_from_bytes(data)["Message-ID"])) for address, data in self.kept}

    async def _ehlo(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        session.host_name = name
        self.encrypted += bool(session.ssl)
        self.connections += not session.ssl
        self._left = self.messages_a_connection
        return answers

    async def _mail(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self._left:
            return "421 4.7.0 enough"
        self._left -= 1
        envelope.mail_from = address
        return self.sender_answer

    async def _rcpt(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return ANSWERS.get(address.partition("-")[0], "250 2.1.5 OK").format(address)

    async def _data(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.delay)
        address = envelope.rcpt_tos[0]
        kind = address.partition("-")[0]
        if kind == "spam":
            return f"554 5.7.1 not to {address}"
        once = kind in {"lost", "swallowed"} and address not in self._dropped
        self._dropped.add(address)
        if kind != "lost" or not once:
            assert isinstance(envelope.content, bytes)
            assert len(envelope.rcpt_tos) == 1
            self.kept.append((address, envelope.content))
        if once or kind == "poison":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        await asyncio.sleep(self.delay)
        return "250 2.0.0 OK"


@contextmanager
def running(
    mailbox: Mailbox,
    security: str = "none",
    context: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
) -> Iterator[int]:
    """Yield the port at which a server serves the mailbox, with a login only to the one who knows it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    ways: dict[str, dict[str, Any]] = {
        "none": {},
        "starttls": {"tls_context": context, "require_starttls": True},
        "tls": {"ssl_context": context},
    }
    options = ways[security]
    if login:
        expected = LoginPassword(*(part.encode() for part in login))
        options |= {
            "auth_required": True,
            "auth_require_tls": security == "starttls",
            "authenticator": lambda *told: AuthResult(success=told[-1] == expected, handled=False),
        }
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    with warnings.catch_warnings():
        # it does not see that a connection which began with TLS is encrypted
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS", UserWarning)
        controller.start()
        try:
            yield port
        finally:
            controller.stop()
