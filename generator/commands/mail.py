"""Mail an issue: write it as a message, and send it to subscribers."""

import datetime as dt
from pathlib import Path

import msgspec

from generator.engine.page import Page
from generator.engine.render import Renderer
from generator.engine.templates import read_templates
from generator.library.snapshot import read_library
from generator.mail.addresses import read_subscribers
from generator.mail.journal import Delivery, open_journal
from generator.mail.smtp import RUN_AGAIN, Mailer, Progress, SmtpServer, deliver_all
from generator.problem import Location, Problem, error, has_error
from generator.website.pages.mail import mail_view
from generator.words import count


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as a message, or why it cannot be one."""

    problems: tuple[Problem, ...] = ()
    days: tuple[dt.date, ...] = ()
    """Days of all issues, newest first."""
    sender: str | None = None
    """The digest's address, if it has one."""
    message: bytes = b""


class MailReport(msgspec.Struct, frozen=True, kw_only=True):
    """What sending did."""

    problems: tuple[Problem, ...]
    addresses: int = 0
    had: int = 0
    """Addresses that already had the mail."""
    sent: int = 0

    @property
    def summary(self) -> str:
        """What sending did, in a few words."""
        left = self.addresses - self.had - self.sent
        facts = [
            count(self.addresses, "address", "addresses"),
            f"{self.sent} sent",
            *([f"{self.had} had it"] if self.had else []),
            *([f"{left} not sent"] if left else []),
        ]
        return ", ".join(facts)


def write(root: Path, day: dt.date) -> Letter:
    """Return the issue of a day as a message, an empty one if the digest has errors or no such issue."""
    reading = read_library(root)
    if reading.library is None or has_error(reading.problems):
        return Letter(problems=reading.problems)
    dated = {issue.day: issue for issue in reading.library.issues if issue.day}
    letter = Letter(days=tuple(dated), sender=reading.library.site.mail.address)
    if day not in dated:
        return letter
    page = Page(path="mail.eml", template="mail.eml", view=mail_view(reading.library, dated[day]))
    message = Renderer(read_templates(root)).render(page)
    if isinstance(message, Problem):
        return msgspec.structs.replace(letter, problems=(message,))
    return msgspec.structs.replace(letter, message=message)


def send(
    root: Path, day: dt.date, letter: Letter, file: Path, server: SmtpServer, track: Progress
) -> MailReport:
    """Send a letter to everyone whom a file names and who does not have it yet."""
    if letter.sender is None:
        hint = "Add `mail:` and below it `address:`. Bounces go there."
        problem = error(Location(path="content/site.yaml"), "The digest has no sender address.", hint)
        return MailReport(problems=(problem,))
    problems: tuple[Problem, ...] = ()
    try:
        found, problems = read_subscribers(file.read_bytes(), str(file.resolve()))
        with open_journal(root / ".broadsheet" / "mail" / str(day)) as journal:
            if isinstance(journal, Problem):
                return MailReport(problems=(journal,))
            waiting = [
                subscriber for subscriber in found if journal.status(subscriber.mailbox) is not Delivery.SENT
            ]
            mailer = Mailer(server, letter.sender, letter.message, journal)
            problems += tuple(deliver_all(waiting, mailer, track))
            return MailReport(
                problems=problems,
                addresses=len(found),
                had=len(found) - len(waiting),
                sent=sum(journal.status(subscriber.mailbox) is Delivery.SENT for subscriber in waiting),
            )
    except OSError as flaw:
        place = Location(path=str(flaw.filename or file.resolve()))
        message = f"Cannot read or write this: {flaw.strerror}."
        return MailReport(problems=(*problems, error(place, message, RUN_AGAIN)))
