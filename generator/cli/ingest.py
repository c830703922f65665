"""The commands that write records: ingest, undo, merge, new."""

import datetime as dt
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import (
    NO_MODEL,
    a_day,
    amount,
    digest_option,
    dry_run_option,
    finish,
    quiet_option,
    utf8,
)
from generator.library.paths import LISTINGS, PAPERS
from generator.problem import Severity, has_error
from generator.terminal import say, shown_path, shown_text

if TYPE_CHECKING:
    from generator.ingest.captures import Capture, CaptureReport
    from generator.ingest.plan import Write
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
    for line in () if quiet else _lines(report, root, dry_run=dry_run):
        say(line)
    failed = any(capture.refusals for capture in report.captures)
    outcome = "" if quiet else outcome_in_words(report, start, dry_run=dry_run)
    finish(report.problems, root, outcome, failed=failed)


def outcome_in_words(report: "IngestReport", start: float, *, dry_run: bool = False) -> str:
    """Return what was done since a time of `time.perf_counter`, in numbers."""
    if report.stopped:
        return f"stopped: {report.stopped} written"
    severities = [problem.severity for problem in report.older]
    older = [
        amount(severities.count(severity), f"older {severity}")
        for severity in Severity
        if severity in severities
    ]
    plan = report.plan
    facts = [
        amount(report.entries, "entry", "entries"),
        amount(report.papers, "paper"),
        f"{len(plan.made)} new",
        f"{len(plan.edited)} changed",
        *([f"{len(plan.removed)} removed"] if plan.removed else []),
        *([amount(report.vectors, "vector")] if report.vectors else []),
    ]
    is_refused = (
        not report.captures and not report.filed and not report.entries and has_error(report.problems)
    )
    if is_refused or (report.captures and not report.filed):
        facts = []
    if dry_run or not facts:
        facts.append("nothing filed" if report.last and not dry_run else "nothing written")
    facts.append(f"{time.perf_counter() - start:.2f} s")
    lines = [f"{', '.join(older)}: `broadsheet check`"] if older else []
    if report.without_vector:
        lines.append(f"{amount(report.without_vector, 'paper')} without a vector: {NO_MODEL}")
    return "\n".join([*lines, ", ".join(facts)])


def _lines(report: "IngestReport", root: Path, *, dry_run: bool) -> Iterator[str]:
    """Yield all that is said of what was done."""
    refused = [capture for capture in report.captures if capture.refusals]
    for capture in () if report.stopped else report.captures:
        yield from lines_of_capture(capture, root, dry_run=dry_run)
        if capture in refused[-1:]:
            yield '        --anyway "why" files it all the same.'
    yield from lines_of_plan(report, root)


def lines_of_plan(report: "IngestReport", root: Path) -> Iterator[str]:
    """Yield a line for each file that is moved, written or removed; one for all whose rows change alike."""
    if report.stopped:
        return
    for new_name, old_name in report.renamed.items():
        yield f"moved   {shown_path(root, LISTINGS + old_name)} -> {new_name}"
    for name in report.restored:
        path = shown_path(root, f"{LISTINGS}{name}")
        yield f"restored {path}, as it was before its new capture"
    yield from _lines_of("removed", [write for write in report.filed if write.data is None], root)
    yield from _lines_of("new", report.plan.made, root)
    alike: dict[str, list[Write]] = {}
    for write in report.plan.edited:
        alike.setdefault(_rows_in_words(write) or write.path, []).append(write)
    yield from _lines_of("changed", [writes[0] for writes in alike.values() if len(writes) == 1], root)
    yield from (f"changed {len(same)} records: {words}" for words, same in alike.items() if len(same) > 1)
    yield from _lines_of("removed", report.plan.removed, root)


def _lines_of(what: str, writes: Iterable["Write"], root: Path) -> Iterator[str]:
    """Yield a line for each file, with its changes below it."""
    for write in writes:
        yield "\n        ".join([f"{what:8}{shown_path(root, write.path)}", *write.changes])


def _rows_in_words(write: "Write") -> str:
    """Return what changes of a record's rows for listings; nothing where anything else changes too."""
    rows = [change.partition(": ")[0] for change in write.changes]
    is_only_rows = all(row.startswith(("listed in ", "no longer listed in ", "listed.")) for row in rows)
    return ", ".join(dict.fromkeys(rows)) if is_only_rows else ""


def lines_of_capture(capture: "CaptureReport", root: Path, *, dry_run: bool = False) -> Iterator[str]:
    """Yield what is said of a file that was to be filed."""
    papers = [
        f"{number} {what}"
        for what, number in (("known", capture.known), ("new", capture.new), ("left out", capture.left_out))
        if number
    ]
    path = shown_path(root, f"{LISTINGS}{capture.listing}")
    if capture.is_empty:
        yield f"empty   {capture.file}: a page without papers"
    elif capture.is_filed_already:
        yield f"known   {path}"
    elif capture.listing:
        done, planned = ("replaces", "would replace") if capture.replaces else ("filed  ", "would file")
        yield f"{planned if dry_run else done} {path}: {', '.join(papers)}"
    if capture.resembles:
        yield f"        {shown_text(root, capture.resembles)}"
    for refusal in capture.refusals:
        yield f"refused {capture.file}: {refusal}"
