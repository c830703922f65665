"""The command that mails an issue."""

import datetime as dt
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import a_day, amount, digest_option, dry_run_option, finish, quiet_option
from generator.files import write_file
from generator.library.paths import MAILED
from generator.model import fits
from generator.problem import Problem
from generator.settings import MailAddress
from generator.terminal import track

if TYPE_CHECKING:
    from generator.commands.mail import Letter, MailReport
    from generator.mail.server import SmtpServer


def a_server(_: click.Context, __: click.Parameter, text: str | None) -> "SmtpServer | None":
    """Return the server that a person named, such as localhost:25."""
    from generator.mail.server import server_at

    server = server_at(text) if text else None
    if text and not server:
        message = f"{text!r} is not a host and a port, such as localhost:25."
        raise click.BadParameter(message)
    return server


def _rate(_: click.Context, __: click.Parameter, text: str | None) -> int | None:
    number = (text or "").removesuffix("/min")
    if text and not (number.isascii() and number.isdigit() and len(number) < 10 and int(number)):
        message = f"{text!r} is not a number of messages per minute, such as 60/min."
        raise click.BadParameter(message)
    return int(number) if text else None


def _address(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    if text and not fits(text, MailAddress):
        message = f"{text!r} is not a mail address, such as reader@example.org."
        raise click.BadParameter(message)
    return text


@click.command()
@digest_option
@quiet_option
@click.argument("issue", metavar="ISSUE", callback=a_day)
@click.option("--week", is_flag=True, help="Take all issues of its week, Monday to Sunday.")
@click.option("--picks", is_flag=True, help="Take only the picks.")
@click.option(
    "--out", type=click.Path(dir_okay=False), help="File to write to, or -.  [default: issue-ISSUE.eml]"
)
@click.option(
    "--to",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Send it to each address in FILE that does not have it yet: one per line, or CSV.",
)
@click.option(
    "--test", metavar="ADDRESS", callback=_address, help="Send it to ADDRESS. The journal does not record it."
)
@click.option(
    "--smtp",
    metavar="HOST:PORT",
    callback=a_server,
    help="Send through this server, without a login.  [default: `server:` of content/site.yaml]",
)
@click.option("--rate", metavar="N/min", callback=_rate, help="Send at most N messages per minute.")
@click.option(
    "--journal",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder that records who has an issue.  [default: {MAILED.rstrip('/')}]",
)
@dry_run_option
def mail(
    root: Path,
    quiet: bool,
    issue: dt.date,
    week: bool,
    picks: bool,
    out: str | None,
    to: Path | None,
    test: str | None,
    smtp: "SmtpServer | None",
    rate: int | None,
    journal: Path | None,
    dry_run: bool,
) -> None:
    """Write an issue as a mail message, or send it.

    ISSUE is its day, as in 2025-10-30.
    """
    if dry_run and not to:
        message = "--dry-run says how many addresses wait, so it needs --to."
        raise click.UsageError(message)
    if smtp and not (to or test):
        message = "--smtp names a server to send through, so it needs --to or --test."
        raise click.UsageError(message)
    start = time.perf_counter()
    letter = _letter(root, issue, week=week, picks=picks)
    facts: list[str] = []
    if out or not (to or test):
        path = out or f"{letter.name}.eml"
        if path == "-":
            sys.stdout.buffer.write(letter.message)
        else:
            write_file(Path(path), letter.message)
        facts = [path, f"{len(letter.message):,} bytes"]
    problems: list[Problem] = []
    journal = journal or root / MAILED
    for report in _reports(
        root, letter, to=to, test=test, smtp=smtp, rate=rate, journal=journal, dry_run=dry_run
    ):
        waiting = f"{report.left} of {amount(report.addresses, 'address', 'addresses')} would get it"
        facts.append(waiting if dry_run and report.addresses else report.summary)
        problems += report.problems
    silent = quiet or out == "-"
    finish(problems, root, "" if silent else ", ".join([*facts, f"{time.perf_counter() - start:.2f} s"]))


def _letter(root: Path, issue: dt.date, *, week: bool, picks: bool) -> "Letter":
    """Return the letter that is asked for; end the program where there is none."""
    from generator.commands.mail import write

    letter = write(root, issue, week=week, picks=picks)
    if letter.problems:
        finish(letter.problems, root, "Nothing was written.")
    if not letter.message:
        newest = ", ".join(map(str, letter.days[:5])) or "none yet"
        what = "pick" if picks and issue in letter.days else "issue"
        message = (
            f"There is no {what} of {'the week of ' if week else ''}{issue}. The newest issues are: {newest}."
        )
        raise click.BadParameter(message, param_hint="ISSUE")
    return letter


def _reports(
    root: Path,
    letter: "Letter",
    *,
    to: Path | None,
    test: str | None,
    smtp: "SmtpServer | None",
    rate: int | None,
    journal: Path,
    dry_run: bool,
) -> "Iterator[MailReport]":
    """Send a letter as the options say, and yield a report of each sending."""
    from generator.commands.mail import count_waiting, send, send_test, server_of
    from generator.mail.delivery import paced

    if to and dry_run:
        yield count_waiting(letter, to, journal)
    elif to or test:
        server = smtp or server_of(root, letter.settings)
        if isinstance(server, Problem):
            finish([server], root, "Nothing was sent.")
        if test:
            yield send_test(letter, test, server)
        if to:
            bar = partial(track, what="Sending")
            yield send(letter, to, journal, server, lambda found: paced(bar(found), rate))
