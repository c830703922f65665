"""What ingest reads: listings, receipts and records, as they stand on the disk."""

import re
from collections import Counter
from pathlib import Path

import msgspec

from generator.files import load
from generator.ingest.matching import LISTINGS, SourceRecord
from generator.ingest.receipts import RECEIPTS, Receipt, decode_receipts
from generator.library.paths import record_paths
from generator.model import Paper, Slug
from generator.problem import Location, Problem, error, notice
from generator.records.codec import decode, is_slug
from generator.records.misfits import expected


def read_listings(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the listings' bytes by name, and why others cannot be read."""
    listings: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _files(root, LISTINGS, "*"):
        data = load(root, path) if _is_unicode(path) else _misnamed(path)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            listings[path.removeprefix(f"{LISTINGS}/")] = data
    return listings, problems


def _is_unicode(path: str) -> bool:
    """Tell whether a path can stand in a record; one that is not in UTF-8 cannot (PEP 383)."""
    return not any("\ud800" <= character <= "\udfff" for character in path)


def _misnamed(path: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    return error(Location(path=shown), "The file's name is not in UTF-8.", "Rename it.")


def read_receipts(root: Path) -> tuple[dict[str, tuple[Receipt, ...]], list[Problem]]:
    """Return the receipts by their listings' names, and what is wrong with others."""
    receipts: dict[str, tuple[Receipt, ...]] = {}
    problems: list[Problem] = []
    for path in _files(root, RECEIPTS, "*.jsonl"):
        data = load(root, path)
        found, flaws = ((), (data,)) if isinstance(data, Problem) else decode_receipts(data, path)
        receipts[path.removeprefix(f"{RECEIPTS}/").removesuffix(".jsonl")] = found
        problems += flaws
    return receipts, problems


def _files(root: Path, folder: str, pattern: str) -> list[str]:
    """Return the paths of files in order, without hidden ones: an editor's own, or half written."""
    found = (file for file in (root / folder).glob(pattern) if not file.is_dir())
    return sorted(file.relative_to(root).as_posix() for file in found if not file.name.startswith("."))


class RecordsRead(msgspec.Struct, frozen=True, kw_only=True):
    """The records below `content/papers/`."""

    records: tuple[SourceRecord, ...]
    """In order of path; no two of one id."""
    unread: frozenset[str]
    """Slugs and ids that others may have, which cannot be read."""
    problems: tuple[Problem, ...]


def read_records(root: Path) -> RecordsRead:
    """Return the records, and what is wrong with others."""
    found: list[SourceRecord] = []
    unread: set[str] = set()
    problems: list[Problem] = []
    for path in record_paths(root):
        data = load(root, path)
        record = _record(path, data) if isinstance(data, bytes) else (data,)
        if isinstance(record, SourceRecord):
            found.append(record)
        else:
            unread.update(_names(path, data))
            problems += record
    copies = Counter(record.id for record in found)
    for record in found:
        if (number := copies[record.id]) > 1:
            unread.update((record.id, record.slug.lower()))
            message = f"{number} records have the id {record.id!r}; ingest leaves them as they are."
            problems.append(error(Location(path=record.path), message, "Give each paper an id of its own."))
    for path in _files(root, "content/papers", "**/*.yml"):
        unread.add(_slug(path).lower())
        problems.append(
            notice(Location(path=path), "This is not read: it does not end in .yaml.", "Rename it.")
        )
    records = tuple(record for record in found if copies[record.id] == 1)
    return RecordsRead(records=records, unread=frozenset(unread), problems=tuple(problems))


def _record(path: str, data: bytes) -> SourceRecord | tuple[Problem, ...]:
    paper, problems = decode(data, path, Paper)
    if paper is None:
        return problems
    slug = _slug(path)
    if not paper.id and not is_slug(slug):
        message = f"The file's name {slug!r} is not {expected(Slug)}."
        return (error(Location(path=path), message, "Rename the file; its name is the paper's address."),)
    return SourceRecord(path=path, slug=slug, data=data, paper=paper)


def _slug(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _names(path: str, data: bytes | Problem) -> set[str]:
    """Return by what a record may be known that cannot be read."""
    ids = _ID.findall(data) if isinstance(data, bytes) else []
    return {_slug(path).lower(), *(found.decode() for found in ids)}


_ID = re.compile(rb"^id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
