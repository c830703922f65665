"""Sending an issue by SMTP (RFC 5321): a message to each address, on record before and after.

What is on record as sent is never sent again; all else is. One moment is beyond any sender: the server has
taken a message, and the connection or this process ends before we know (RFC 1047). That mail is sent again,
since nobody must be left out, under the same Message-ID, by which mailboxes know a copy; and it is reported.

STARTTLS is used where the server offers it. No certificate is asked for, as between servers: listeners are
kept out, and a server without it is taken as well (RFC 7435).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from smtplib import SMTP, SMTPResponseException
from typing import NamedTuple, Self

from generator.mail.addresses import Subscriber
from generator.mail.journal import Journal, Mark
from generator.mail.message import addressed
from generator.problem import Location, Problem, error, notice
from generator.words import count

PATIENCE = 600
"""Seconds that an answer may take: the longest that RFC 5321, 4.5.3.2.6 asks a client to wait."""

Track = Callable[[list[Subscriber]], Iterable[Subscriber]]
"""Passes on the subscribers one by one, and may show how far it is."""


class Server(NamedTuple):
    """Where mail is handed over."""

    host: str
    port: int


def server_at(text: str) -> Server | None:
    """Return the server that "localhost:25" or "[::1]:25" means, None where it means none."""
    host, _, port = text.rpartition(":")
    try:
        host.encode("idna")
    except UnicodeError:
        return None
    is_port = port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536
    return Server(host.strip("[]"), int(port)) if host and is_port else None


class Reply(NamedTuple):
    """What a server answers: codes alone, since its words may quote addresses."""

    code: int
    status: str = ""
    """Enhanced status code (RFC 3463), where it gives one."""

    @property
    def positive(self) -> bool:
        """Whether it did what it was asked."""
        return 200 <= self.code < 300

    def __str__(self) -> str:
        return f"{self.code} {self.status}".rstrip()


GONE = Reply(421)
"""The connection is closed, whether the server said so or not."""


class Postman:
    """Hands over a message to one address after the other, on one connection as long as it lasts."""

    def __init__(self, server: Server, sender: str, mail: bytes, journal: Journal) -> None:
        self._server = server
        self._sender = sender
        self._mail = mail
        self._journal = journal
        self._smtp: SMTP | None = None
        self.repeated: list[Subscriber] = []
        """Who was sent the message now and may have had it before."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp:
            _answer(self._smtp.quit)
            self._hang_up()

    def deliver(self, subscriber: Subscriber) -> Reply | str:
        """Return what the server answers, or in words why it takes nothing from us at all."""
        new = self._smtp is None
        reply = self._attempt(subscriber)
        if reply == GONE and not new:  # servers end a connection after so many messages
            reply = self._attempt(subscriber)
        return reply

    def _attempt(self, subscriber: Subscriber) -> Reply | str:
        new = self._smtp is None
        try:
            smtp = self._smtp = self._smtp or _connected(self._server)
        except OSError as flaw:
            return f"The server at {self._server.host}:{self._server.port} cannot be used: {_reason(flaw)}."
        reply = _answer(partial(smtp.mail, self._sender))
        if not reply.positive:
            self._hang_up()
            return f"The server takes no mail of this digest: {reply}." if new and reply != GONE else GONE
        reply = self._hand_over(smtp, subscriber)
        if reply == GONE:
            self._hang_up()
        elif not reply.positive:
            _answer(smtp.rset)
        return reply

    def _hand_over(self, smtp: SMTP, subscriber: Subscriber) -> Reply:
        reply = _answer(partial(smtp.rcpt, subscriber.address))
        if reply.positive:
            in_doubt = self._journal.mark(subscriber.mailbox) is Mark.BEGUN
            self._journal.note(subscriber.mailbox, Mark.BEGUN)
            reply = _answer(partial(smtp.data, addressed(self._mail, subscriber.address)))
            if reply != GONE:
                self._journal.note(subscriber.mailbox, Mark.SENT if reply.positive else Mark.REFUSED)
            if reply.positive and in_doubt:
                self.repeated.append(subscriber)
        return reply

    def _hang_up(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None


AGAIN = "Run the same command again: who has the mail is on record and does not get it twice."


def post(waiting: list[Subscriber], postman: Postman, track: Track) -> Iterator[Problem]:
    """Send to all who wait, one by one, and yield whom it did not reach and why."""
    lost = 0
    with postman:
        for number, subscriber in enumerate(track(waiting)):
            reply = postman.deliver(subscriber)
            lost = lost + 1 if reply == GONE else 0
            if lost == 2:
                reply = "The server hangs up on every message."
            if isinstance(reply, str):
                message = f"{reply} {count(len(waiting) - number, 'address waits', 'addresses wait')}."
                yield error(Location(path=subscriber.place.path), message, AGAIN)
                break
            if not reply.positive:
                yield _refusal(reply, subscriber.place)
    for subscriber in postman.repeated:
        message = "Nobody knows whether the server had the mail to this address before it was cut off."
        yield notice(
            subscriber.place, message, "It was sent again, as the same message: mailboxes know a copy."
        )


def _refusal(reply: Reply, place: Location) -> Problem:
    if reply == GONE:
        return error(place, "The server hung up on this address.", AGAIN)
    if reply.code < 500:
        return error(place, f"The server does not take mail to this address now: {reply}.", AGAIN)
    return error(place, f"The server refuses mail to this address: {reply}.", "Mend the line or remove it.")


def _connected(server: Server) -> SMTP:
    smtp = SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        smtp.ehlo_or_helo_if_needed()
        if smtp.has_extn("starttls"):
            smtp.starttls()
            smtp.ehlo_or_helo_if_needed()  # what was said in the clear is void (RFC 3207, 4.2)
    except OSError:
        smtp.close()
        raise
    return smtp


def _reason(flaw: OSError) -> str:
    if isinstance(flaw, SMTPResponseException):
        return f"it answers {flaw.smtp_code}"
    return flaw.strerror or "it hangs up or keeps silent"


def _answer(command: Callable[[], tuple[int, bytes]]) -> Reply:
    try:
        code, words = command()
    except SMTPResponseException as flaw:
        code, words = flaw.smtp_code, b""
    except OSError:  # smtplib's own are such
        return GONE
    status = _STATUS.match(words)
    return GONE if code in {GONE.code, -1} else Reply(code, status[0].decode() if status else "")


_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
