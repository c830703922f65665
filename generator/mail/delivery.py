"""Send an issue by SMTP (RFC 5321): one message to each address, recorded in the journal before and after.

A message that is recorded as sent is not sent again, and an address that the server does not know is left
out. If a server refuses every address, none is recorded as unknown: it may take no mail from this sender.

In one case no sender can know whether a message was taken: the connection or this process ends before the
server's reply arrives (RFC 1047). That message is sent again and reported; mailboxes recognize a copy by its
Message-ID.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from smtplib import SMTP, SMTPResponseException
from typing import NamedTuple

from generator.mail.addresses import Subscriber
from generator.mail.journal import Delivery, Journal
from generator.mail.server import RUN_AGAIN, TIMEOUT, Refusal, SmtpServer, connected, refused_sender
from generator.problem import Location, Problem, error, notice
from generator.words import count

LOGIN_WANTED = 530
"""The code of a server that takes nothing before a login or encryption (RFC 4954, RFC 3207)."""

Progress = Callable[[list[Subscriber]], Iterable[Subscriber]]
"""Passes on the subscribers one by one; it may wait in between, and show a progress bar."""


class Reply(NamedTuple):
    """A server's reply, only the codes: its text may quote addresses."""

    code: int
    status: str = ""
    """Enhanced status code (RFC 3463), if it has one."""
    to_rcpt: bool = False
    """Whether it is about the address, and not about the message."""

    @property
    def positive(self) -> bool:
        """Whether the command succeeded."""
        return 200 <= self.code < 300

    @property
    def ended(self) -> bool:
        """Whether it ended the connection."""
        return self.code == CLOSED.code

    @property
    def no_mailbox(self) -> bool:
        """Whether the recipient's address is wrong, now and for ever (RFC 3463, 3.2; RFC 5321, 4.2.2)."""
        if self.code < 500:
            return False
        return self.status in _WRONG_ADDRESS if self.status else self.to_rcpt and self.code in {550, 551, 553}

    def __str__(self) -> str:
        return f"{self.code} {self.status}".rstrip()


CLOSED = Reply(421)
"""The connection is closed, whether the server said so or not."""
SILENT = Reply(421, "4.4.2")
"""The server gave no answer in time, so that the connection was closed."""
_WRONG_ADDRESS = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
"""Statuses of recipients: 5.1.7 and 5.1.8 are about the sender, 5.1.0 may be."""


class Mailer:
    """Sends a message to one address after the other, over one connection as long as it lasts."""

    def __init__(
        self, server: SmtpServer, sender: str, compose: Callable[[Subscriber], bytes], journal: Journal
    ) -> None:
        self._server = server
        self._sender = sender
        self._compose = compose
        self._journal = journal
        self._smtp: SMTP | None = None
        self.repeated: list[Subscriber] = []
        """Subscribers who were sent the message and may have had it before."""
        self.accepts = False
        """Whether the server has accepted a recipient."""
        self._unknown: list[Subscriber] = []

    @property
    def server(self) -> SmtpServer:
        """The server that it sends through."""
        return self._server

    @property
    def journal(self) -> Journal:
        """The journal that it records deliveries in."""
        return self._journal

    def close(self) -> None:
        """End the connection as a client should, with QUIT."""
        if self._smtp:
            _reply(self._smtp.quit)
            self._disconnect()

    def deliver(self, subscriber: Subscriber) -> Reply | Refusal:
        """Return the server's reply, or why it accepts no message at all.

        Raises OSError where the journal cannot be written.
        """
        new = self._smtp is None
        reply = self._attempt(subscriber)
        if isinstance(reply, Reply) and reply.ended and not new:
            reply = self._attempt(subscriber)  # servers end a connection after so many messages
        return reply

    def _attempt(self, subscriber: Subscriber) -> Reply | Refusal:
        new = self._smtp is None
        smtp = self._smtp or connected(self._server)
        if isinstance(smtp, Refusal):
            return smtp
        self._smtp = smtp
        reply = _reply(partial(smtp.mail, self._sender))
        if not reply.positive:
            self._disconnect()
            return refused_sender(str(reply), reply.code) if new and not reply.ended else _ended(reply)
        reply = self._send(smtp, subscriber)
        if reply.code == LOGIN_WANTED:
            return refused_sender(str(reply), reply.code)
        if reply.ended:
            self._disconnect()
        elif not reply.positive:
            _reply(smtp.rset)
        return reply

    def _send(self, smtp: SMTP, subscriber: Subscriber) -> Reply:
        reply = _reply(partial(smtp.rcpt, subscriber.address))._replace(to_rcpt=True)
        if reply.positive:
            self.accepts = True
        elif reply.no_mailbox:
            self._unknown.append(subscriber)
        if self.accepts:
            for unknown in self._unknown:
                self._journal.record(unknown.mailbox, Delivery.REFUSED)
            self._unknown.clear()
        if not reply.positive:
            return reply
        in_doubt = self._journal.status(subscriber.mailbox) is Delivery.BEGUN
        self._journal.record(subscriber.mailbox, Delivery.BEGUN)
        reply = _reply(partial(smtp.data, self._compose(subscriber)))
        if not reply.ended:
            self._journal.record(subscriber.mailbox, _outcome(reply))
        if reply.positive and in_doubt:
            self.repeated.append(subscriber)
        return reply

    def _disconnect(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None


def _outcome(reply: Reply) -> Delivery:
    """Return how a delivery ended whose message the server has answered."""
    if reply.positive:
        return Delivery.SENT
    return Delivery.REFUSED if reply.no_mailbox else Delivery.FAILED


def deliver_all(waiting: list[Subscriber], mailer: Mailer, progress: Progress) -> Iterator[Problem]:
    """Send to all who wait, one by one; yield a problem for each address that was not reached."""
    failed: list[tuple[Reply, Subscriber]] = []
    end: list[Problem] = []
    lost = 0
    with closing(mailer):
        for number, subscriber in enumerate(progress(waiting)):
            left = count(len(waiting) - number, "address is", "addresses are")
            try:
                reply = mailer.deliver(subscriber)
            except OSError as flaw:
                end = [_unwritten(mailer.journal, flaw, left)]
                break
            if isinstance(reply, Reply):
                lost = lost + 1 if reply.ended else 0
                reply = _given_up(reply) if lost == 2 else reply
            if isinstance(reply, Refusal):
                end = [error(mailer.server.place, f"{reply.message} {left} left.", reply.hint)]
                break
            if not reply.positive:
                failed.append((reply, subscriber))
    for reply, subscriber in failed:
        yield _delivery_problem(reply, subscriber.place, accepts=mailer.accepts)
    yield from end
    for subscriber in mailer.repeated:
        message = "The connection ended while this message was sent: the server may have it already."
        hint = "It was sent again, with the same Message-ID: mailboxes recognize a copy."
        yield notice(subscriber.place, message, hint)


def _ended(reply: Reply) -> Reply:
    return reply if reply.ended else CLOSED


def _given_up(reply: Reply) -> Refusal:
    if reply.status == SILENT.status:
        return Refusal(f"The server gives no answer within {TIMEOUT} seconds, time and again.", RUN_AGAIN)
    return Refusal("The server closes the connection at every message.", RUN_AGAIN)


def _unwritten(journal: Journal, flaw: OSError, left: str) -> Problem:
    message = f"The delivery journal cannot be written: {flaw.strerror}. {left} left."
    return error(Location(path=str(journal.folder)), message, f"Correct that. {RUN_AGAIN}")


def paced(subscribers: Iterable[Subscriber], a_minute: int | None) -> Iterator[Subscriber]:
    """Pass on subscribers, at most so many a minute; as fast as they are taken without a number."""
    due = time.monotonic()
    for subscriber in subscribers:
        time.sleep(max(0, due - time.monotonic()))
        due = time.monotonic() + (60 / a_minute if a_minute else 0)
        yield subscriber


def _delivery_problem(reply: Reply, place: Location, *, accepts: bool) -> Problem:
    if reply.ended:
        silent = f"The server gave no answer at this address within {TIMEOUT} seconds."
        closed = "The server closed the connection at this address."
        return error(place, silent if reply.status == SILENT.status else closed, RUN_AGAIN)
    if reply.no_mailbox and not accepts:
        hint = "It refuses every address. Ask the provider if this account may send, or correct the line."
        return error(place, f"The server refuses mail to this address: {reply}.", hint)
    if reply.no_mailbox:
        hint = "Correct or remove the line; until then no issue is sent to it."
        return error(place, f"The server knows no such address: {reply}.", hint)
    if reply.code < 500:
        hint = f"Wait some minutes. {RUN_AGAIN}"
        return error(place, f"The server defers mail to this address: {reply}.", hint)
    hint = "Ask the provider why; remove the line if the server keeps refusing."
    return error(place, f"The server refuses mail to this address: {reply}.", hint)


def _reply(command: Callable[[], tuple[int, bytes]]) -> Reply:
    try:
        code, text = command()
    except SMTPResponseException as exc:
        said = exc.smtp_error
        code, text = exc.smtp_code, said.encode() if isinstance(said, str) else said
    except OSError as exc:  # those of smtplib included
        return SILENT if isinstance(exc.__context__ or exc, TimeoutError) else CLOSED
    if code in {CLOSED.code, -1}:
        return CLOSED
    status = _STATUS.match(text)
    return Reply(code, status[0].decode() if status else "")


_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
