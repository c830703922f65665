"""Read a digest's files: the heads of all, decoded only where bytes changed, and whole files as needed."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.files import digest, load
from generator.ingest.catalog import Catalog, ReceiptHead, ReceiptsHead, RecordHead
from generator.ingest.identity import facts_of
from generator.ingest.matching import LISTINGS, FiledListing, SourceRecord
from generator.ingest.receipts import RECEIPTS, Receipt, decode_receipts, digested
from generator.library.paths import is_record
from generator.listings import FORMATS, Listing, issue_of, parse
from generator.listings import decode as decode_listing
from generator.model import Paper, Slug
from generator.problem import Location, Problem, error, notice
from generator.records.codec import decode, is_slug
from generator.records.misfits import expected

PAPERS = "content/papers"


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a digest, as they are now, and what the last ingest left."""

    last: Catalog
    records: Mapping[str, RecordHead]
    """By path, in order."""
    receipts: Mapping[str, ReceiptsHead]
    """By the listing's name."""
    listings: Mapping[str, bytes]
    """Digests of the listings that can be read, by name, in order."""
    problems: tuple[Problem, ...]
    """Why files cannot be read, but for records, whose heads tell."""


def survey(root: Path, last: Catalog) -> Survey:
    """Return what is in the digest at `root`; a file whose bytes `last` knows is not decoded."""
    problems: list[Problem] = []
    records: dict[str, RecordHead] = {}
    for path in _paths(root):
        if is_record(path.rpartition("/")[2]):
            records[path] = _record_head(path, load(root, path), last.records.get(path))
        else:
            message = "This is not read: it does not end in .yaml."
            problem = notice(Location(path=path), message, "Rename it.")
            records[path] = RecordHead(path, b"", _slug(path), "", (_slug(path).lower(),), None, (problem,))
    receipts = {
        path.removeprefix(f"{RECEIPTS}/").removesuffix(".jsonl"): load(root, path)
        for path in _files(root, RECEIPTS, "*.jsonl")
    }
    heads = {name: _receipts_head(name, data, last.receipts.get(name)) for name, data in receipts.items()}
    listings: dict[str, bytes] = {}
    for path in _files(root, LISTINGS, "*"):
        data = load(root, path) if _is_unicode(path) else _misnamed(path)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            listings[path.removeprefix(f"{LISTINGS}/")] = digest(data)
    return Survey(last=last, records=records, receipts=heads, listings=listings, problems=tuple(problems))


def listing_names(root: Path) -> list[str]:
    """Return the names of all listings that are there, or of which receipts tell, in order."""
    filed = (path.removeprefix(f"{LISTINGS}/") for path in _files(root, LISTINGS, "*"))
    receipts = _files(root, RECEIPTS, "*.jsonl")
    told = (path.removeprefix(f"{RECEIPTS}/").removesuffix(".jsonl") for path in receipts)
    return sorted({*filed, *told})


def _paths(root: Path) -> Iterator[str]:
    """Yield the paths of records in order, and of files that may be meant for records."""
    prefix = len(f"{root}/")
    for folder, folders, names in os.walk(f"{root}/{PAPERS}"):
        folders.sort()
        below = f"{folder[prefix:]}/".replace(os.sep, "/")
        yield from (
            below + name for name in sorted(names) if name.endswith((".yaml", ".yml")) and name[0] != "."
        )


def _files(root: Path, folder: str, pattern: str) -> list[str]:
    """Return the paths of files in order, without hidden ones: an editor's own, or half written."""
    found = (file for file in (root / folder).glob(pattern) if not file.is_dir())
    return sorted(file.relative_to(root).as_posix() for file in found if not file.name.startswith("."))


def _is_unicode(path: str) -> bool:
    """Tell whether a record can hold a path; one that is not in UTF-8 it cannot (PEP 383)."""
    return not any("\ud800" <= character <= "\udfff" for character in path)


def _misnamed(path: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    return error(Location(path=shown), "The file's name is not in UTF-8.", "Rename it.")


def _record_head(path: str, data: bytes | Problem, last: RecordHead | None) -> RecordHead:
    if isinstance(data, Problem):
        return RecordHead(path, b"", _slug(path), "", tuple(_names(path, b"")), None, (data,))
    taken = digest(data)
    return last if last and last.digest == taken else record_head(path, data)


def record_head(path: str, data: bytes) -> RecordHead:
    """Return the head of a record, or of a file that cannot be read as one."""
    record = read_record(path, data)
    if isinstance(record, SourceRecord):
        facts = facts_of(digested(record.stated))
        return RecordHead(path, digest(data), record.slug, record.id, record.paper.formerly, facts)
    return RecordHead(path, digest(data), _slug(path), "", tuple(_names(path, data)), None, record)


def read_record(path: str, data: bytes) -> SourceRecord | tuple[Problem, ...]:
    """Return a record, or what is wrong with it."""
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


def _names(path: str, data: bytes) -> Iterator[str]:
    """Yield by what a record may be known that cannot be read."""
    yield _slug(path).lower()
    yield from (found.decode() for found in _ID.findall(data))


_ID = re.compile(rb"^id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)


def _receipts_head(listing: str, data: bytes | Problem, last: ReceiptsHead | None) -> ReceiptsHead:
    if isinstance(data, Problem):
        return ReceiptsHead(b"", problems=(data,))
    taken = digest(data)
    return last if last and last.digest == taken else receipts_head(listing, data)


def receipts_head(listing: str, data: bytes) -> ReceiptsHead:
    """Return the head of a listing's receipts."""
    receipts, problems = decode_receipts(data, f"{RECEIPTS}/{listing}.jsonl")
    return ReceiptsHead(
        digest(data),
        tuple(ReceiptHead(one.id, facts_of(one.stated), one.vanished) for one in receipts),
        next((one.format_name for one in receipts if one.format_name), None),
        next((one.anyway for one in receipts if one.anyway), None),
        problems,
    )


def read_receipts(root: Path, listings: Iterable[str]) -> dict[str, tuple[Receipt, ...]]:
    """Return the receipts of listings by name; those that cannot be read are left out."""
    paths = {name: f"{RECEIPTS}/{name}.jsonl" for name in listings}
    data = {name: load(root, path) for name, path in paths.items()}
    return {
        name: decode_receipts(found, paths[name])[0]
        for name, found in data.items()
        if not isinstance(found, Problem)
    }


def read_records(root: Path, paths: Iterable[str]) -> Iterator[SourceRecord]:
    """Yield those records at the paths that can be read."""
    for path in paths:
        data = load(root, path)
        record = read_record(path, data) if isinstance(data, bytes) else None
        if isinstance(record, SourceRecord):
            yield record


def read_listing(
    name: str, data: bytes, format_name: str | None = None, anyway: str | None = None
) -> FiledListing:
    """Return a listing, parsed: what its file of that name holds, or is to hold."""
    issue, path = issue_of(name), f"{LISTINGS}/{name}"
    return FiledListing(
        name=name,
        issue=issue,
        parse=parse(data, path, issue, format_name),
        source=format_name
        or _source(Listing(path=path, issue=issue, lines=decode_listing(data, path).lines)),
        format_name=format_name,
        anyway=anyway,
    )


def _source(listing: Listing) -> str:
    """Return the name of the one format that a listing is of; empty where its content does not tell."""
    names = [form.NAME for form in FORMATS if form.matches(listing)]
    return names[0] if len(names) == 1 else ""
