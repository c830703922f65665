"""Write an issue as a mail message, and send it to subscribers."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from generator.engine.page import Page
from generator.engine.render import Renderer
from generator.engine.templates import read_templates
from generator.files import read_file
from generator.library.library import Library
from generator.library.paths import SITE
from generator.library.snapshot import read_library
from generator.mail.account import account
from generator.mail.addresses import Subscriber, read_subscribers
from generator.mail.delivery import Mailer, Progress, deliver_all
from generator.mail.journal import KEY_FILE, REFUSED_FILE, Delivery, Journal, open_journal
from generator.mail.message import SIGNATURE, addressed, as_draft
from generator.mail.server import RUN_AGAIN, SmtpServer
from generator.problem import Location, Problem, error, has_error, notice
from generator.settings import Mail
from generator.website.pages.mail import MailView, issue_mail, picks_mail, week_mail
from generator.words import count

KEY_VARIABLE = "BROADSHEET_MAIL_KEY"
"""Environment variable of the secret that signs addresses and names them in the journal."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as a mail message, or why there is none."""

    problems: tuple[Problem, ...] = ()
    days: tuple[dt.date, ...] = ()
    """Days of all issues, newest first."""
    settings: Mail = Mail()
    name: str = ""
    """Its name in the journal, such as "issue-2025-10-30"."""
    message: bytes = b""


class MailReport(msgspec.Struct, frozen=True, kw_only=True):
    """What sending did."""

    problems: tuple[Problem, ...]
    addresses: int = 0
    had: int = 0
    """Addresses that already had the mail."""
    refused: int = 0
    """Addresses that are left out, since the server refused them in an earlier run."""
    sent: int = 0

    @property
    def left(self) -> int:
        """Addresses that have not got the mail yet."""
        return self.addresses - self.had - self.refused - self.sent

    @property
    def summary(self) -> str:
        """What sending did, in a few words."""
        if has_error(self.problems) and not self.addresses:
            return "nothing sent"
        facts = [
            count(self.addresses, "address", "addresses"),
            f"{self.sent} sent",
            *([f"{self.had} had it"] if self.had else []),
            *([f"{self.refused} left out, refused before"] if self.refused else []),
            *([f"{self.left} not sent"] if self.left else []),
        ]
        return ", ".join(facts)


def write(root: Path, day: dt.date, *, week: bool = False, picks: bool = False) -> Letter:
    """Return the issue of a day, or of its week, or only its picks, as a message.

    The letter is without a message if the digest has errors or nothing of that day.
    """
    content = read_library(root)
    if content.library is None or has_error(content.problems):
        return Letter(problems=content.problems)
    library = content.library
    days = tuple(issue.day for issue in library.issues if issue.day)
    letter = Letter(days=days, settings=library.site.mail)
    view = _view(library, day, week=week, picks=picks)
    if view is None:
        return letter
    templates = read_templates(root)
    if templates.problems:
        return msgspec.structs.replace(letter, problems=templates.problems)
    message = Renderer(templates).render(Page(path="mail.eml", template="mail.eml", view=view))
    if isinstance(message, Problem):
        return msgspec.structs.replace(letter, problems=(message,))
    return msgspec.structs.replace(letter, name=view.name, message=message)


def _view(library: Library, day: dt.date, *, week: bool, picks: bool) -> MailView | None:
    if week:
        view = week_mail(library, day)
    else:
        view = next((issue_mail(library, issue) for issue in library.issues if issue.day == day), None)
    return picks_mail(view) if view and picks else view


def server_of(root: Path, mail: Mail) -> SmtpServer | Problem:
    """Return the server that site.yaml names, with the login there, or why there is none."""
    place = Location(path=SITE)
    if mail.server is None:
        hint = "Add `server:` below `mail:`, and below that `host:` and `user:`; or name one with --smtp."
        return error(place, "The digest has no mail server.", hint)
    return account(root, mail.server, place)


def send(letter: Letter, file: Path, journal: Path, server: SmtpServer, track: Progress) -> MailReport:
    """Send a letter to all addresses in a file, except those that have it according to the journal."""
    if problem := _obstacle(letter.settings):
        return MailReport(problems=(problem,))
    try:
        with _open(letter, file, journal) as found:
            if isinstance(found, MailReport):
                return found
            mailer = Mailer(server, str(letter.settings.address), _composer(letter), found.journal)
            problems = (*found.report.problems, *deliver_all(found.waiting, mailer, track))
            reached = [found.journal.status(subscriber.mailbox) for subscriber in found.waiting]
            return msgspec.structs.replace(found.report, problems=problems, sent=reached.count(Delivery.SENT))
    except OSError as flaw:
        return _unusable(flaw, file)


def count_waiting(letter: Letter, file: Path, journal: Path) -> MailReport:
    """Count the addresses to which `send` would send. Nothing is sent, and the journal does not change."""
    try:
        with TemporaryDirectory() as folder:
            copy = Path(folder) / "journal"
            copy.mkdir()
            for name in (KEY_FILE, REFUSED_FILE, letter.name):
                if (journal / name).exists():
                    (copy / name).write_bytes(read_file(journal / name))
            with _open(letter, file, copy) as found:
                return _with_path(found if isinstance(found, MailReport) else found.report, copy, journal)
    except OSError as flaw:
        return _unusable(flaw, file)


def send_test(letter: Letter, address: str, server: SmtpServer) -> MailReport:
    """Send a letter to one address. The journal does not record it.

    Its Message-ID depends on its content, so that no mailbox takes the next test, or the issue, for a copy.
    """
    draft = msgspec.structs.replace(letter, message=as_draft(letter.message))
    with TemporaryDirectory() as folder:
        file = Path(folder).resolve() / "--test"
        file.write_text(address)
        report = send(draft, file, Path(folder) / "journal", server, iter)
    return _with_path(report, file, Path(file.name))


def _with_path(report: MailReport, path: Path, instead: Path) -> MailReport:
    """Return a report whose problems name the path `instead` in place of `path`."""
    problems: list[Problem] = []
    for problem in report.problems:
        place, below = problem.location, problem.location.path.removeprefix(str(path))
        if below != place.path:
            place = Location(path=f"{instead}{below}", line=place.line if below else 0, text=place.text)
        problems.append(msgspec.structs.replace(problem, location=place))
    return msgspec.structs.replace(report, problems=tuple(problems))


class _Recipients(NamedTuple):
    """The addresses that wait for a letter, the open journal, and a report before anything is sent."""

    waiting: list[Subscriber]
    journal: Journal
    report: MailReport


@contextmanager
def _open(letter: Letter, file: Path, folder: Path) -> Iterator[_Recipients | MailReport]:
    found, problems = read_subscribers(file.read_bytes(), str(file.resolve()))
    with open_journal(folder, letter.name, os.environ.get(KEY_VARIABLE, "")) as journal:
        if isinstance(journal, Problem):
            yield MailReport(problems=(journal,))
            return
        status = {subscriber: journal.status(subscriber.mailbox) for subscriber in found}
        refused = [subscriber for subscriber in found if status[subscriber] is Delivery.REFUSED]
        had = [subscriber for subscriber in found if status[subscriber] is Delivery.SENT]
        report = MailReport(
            problems=(*problems, *map(_refused_before, refused)),
            addresses=len(found),
            had=len(had),
            refused=len(refused),
        )
        done = {*had, *refused}
        yield _Recipients([subscriber for subscriber in found if subscriber not in done], journal, report)


def _unusable(flaw: OSError, file: Path) -> MailReport:
    place = Location(path=str(flaw.filename or file.resolve()))
    message = f"Cannot read or write this: {flaw.strerror}."
    return MailReport(problems=(error(place, message, RUN_AGAIN),))


def _obstacle(mail: Mail) -> Problem | None:
    """Return why nothing can be sent."""
    if mail.address is None:
        hint = "Add `mail:` and below it `address:`. Bounces go there."
        return error(Location(path=SITE), "The digest has no sender address.", hint)
    if not os.environ.get(KEY_VARIABLE) and any(SIGNATURE in way for way in mail.unsubscribe):
        hint = f"Set {KEY_VARIABLE} to the secret that the page at this address has too."
        return error(Location(path=SITE), "Addresses to unsubscribe cannot be signed.", hint)
    return None


def _refused_before(subscriber: Subscriber) -> Problem:
    message = "The server did not know this address before, so nothing was sent to it."
    return notice(subscriber.place, message, "Correct or remove the line.")


def _composer(letter: Letter) -> Callable[[Subscriber], bytes]:
    ways, secret = letter.settings.unsubscribe, os.environ.get(KEY_VARIABLE, "")
    return lambda to: addressed(letter.message, to, ways, secret, dt.datetime.now(dt.UTC))
