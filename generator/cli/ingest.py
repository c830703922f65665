"""The commands that write records: ingest, undo, merge, new."""

import datetime as dt
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import a_day, count, digest_option, dry_run_option, finish, quiet_option
from generator.problem import Severity

if TYPE_CHECKING:
    from generator.ingest.content import Plan
    from generator.ingest.filing import Filing
    from generator.ingest.gate import Filed

ISSUE = "Issue to file FILE under: 2025-10-30, today, yesterday or a weekday."
FORMAT = "Format of FILE, where it cannot be recognised: hf-daily, bibtex ... `broadsheet formats` lists all."
NEW_ISSUE = "Issue of the paper: 2025-10-30, today, yesterday or a weekday."
ACCEPT = "Overwrite FIELD in each FILE, a record, with the listings' value."


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
@click.option("--format", "format_", metavar="NAME", help=FORMAT)
@click.option("--accept", multiple=True, metavar="FIELD", help=ACCEPT)
@click.option(
    "--anyway", metavar="WHY", help="File FILE even though ingest refuses it; the receipts keep WHY."
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
        message = f"{strange[0]!r} is no field of the listings. Those are: {', '.join(ACCEPTABLE)}."
        raise click.BadParameter(message, param_hint="--accept")
    if not files and (issue or format_ or accept or anyway):
        message = "--issue, --format, --accept and --anyway need a FILE."
        raise click.UsageError(message)
    if anyway is not None and not anyway.strip():
        message = "Say why."
        raise click.BadParameter(message, param_hint="--anyway")
    start = time.perf_counter()
    accepted = {_record(root, file): accept for file in files} if accept else {}
    filings = [] if accept else [_filing(file, issue, format_) for file in files]
    plan = run(root, filings, accept=accepted, anyway=anyway, dry_run=dry_run)
    _say(plan, root, start, quiet=quiet, dry_run=dry_run)


def _filing(file: Path, issue: dt.date | None, format_name: str | None) -> "Filing":
    from generator.ingest import filing

    data = sys.stdin.buffer.read() if str(file) == "-" else None
    return filing.Filing(file=file, data=data, issue=issue, format_name=format_name)


def _record(root: Path, file: Path) -> str:
    """Return the path of a record, relative to the digest's folder."""
    path = file.resolve()
    if file.suffix != ".yaml" or not path.is_relative_to((root / "content/papers").resolve()):
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
    from generator.commands.undo import listings
    from generator.commands.undo import undo as run

    name = listing.rpartition("/")[2]
    if name not in (there := listings(root)):
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
@click.argument("paper", metavar="TITLE | ARXIV-ID | DOI")
@click.option("--issue", metavar="DAY", callback=a_day, default="today", show_default=True, help=NEW_ISSUE)
def new(root: Path, quiet: bool, paper: str, issue: dt.date) -> None:
    """Start the record of a paper that no listing names."""
    from generator.commands.new import flaw_of
    from generator.commands.new import new as run

    if flaw := flaw_of(paper):
        raise click.BadParameter(flaw, param_hint="TITLE | ARXIV-ID | DOI")
    made = run(root, paper, issue)
    lines = [f"new     {write.path}" for write in made.made]
    finish(made.problems, root, "" if quiet else "\n".join(lines))


def _say(plan: "Plan", root: Path, start: float, *, quiet: bool, dry_run: bool) -> None:
    """Print what was done, and end."""
    for line in () if quiet else _lines(plan, dry_run=dry_run):
        click.echo(line)
    older = [
        count(number, f"older {severity}")
        for severity in Severity
        if (number := [problem.severity for problem in plan.older].count(severity))
    ]
    nothing = bool(plan.filings) and not plan.filed
    facts = [
        count(plan.entries, "entry", "entries"),
        count(plan.papers, "paper"),
        *([] if nothing else [f"{len(plan.made)} new", f"{len(plan.edited)} changed"]),
        *([f"{len(plan.removed)} removed"] if plan.removed else []),
        *(["nothing written"] if dry_run or nothing else []),
        f"{time.perf_counter() - start:.2f} s",
    ]
    outcome = [*([f"{', '.join(older)}: `broadsheet check`"] if older else []), ", ".join(facts)]
    failed = any(filed.refusals for filed in plan.filings)
    finish(plan.problems, root, "" if quiet else "\n".join(outcome), failed=failed)


def _lines(plan: "Plan", *, dry_run: bool) -> Iterator[str]:
    """Yield a line for each file that was to be filed, and for each that is written or removed."""
    for filed in plan.filings:
        yield from _lines_of(filed, dry_run=dry_run)
    if any(filed.refusals and (filed.new or filed.known) for filed in plan.filings):
        yield '        --anyway "why" files it all the same.'
    for new_name, old_name in plan.renamed.items():
        yield f"moved   content/listings/{old_name} -> {new_name}"
    yield from (f"removed {write.path}" for write in plan.filed if write.data is None)
    for what, writes in (("new", plan.made), ("changed", plan.edited), ("removed", plan.removed)):
        for write in writes:
            yield "\n        ".join([f"{what:8}{write.path}", *write.changes])


def _lines_of(filed: "Filed", *, dry_run: bool) -> Iterator[str]:
    papers = [
        f"{number} {what}"
        for what, number in (("known", filed.known), ("new", filed.new), ("left out", filed.left_out))
        if number
    ]
    path = f"content/listings/{filed.listing}"
    if filed.is_empty:
        yield f"empty   {filed.file}: a page without papers"
    elif filed.is_filed_already:
        yield f"known   {path}"
    elif filed.listing:
        done, planned = ("replaces", "would replace") if filed.replaces else ("filed  ", "would file")
        yield f"{planned if dry_run else done} {path}: {', '.join(papers)}"
    for refusal in filed.refusals:
        yield f"refused {filed.file}: {refusal}"
