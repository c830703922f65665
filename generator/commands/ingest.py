"""Ingest: listings into receipts and records. Files are read and written here; `plan_of` decides.

Records are written before receipts, so that ingest may be killed anywhere and the next run ends where this
one would have: it finds a value without a receipt to be what the listings say, and leaves it, while a receipt
without a record would say that an editor deleted it. (Where a late entry proves two earlier ones to be of one
paper, the next run knows it from the start, and may make one record where this one would have made two.)
"""

import datetime as dt
from collections.abc import Collection
from pathlib import Path

import msgspec

from generator.files import load, write_file
from generator.ingest.inputs import read_listings, read_receipts, read_records
from generator.ingest.matching import LISTINGS, Content, FiledListing
from generator.ingest.plan import Plan, Write, plan_of
from generator.listings import issue_of, parse
from generator.model import Stated
from generator.problem import Location, Problem, error

ACCEPTABLE = (*Stated.__struct_fields__, "listed")
"""The fields that listings own, and may take back from an editor."""


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that is to be filed in the digest."""

    file: Path
    issue: dt.date | None = None
    """The day it is filed under; None where its name says so, or nobody knows."""
    format_name: str | None = None
    """What it is, where its content does not tell."""


def ingest(
    root: Path, filing: Filing | None = None, accept: Collection[str] = (), dry_run: bool = False
) -> Plan:
    """Read all listings of the digest at `root` into its records, and return what was done.

    The listing of `filing` is copied to `content/listings/` first. Fields in `accept`, of ACCEPTABLE, follow
    the listings even where an editor has touched them. A dry run returns the same plan and writes nothing.
    """
    copied = _copied(root, filing) if filing else None
    if isinstance(copied, Problem):
        return Plan(problems=(copied,))
    receipts, flaws = read_receipts(root)
    if flaws:
        return Plan(problems=tuple(flaws))
    formats = {name: kept.format_name for name, rows in receipts.items() for kept in rows if kept.format_name}
    files, flaws = read_listings(root)
    if filing and copied:
        name = copied.path.removeprefix(f"{LISTINGS}/")
        files[name] = copied.data
        formats |= {name: filing.format_name} if filing.format_name else {}
    listings = tuple(_taken_apart(name, files[name], formats.get(name)) for name in sorted(files))
    read = read_records(root)
    content = Content(listings=listings, records=read.records, receipts=receipts, unread=read.unread)
    plan = plan_of(content, accept)
    if copied and not (root / copied.path).exists():
        plan = msgspec.structs.replace(plan, copied=(copied,))
    problems = [*flaws, *read.problems, *plan.problems, *(() if dry_run else _write(root, plan))]
    return msgspec.structs.replace(plan, problems=tuple(sorted(problems, key=lambda problem: problem.order)))


def _copied(root: Path, filing: Filing) -> Write | Problem:
    """Return the listing as it is to stand in the digest."""
    file, issue, name = filing.file, filing.issue, filing.file.name
    place = Location(path=file.absolute().as_posix())
    try:
        data = file.read_bytes()
    except OSError as flaw:
        return error(place, f"This cannot be read: {flaw.strerror}.", "Name a file that holds a listing.")
    if file.resolve().parent == (root / LISTINGS).resolve():
        if issue and issue != issue_of(name):
            message = f"This listing is filed already, and not under {issue}."
            return error(place, message, f"Rename it {issue}-{name}, or leave out --issue.")
    elif issue and issue != issue_of(name):
        name = f"{issue}-{name}"
    path = f"{LISTINGS}/{name}"
    if name.startswith("."):
        return error(place, "A file whose name begins with a dot is not read as a listing.", "Rename it.")
    if (root / path).exists() and load(root, path) != data:
        message = f"{path} is there already, and holds something else."
        return error(place, message, "Rename one of the two, or delete the other.")
    return Write(path=path, data=data)


def _taken_apart(name: str, data: bytes, format_name: str | None) -> FiledListing:
    issue = issue_of(name)
    parsed = parse(data, f"{LISTINGS}/{name}", issue, format_name)
    return FiledListing(name=name, issue=issue, parse=parsed, format_name=format_name)


def _write(root: Path, plan: Plan) -> list[Problem]:
    """Write what is planned, in the order in which it may stop, and return what stopped it."""
    for write in (*plan.copied, *plan.made, *plan.edited, *plan.receipts):
        place = Location(path=write.path)
        path = root / write.path
        try:
            if write.before is not None and path.read_bytes() != write.before:
                message = "This record was changed while ingest ran; nothing further was written."
                return [error(place, message, "Ingest again.")]
            write_file(path, write.data)
        except OSError as flaw:
            message = f"This cannot be written: {flaw.strerror}; nothing further was."
            return [error(place, message, "Make room or give leave, and ingest again.")]
    return []
