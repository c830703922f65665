"""Publish a digest: check, preview, build, deploy, mark as published, mail.

The journal `.broadsheet/publish` records what was done. So after a kill the next run goes on where this one
stopped: what was deployed is marked as published, even if the content has changed since, and the same site is
not deployed twice.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import IO, NamedTuple

import msgspec

from generator.commands.build import build
from generator.commands.check import check
from generator.commands.mail import Letter, count_waiting, send, server_of, write
from generator.commands.preview import Preview, mark, note_news, preview
from generator.engine.ledger import StateFolder, read_value, write_value
from generator.files import digest, load, open_lock, write_file
from generator.library.paths import PUBLISHED, SITE
from generator.library.register import encode_register
from generator.library.site_files import place_in
from generator.mail.delivery import Progress
from generator.mail.server import SmtpServer
from generator.problem import Location, Problem, Severity, error, has_error
from generator.processes import processes
from generator.publication.example_url import example_url
from generator.words import count

JOURNAL = Path(".broadsheet/publish")
LOCK = Path(".broadsheet/publish.lock")

Say = Callable[[str, str], None]
"""Prints a message about a step: `("deploy", "done, 3.2 s")`."""


class PublishJournal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the last run did, if it did not end."""

    deployed: bytes = b""
    """Digest of the site that was deployed; empty if none was."""
    rows: bytes = b""
    """The register of what was deployed; empty once it is written to `content/published.jsonl`."""


class Mailing(msgspec.Struct, frozen=True, kw_only=True):
    """To whom the newest issue is mailed, and how."""

    to: Path
    """File of addresses."""
    smtp: SmtpServer | None
    """None for the server that site.yaml names."""
    journal: Path
    """Folder that keeps who has an issue."""
    track: Progress = iter


class _Ready(NamedTuple):
    """What can be published, and all that must be known before anything is done."""

    found: Preview
    letter: Letter
    server: SmtpServer | None


def publish(root: Path, mailing: Mailing | None, say: Say, *, dry_run: bool = False) -> tuple[Problem, ...]:
    """Publish the digest at `root`, and return what is wrong: it stops after the first step with an error.

    With `dry_run`, say what would be done; nothing is written, deployed or sent.
    """
    try:
        if dry_run:
            ready = _ready(root, mailing, say)
            return _foretold(ready, mailing, say) if isinstance(ready, _Ready) else ready
        with _locked(root) as lock:
            if lock is None:
                message, hint = (
                    "Another publish, or its deploy command, still runs.",
                    "Wait until it is done.",
                )
                return (error(Location(path=SITE), message, hint),)
            kept = read_value(root / JOURNAL, PublishJournal)
            if kept is None:
                return (_DAMAGED,)
            journal = _resumed(root, kept, say)
            ready = _ready(root, mailing, say)
            if not isinstance(ready, _Ready):
                return ready
            told = _deployed(root, ready.found, journal, lock, say)
            return told if has_error(told) else (*told, *_announced(root, ready, mailing, say))
    except OSError as flaw:
        if flaw.filename is None:  # nothing more can be said: who reads standard output has closed it
            raise
        place, message = Location(path=str(flaw.filename)), f"The file system says: {flaw.strerror}."
        return (error(place, message, "Correct that, then run `broadsheet publish` again."),)


def _deployed(
    root: Path, found: Preview, journal: PublishJournal, lock: IO[bytes], say: Say
) -> tuple[Problem, ...]:
    """Build, and deploy what was built, unless the interrupted run did."""
    built = build(root, root / "site", workers=processes())
    if has_error(built.problems):
        return built.problems
    say("build", f"{count(built.planned, 'page')}, {built.written} written, {built.removed} removed")
    site = _site_digest(root)
    if site == journal.deployed:
        say("deploy", "the interrupted run has deployed this site")
    elif flaws := _deploy(root, found.deploy, lock, say):
        return (*built.problems, *flaws)
    note_news(root, found)
    _keep(root, PublishJournal(deployed=site, rows=encode_register(found.rows)))
    return built.problems


def _announced(root: Path, ready: _Ready, mailing: Mailing | None, say: Say) -> tuple[Problem, ...]:
    """Mark what was deployed as published, and mail the newest issue."""
    marked = mark(root, ready.found)
    _keep(root, PublishJournal(deployed=_site_digest(root)))
    say("mark", _on_record(ready.found))
    mailed = _mail(ready, mailing, say)
    if not has_error(mailed):
        (root / JOURNAL).unlink()
    return (*marked, *mailed)


@contextmanager
def _locked(root: Path) -> Iterator[IO[bytes] | None]:
    """Lock publishing until the block ends and its deploy command has, which inherits the lock."""
    with open_lock(root / LOCK) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield file


_DAMAGED = error(
    Location(path=JOURNAL.as_posix()),
    "The record of what the interrupted run deployed is damaged.",
    "Restore the content that it published, if that has changed since; remove this file; publish again.",
)


def _resumed(root: Path, journal: PublishJournal, say: Say) -> PublishJournal:
    """Mark what an interrupted run has deployed, and return its journal."""
    if not journal.rows:
        return journal
    write_file(root / PUBLISHED, journal.rows)
    say("mark", "what the interrupted run had deployed is on record")
    return _keep(root, PublishJournal(deployed=journal.deployed))


def _keep(root: Path, journal: PublishJournal) -> PublishJournal:
    write_value(root / JOURNAL, journal)
    return journal


def _ready(root: Path, mailing: Mailing | None, say: Say) -> _Ready | tuple[Problem, ...]:
    """Check and preview; return what can be published, or the errors that forbid it."""
    checked = check(root, processes())
    flaws = tuple(flaw for flaw in checked.problems if flaw.severity is Severity.ERROR)
    notices = len(checked.problems) - len(flaws)
    drafts = f", {count(checked.drafts, 'draft')}" if checked.drafts else ""
    counts = f"{count(len(flaws), 'error')}, {count(notices, 'notice')}, {checked.unsorted} unsorted"
    say("check", counts + drafts)
    if flaws:
        return flaws
    found = preview(root)
    no_deploy = () if found.deploy else _NO_DEPLOY
    flaws = (*found.problems, *example_url(found.url, Severity.ERROR), *no_deploy)
    if has_error(flaws):
        return flaws
    say("preview", _news(found))
    if mailing is None or found.newest is None:
        return _Ready(found, Letter(), None)
    letter = write(root, found.newest)
    server = mailing.smtp or server_of(root, letter.settings)
    if isinstance(server, Problem):
        return (*letter.problems, server)
    return letter.problems or _Ready(found, letter, server)


_NO_DEPLOY = (
    error(
        Location(path=SITE),
        "The digest has no `deploy:` command.",
        "Add the one that puts site/ on your server, such as `deploy: rsync -a site/ server:digest/`.",
    ),
)


def _news(found: Preview) -> str:
    """Return in words what subscribers will see, each entry counted once."""
    if not found.marked:
        return "nothing was published yet, so everything is new"
    if not found.news:
        return "subscribers will see nothing new"
    new = {id_ for news in found.news if not news.first for id_ in news.new}
    updated = {id_ for news in found.news for id_ in news.updated}
    return f"{len(new)} new, {len(updated)} updated in {count(len(found.news), 'feed')}"


def _on_record(found: Preview) -> str:
    addresses = count(found.addresses, "address", "addresses")
    return f"{addresses}, {count(found.entries, 'feed entry', 'feed entries')} on record"


def _foretold(ready: _Ready, mailing: Mailing | None, say: Say) -> tuple[Problem, ...]:
    """Say what would be done."""
    say("build", "would bring site/ up to date")
    say("deploy", f"would run: {_first_line(ready.found.deploy)}")
    say("mark", f"would put {_on_record(ready.found)}")
    if mailing is None or ready.server is None:
        say("mail", _NOBODY)
        return ()
    report = count_waiting(ready.letter, mailing.to, mailing.journal)
    addresses = count(report.addresses, "address", "addresses")
    say("mail", f"{ready.found.newest}: {report.left} of {addresses} would get it")
    return report.problems


_NOBODY = "nobody; name a file of addresses with --to"


def _site_digest(root: Path) -> bytes:
    """Return a digest of all that the last build left in `site/`."""
    rows = StateFolder.of(root, root / "site").read_ledger().rows
    return digest(b"".join(path.encode() + b"\0" + row.content for path, row in sorted(rows.items())))


def _first_line(command: str) -> str:
    first, _, rest = command.strip().partition("\n")
    return f"{first} ... ({count(rest.count(chr(10)) + 2, 'line')})" if rest else first


def _deploy(root: Path, command: str, lock: IO[bytes], say: Say) -> tuple[Problem, ...]:
    """Run the digest's own command in its folder; return an error if it fails."""
    say("deploy", _first_line(command))
    start = time.perf_counter()
    with Popen(["/bin/sh", "-c", command], cwd=root, pass_fds=[lock.fileno()]) as process:
        status = process.wait()
    if status == 0:
        say("deploy", f"done, {time.perf_counter() - start:.1f} s")
        return ()
    place = place_in(load(root, SITE), SITE, "deploy")
    hint = "Nothing is marked as published or mailed. Correct that, then run `broadsheet publish` again."
    return (error(place, f"The deploy command failed with exit status {status}.", hint),)


def _mail(ready: _Ready, mailing: Mailing | None, say: Say) -> tuple[Problem, ...]:
    """Mail the newest issue to everyone who does not have it."""
    if mailing is None or ready.server is None:
        say("mail", _NOBODY)
        return ()
    report = send(ready.letter, mailing.to, mailing.journal, ready.server, mailing.track)
    say("mail", f"{ready.found.newest}: {report.summary}")
    return report.problems
