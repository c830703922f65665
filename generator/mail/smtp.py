"""Send an issue by SMTP (RFC 5321): one message to each address, recorded in the journal before and after.

A delivery that is recorded as sent is not repeated; all others are. One case no sender can decide: the server
has taken a message, and the connection or this process ends before the reply arrives (RFC 1047). That message
is sent again, so that nobody is left out; mailboxes recognize a copy by its Message-ID; and it is reported.

STARTTLS is used where the server offers it. Certificates are not verified, as between servers: this prevents
reading on the way, and a server without it is accepted as well (RFC 7435).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from smtplib import SMTP, SMTPResponseException
from typing import NamedTuple

from generator.mail.addresses import Subscriber
from generator.mail.journal import Delivery, Journal
from generator.mail.message import to_recipient
from generator.problem import Location, Problem, error, notice
from generator.words import count

TIMEOUT = 600
"""Seconds that a reply may take: the longest that RFC 5321, 4.5.3.2.6 asks a client to wait."""
RUN_AGAIN = "Run the same command again: nobody who has the issue gets it twice."

Progress = Callable[[list[Subscriber]], Iterable[Subscriber]]
"""Passes on the subscribers one by one, and may show a progress bar."""


class SmtpServer(NamedTuple):
    """The server that takes the messages."""

    host: str
    port: int


def parse_server(text: str) -> SmtpServer | None:
    """Return the server at an address such as "localhost:25" or "[::1]:25"; None if it is not one."""
    host, _, port = text.rpartition(":")
    try:
        host.encode("idna")
    except UnicodeError:
        return None
    is_port = port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536
    return SmtpServer(host.strip("[]"), int(port)) if host and is_port else None


class Reply(NamedTuple):
    """A server's reply, only the codes: its text may quote addresses."""

    code: int
    status: str = ""
    """Enhanced status code (RFC 3463), if it has one."""

    @property
    def positive(self) -> bool:
        """Whether the command succeeded."""
        return 200 <= self.code < 300

    def __str__(self) -> str:
        return f"{self.code} {self.status}".rstrip()


CLOSED = Reply(421)
"""The connection is closed, whether the server said so or not."""


class Mailer:
    """Sends a message to one address after the other, over one connection as long as it lasts."""

    def __init__(self, server: SmtpServer, sender: str, mail: bytes, journal: Journal) -> None:
        self._server = server
        self._sender = sender
        self._mail = mail
        self._journal = journal
        self._smtp: SMTP | None = None
        self.repeated: list[Subscriber] = []
        """Subscribers who were sent the message and may have had it before."""

    def close(self) -> None:
        """End the connection as a client should, with QUIT."""
        if self._smtp:
            _reply(self._smtp.quit)
            self._disconnect()

    def deliver(self, subscriber: Subscriber) -> Reply | str:
        """Return the server's reply, or in words why it accepts no message at all."""
        new = self._smtp is None
        reply = self._attempt(subscriber)
        if reply == CLOSED and not new:  # servers end a connection after so many messages
            reply = self._attempt(subscriber)
        return reply

    def _attempt(self, subscriber: Subscriber) -> Reply | str:
        new = self._smtp is None
        try:
            smtp = self._smtp = self._smtp or _connected(self._server)
        except OSError as exc:
            reason = exc.strerror or "it closes the connection or does not reply"
            if isinstance(exc, SMTPResponseException):
                reason = f"it replies {exc.smtp_code}"
            return f"Cannot connect to {self._server.host}:{self._server.port}: {reason}."
        reply = _reply(partial(smtp.mail, self._sender))
        if not reply.positive:
            self._disconnect()
            refused = f"The server refuses this sender: {reply}."
            return refused if new and reply != CLOSED else CLOSED
        reply = self._send(smtp, subscriber)
        if reply == CLOSED:
            self._disconnect()
        elif not reply.positive:
            _reply(smtp.rset)
        return reply

    def _send(self, smtp: SMTP, subscriber: Subscriber) -> Reply:
        reply = _reply(partial(smtp.rcpt, subscriber.address))
        if reply.positive:
            in_doubt = self._journal.status(subscriber.mailbox) is Delivery.BEGUN
            self._journal.record(subscriber.mailbox, Delivery.BEGUN)
            reply = _reply(partial(smtp.data, to_recipient(self._mail, subscriber.address)))
            if reply != CLOSED:
                status = Delivery.SENT if reply.positive else Delivery.REFUSED
                self._journal.record(subscriber.mailbox, status)
            if reply.positive and in_doubt:
                self.repeated.append(subscriber)
        return reply

    def _disconnect(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None


def deliver_all(waiting: list[Subscriber], mailer: Mailer, progress: Progress) -> Iterator[Problem]:
    """Send to all who wait, one by one; yield a problem for each address that was not reached."""
    lost = 0
    with closing(mailer):
        for number, subscriber in enumerate(progress(waiting)):
            reply = mailer.deliver(subscriber)
            lost = lost + 1 if reply == CLOSED else 0
            if lost == 2:
                reply = "The server closes the connection at every message."
            if isinstance(reply, str):
                message = f"{reply} {count(len(waiting) - number, 'address is', 'addresses are')} left."
                yield error(Location(path=subscriber.place.path), message, RUN_AGAIN)
                break
            if not reply.positive:
                yield _refusal(reply, subscriber.place)
    for subscriber in mailer.repeated:
        message = "The connection ended while this message was sent: the server may have it already."
        hint = "It was sent again, with the same Message-ID: mailboxes recognize a copy."
        yield notice(subscriber.place, message, hint)


def _refusal(reply: Reply, place: Location) -> Problem:
    if reply == CLOSED:
        return error(place, "The server closed the connection at this address.", RUN_AGAIN)
    if reply.code < 500:
        return error(place, f"The server defers mail to this address: {reply}.", RUN_AGAIN)
    return error(place, f"The server refuses mail to this address: {reply}.", "Correct or remove the line.")


def _connected(server: SmtpServer) -> SMTP:
    smtp = SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        smtp.ehlo_or_helo_if_needed()
        if smtp.has_extn("starttls"):
            smtp.starttls()
            smtp.ehlo_or_helo_if_needed()  # what was sent before encryption is void (RFC 3207, 4.2)
    except OSError:
        smtp.close()
        raise
    return smtp


def _reply(command: Callable[[], tuple[int, bytes]]) -> Reply:
    try:
        code, text = command()
    except SMTPResponseException as exc:
        code, text = exc.smtp_code, b""
    except OSError:  # those of smtplib included
        return CLOSED
    status = _STATUS.match(text)
    return CLOSED if code in {CLOSED.code, -1} else Reply(code, status[0].decode() if status else "")


_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
