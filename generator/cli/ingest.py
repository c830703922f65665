"""The commands that write records: ingest, undo, merge, new."""

import datetime as dt
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.ingest_report import lines_of_report, outcome_in_words
from generator.cli.options import (
    a_day,
    digest_option,
    dry_run_option,
    finish,
    quiet_option,
    utf8,
)
from generator.library.paths import PAPERS
from generator.terminal import say

if TYPE_CHECKING:
    from generator.ingest.captures import Capture
    from generator.ingest.report import IngestReport

ISSUE = "Issue to file FILE under: 2025-10-30, today, yesterday or a weekday."
FORMAT = "Format of FILE, where it cannot be recognised: hf-daily, bibtex ... `broadsheet formats` lists all."
NEW_ISSUE = "Issue of the paper: 2025-10-30, today, yesterday or a weekday."
ACCEPT = "Overwrite FIELD in each FILE, a record, with the listings' value."


def _format(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    """Return the name of a format that a person gave."""
    if name is None:
        return None
    from generator.ingest.parsing import FORMAT_NAMES

    if name not in FORMAT_NAMES:
        message = f"{name!r} is not a format. The formats are: {', '.join(FORMAT_NAMES)}."
        raise click.BadParameter(message)
    return name


@click.command()
@digest_option
@quiet_option
@click.argument(
    "files",
    metavar="[FILE... | -]",
    nargs=-1,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option("--issue", metavar="DAY", callback=a_day, help=ISSUE)
@click.option("--format", "format_", metavar="NAME", callback=_format, help=FORMAT)
@click.option("--accept", multiple=True, metavar="FIELD", help=ACCEPT)
@click.option(
    "--anyway",
    metavar="WHY",
    type=utf8,
    help="File FILE even though ingest refuses it; the receipts keep WHY.",
)
@dry_run_option
def ingest(
    root: Path,
    quiet: bool,
    files: tuple[Path, ...],
    issue: dt.date | None,
    format_: str | None,
    accept: tuple[str, ...],
    anyway: str | None,
    dry_run: bool,
) -> None:
    """Read listings into records.

    Each FILE is filed in content/listings/ first. Without FILE, all listings there are read.
    """
    from generator.commands.ingest import ACCEPTABLE
    from generator.commands.ingest import ingest as run

    if strange := sorted({*accept} - {*ACCEPTABLE}):
        message = f"{strange[0]!r} is not a field that listings state. Those are: {', '.join(ACCEPTABLE)}."
        raise click.BadParameter(message, param_hint="--accept")
    if not files and (issue or format_ or accept or anyway):
        message = "--issue, --format, --accept and --anyway need a FILE."
        raise click.UsageError(message)
    if anyway is not None and not anyway.strip():
        message = "Say why."
        raise click.BadParameter(message, param_hint="--anyway")
    start = time.perf_counter()
    accepted = {_record(root, file): accept for file in files} if accept else {}
    captures = [] if accept else [_capture(file, issue, format_) for file in dict.fromkeys(files)]
    report = run(root, captures, accept=accepted, anyway=anyway, dry_run=dry_run)
    _say(report, root, start, quiet=quiet, dry_run=dry_run)


def _capture(file: Path, issue: dt.date | None, format_name: str | None) -> "Capture":
    from generator.ingest import captures

    is_input = str(file) == "-"
    return captures.Capture(
        file=Path("standard input") if is_input else file,
        data=sys.stdin.buffer.read() if is_input else None,
        issue=issue,
        format_name=format_name,
    )


def _record(root: Path, file: Path) -> str:
    """Return the path of a record, relative to the digest's folder."""
    path = file.resolve()
    if file.suffix != ".yaml" or not path.is_relative_to((root / PAPERS).resolve()):
        message = f"--accept takes records below content/papers/, and {file} is not one."
        raise click.UsageError(message)
    return path.relative_to(root.resolve()).as_posix()


@click.command()
@digest_option
@quiet_option
@click.argument("listing")
@dry_run_option
def undo(root: Path, quiet: bool, listing: str, dry_run: bool) -> None:
    """Remove a listing and what it brought.

    That is its rows, its receipts, and the records that no other listing names and no editor changed.
    """
    from generator.commands.undo import undo as run
    from generator.ingest.inputs import listing_names

    name = listing.rpartition("/")[2]
    if name not in (there := listing_names(root)):
        newest = ", ".join(there[-5:]) or "none"
        message = f"There is no listing {name}. The newest are: {newest}."
        raise click.BadParameter(message, param_hint="LISTING")
    start = time.perf_counter()
    _say(run(root, name, dry_run=dry_run), root, start, quiet=quiet, dry_run=dry_run)


@click.command()
@digest_option
@quiet_option
@click.argument("kept", metavar="A")
@click.argument("other", metavar="B")
@dry_run_option
def merge(root: Path, quiet: bool, kept: str, other: str, dry_run: bool) -> None:
    """Merge record B into A.

    A gets what only B has, and the address of B leads to A.
    """
    from generator.commands.merge import merge as run

    start = time.perf_counter()
    _say(run(root, kept, other, dry_run=dry_run), root, start, quiet=quiet, dry_run=dry_run)


@click.command()
@digest_option
@quiet_option
@click.argument("paper", metavar="TITLE | ARXIV-ID | DOI", type=utf8)
@click.option("--issue", metavar="DAY", callback=a_day, default="today", show_default=True, help=NEW_ISSUE)
@dry_run_option
def new(root: Path, quiet: bool, paper: str, issue: dt.date, dry_run: bool) -> None:
    """Start the record of a paper that no listing names."""
    from generator.commands.new import flaw_of
    from generator.commands.new import new as run

    if flaw := flaw_of(paper):
        raise click.BadParameter(flaw, param_hint="TITLE | ARXIV-ID | DOI")
    made = run(root, paper, issue, dry_run=dry_run)
    lines = [f"{'would write' if dry_run else 'new    '} {write.path}" for write in made.plan.made]
    finish(made.problems, root, "" if quiet else "\n".join(lines))


def _say(report: "IngestReport", root: Path, start: float, *, quiet: bool, dry_run: bool) -> None:
    """Print what was done, and end."""
    for line in () if quiet else lines_of_report(report, root, dry_run=dry_run):
        say(line)
    failed = any(capture.refusals for capture in report.captures)
    outcome = "" if quiet else outcome_in_words(report, start, dry_run=dry_run)
    finish(report.problems, root, outcome, failed=failed)
