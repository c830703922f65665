"""Ingest: listings into receipts and records. Files are read and written here; `merge` decides.

Records are written before receipts, so that ingest may be killed anywhere and the next run ends where this
one would have: it finds a value without a receipt to be what the listings say, and leaves it, while a receipt
without a record would say that an editor deleted it.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import msgspec

from generator.content.assign import Content, FiledListing, SourceRecord
from generator.content.merge import Plan, Write, merge
from generator.content.receipts import Receipt, decode_receipts
from generator.content.records import decode, is_slug
from generator.listings import issue_of, parse
from generator.model import Paper, Stated
from generator.problem import Location, Problem, error, notice

ACCEPTABLE = (*Stated.__struct_fields__, "listed")
"""The fields that listings own, and may take back from an editor."""
LISTINGS, RECEIPTS, PAPERS = "content/listings", "content/receipts", "content/papers"


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
    receipts, broken = _read_receipts(root)
    if broken:
        return Plan(problems=tuple(broken))
    formats = {name: kept.format_name for name, rows in receipts.items() for kept in rows if kept.format_name}
    files = _read_listings(root)
    if filing and copied:
        name = copied.path.removeprefix(f"{LISTINGS}/")
        files[name] = copied.data
        formats |= {name: filing.format_name} if filing.format_name else {}
    listings = tuple(_taken_apart(name, data, formats.get(name)) for name, data in sorted(files.items()))
    records, unread, problems = _read_records(root)
    plan = merge(Content(listings=listings, records=records, receipts=receipts, unread=unread), accept)
    if copied and not (root / copied.path).exists():
        plan = msgspec.structs.replace(plan, copied=(copied,))
    if not dry_run:
        problems += _write(root, plan)
    problems = sorted((*plan.problems, *problems), key=lambda problem: problem.order)
    return msgspec.structs.replace(plan, problems=tuple(problems))


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
    target = root / LISTINGS / name
    if target.exists() and target.read_bytes() != data:
        message = f"{LISTINGS}/{name} is there already, and holds something else."
        return error(place, message, "Rename one of the two, or delete the other.")
    return Write(path=f"{LISTINGS}/{name}", data=data)


def _taken_apart(name: str, data: bytes, format_name: str | None) -> FiledListing:
    issue = issue_of(name)
    parsed = parse(data, f"{LISTINGS}/{name}", issue, format_name)
    return FiledListing(name=name, issue=issue, parse=parsed, format_name=format_name)


def _read_listings(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in _files(root / LISTINGS, "*")}


def _read_receipts(root: Path) -> tuple[dict[str, tuple[Receipt, ...]], list[Problem]]:
    """Return the receipts by listing, and what is wrong with them."""
    receipts: dict[str, tuple[Receipt, ...]] = {}
    problems: list[Problem] = []
    for path in _files(root / RECEIPTS, "*.jsonl"):
        found, broken = decode_receipts(path.read_bytes(), f"{RECEIPTS}/{path.name}")
        receipts[path.name.removesuffix(".jsonl")] = found
        problems += broken
    return receipts, problems


def _read_records(root: Path) -> tuple[tuple[SourceRecord, ...], frozenset[str], list[Problem]]:
    """Return the records, the names that those may have which cannot be read, and what is wrong with them."""
    records: list[SourceRecord] = []
    unread: set[str] = set()
    problems: list[Problem] = []
    for file in _files(root / PAPERS, "**/*"):
        path, slug = file.relative_to(root).as_posix(), file.stem
        if file.suffix == ".yaml":
            data = file.read_bytes()
            paper, found = decode(data, path, Paper)
            if paper and not paper.id and not is_slug(slug):
                paper, found = None, (error(Location(path=path), f"{slug!r} is no slug.", _SLUG),)
            if paper:
                records.append(SourceRecord(path=path, slug=slug, data=data, paper=paper))
            else:
                unread.update((slug.lower(), *(match[1].decode() for match in _ID.finditer(data))))
            problems += found
        elif file.suffix == ".yml":
            unread.add(slug.lower())
            problems.append(
                notice(Location(path=path), "This is not read: it does not end in .yaml.", "Rename it.")
            )
    copies = Counter(record.id for record in records)
    for record in records:
        if copies[record.id] > 1:
            unread.update((record.id, record.slug.lower()))
            message = (
                f"{copies[record.id]} records have the id {record.id!r}; ingest leaves them as they are."
            )
            problems.append(error(Location(path=record.path), message, "Give each paper an id of its own."))
    return tuple(record for record in records if copies[record.id] == 1), frozenset(unread), problems


_SLUG = "Rename the file: lower-case letters, digits and single hyphens."
_ID = re.compile(rb"^id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
"""The id of a record that cannot be read."""


def _files(folder: Path, pattern: str) -> list[Path]:
    """Return a folder's files in order of name, but for hidden ones: an editor's own, or half written."""
    return sorted(path for path in folder.glob(pattern) if not path.name.startswith(".") and path.is_file())


def _write(root: Path, plan: Plan) -> list[Problem]:
    """Write the plan, and return what stopped it: the order is that in which it may stop, see above."""
    for write in (*plan.copied, *plan.made, *plan.edited, *plan.receipts):
        place = Location(path=write.path)
        path = root / write.path
        try:
            if write.before is not None and path.read_bytes() != write.before:
                message = "This record was changed while ingest ran; nothing further was written."
                return [error(place, message, "Ingest again.")]
            _replace(path, write.data)
        except OSError as flaw:
            message = f"This cannot be written: {flaw.strerror}; nothing further was."
            return [error(place, message, "Make room or give leave, and ingest again.")]
    return []


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that it holds, at any time, what it held before or all of the new."""
    temporary = path.with_name(f".{path.name}.tmp")  # hidden: never read as a record, receipt or listing
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
