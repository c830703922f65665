"""Read, parse and name captures (the files that a person wants filed as listings), or say why that fails."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.files import in_utf8, indistinct
from generator.ingest.affected import SHARE, is_unchanged, share_named
from generator.ingest.catalog import CatalogListing, CatalogReceipts
from generator.ingest.inputs import Inputs
from generator.ingest.parsing import ParsedListing, at, parse_listing
from generator.library.paths import LISTINGS
from generator.listings import issue_of, without_day
from generator.problem import Location, Problem, error

ListingFacts = Mapping[str, ParsedListing | CatalogListing]
"""By name of listing: what has its format (`source`) and its number of entries (`size`)."""


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is to be filed as a listing of the digest."""

    file: Path
    data: bytes | None = None
    """What it holds; None where it is to be read."""
    issue: dt.date | None = None
    """The day to file it under; None if its name begins with the day, or it is unknown."""
    format_name: str | None = None
    """Name of its format, if its content does not show it."""
    is_fetched: bool = False
    """Whether it is the answer of a source, whose listings have the same name after their day."""


class CaptureReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result for one capture."""

    file: str
    """As a person named it."""
    listing: str = ""
    """The name it is filed under; empty if it is not filed."""
    new: int = 0
    """Number of its papers that had no record."""
    known: int = 0
    left_out: int = 0
    """Number of its papers whose record an editor deleted, or cannot be read."""
    replaces: str = ""
    """The listing of the same day whose new capture it is."""
    repeats: str = ""
    """An earlier listing of the same source that has all papers of this answer."""
    resembles: str = ""
    """In words, what it shares with another listing of the day, which it may replace."""
    is_filed_already: bool = False
    is_empty: bool = False
    """Whether it is a page without papers, as on a weekend."""
    refusals: tuple[str, ...] = ()
    """Why it is not filed."""
    problems: tuple[Problem, ...] = ()
    """Why it is not filed, at the file."""


class ParsedCapture(NamedTuple):
    """A capture with papers and a name. The gate decides whether it is filed."""

    file: str
    """As a person named it."""
    path: str
    """Its absolute path."""
    data: bytes
    listing: ParsedListing
    replaces: str
    """The listing of the same day whose new capture it is; empty if there is none."""
    is_fetched: bool = False
    """Whether it is a source's answer."""


def read_captures(
    root: Path, captures: Iterable[Capture], inputs: Inputs, existing: ListingFacts
) -> list[ParsedCapture | CaptureReport]:
    """Return each capture, parsed and named; or its report, if it cannot become a listing."""
    digests = dict(inputs.listings)
    found: list[ParsedCapture | CaptureReport] = []
    met: set[tuple[str, bytes]] = set()
    for capture in captures:
        one = _candidate(root, capture, digests, inputs, existing)
        if isinstance(one, ParsedCapture):
            key = one.listing.name, one.listing.digest
            if key in met:  # the same file twice
                continue
            met.add(key)
            digests.update([key])
        found.append(one)
    return found


def _candidate(
    root: Path, capture: Capture, digests: Mapping[str, bytes], inputs: Inputs, existing: ListingFacts
) -> ParsedCapture | CaptureReport:
    file, path = str(capture.file), capture.file.absolute().as_posix()
    read = _parsed(root, capture, Location(path=path))
    if isinstance(read, Problem):
        return CaptureReport(file=file, problems=(read,))
    listing, data = read
    replaces = _replaced(listing, capture, digests, inputs, existing)
    named = _named(listing, replaces or listing.name)
    is_there = digests.get(named.name) == named.digest
    if is_there and _is_finished(named, inputs):
        return CaptureReport(file=file, listing=named.name, is_filed_already=True)
    if not listing.entries:
        problems = () if listing.is_empty else _unread(capture, listing, data, path)
        return CaptureReport(file=file, is_empty=listing.is_empty, problems=problems)
    if listing.name in digests and not (replaces or is_there):
        message = f"{listing.path} is there already, and holds something else."
        hint = "Rename one of the two, or delete the other."
        return CaptureReport(file=file, problems=(error(Location(path=path), message, hint),))
    for alike in indistinct([*sorted(digests.keys() - {named.name}), named.name]):
        if alike.location.path == named.name:
            problem = error(Location(path=path), alike.message, "Rename the file that you ingest.")
            return CaptureReport(file=file, problems=(problem,))
    return ParsedCapture(
        file=file,
        path=path,
        data=data,
        listing=named,
        replaces="" if is_there else replaces,
        is_fetched=capture.is_fetched,
    )


def _is_finished(listing: ParsedListing, inputs: Inputs) -> bool:
    """Tell whether all records and receipts of a filed listing were written.

    If the catalog does not have the listing, as in a fresh clone, its receipts decide: they are written last.
    """
    if listing.name in inputs.last.listings:
        return is_unchanged(listing.name, inputs)
    receipts = inputs.receipts.get(listing.name, CatalogReceipts()).receipts
    named = [one.identity for one in receipts if not one.vanished]
    return named == [one.identity for one in listing.entries]


def _parsed(root: Path, capture: Capture, place: Location) -> tuple[ParsedListing, bytes] | Problem:
    """Return the listing that a capture would become, and its bytes."""
    name, issue = capture.file.name, capture.issue
    is_filed = capture.data is None and capture.file.resolve().parent == (root / LISTINGS).resolve()
    if is_filed and issue and issue != issue_of(name):
        message = f"This listing is filed already, and not under {issue}."
        return error(place, message, f"Rename it {issue}-{without_day(name)}, or leave out --issue.")
    if name.startswith("."):
        return error(place, "A file whose name begins with a dot is not read as a listing.", "Rename it.")
    if in_utf8(name) != name:
        return error(place, "The file's name is not in UTF-8.", "Rename it.")
    day = f"{issue}-" if issue and issue != issue_of(name) else ""
    if capture.data is not None:  # standard input, which has no name
        listing = parse_listing(f"{day}standard-input", capture.data, capture.format_name)
        return _named(listing, f"{day}{listing.source or 'standard-input'}.txt"), capture.data
    try:
        data = capture.file.read_bytes()
    except OSError as flaw:
        return error(place, f"This cannot be read: {flaw.strerror}.", "Name a file that holds a listing.")
    return parse_listing(f"{day}{name}", data, capture.format_name), data


def _unread(capture: Capture, listing: ParsedListing, data: bytes, path: str) -> tuple[Problem, ...]:
    """Return why no paper can be read from a capture, first of all that the wrong format was named."""
    source = parse_listing(listing.name, data).source
    if capture.format_name and source not in {"", capture.format_name}:
        message = f"This is {source}, not {capture.format_name}."
        hint = "Run ingest again without --format."
        if capture.is_fetched:
            hint = "Remove `format:` from its source in content/site.yaml, or correct it."
        return (error(Location(path=path), message, hint),)
    return at(path, listing.problems)


def _named(listing: ParsedListing, name: str) -> ParsedListing:
    """Return a listing of the same day under another name."""
    renamed = msgspec.structs.replace(listing, name=name)
    return msgspec.structs.replace(renamed, problems=at(renamed.path, listing.problems))


def _replaced(
    listing: ParsedListing,
    capture: Capture,
    digests: Mapping[str, bytes],
    inputs: Inputs,
    existing: ListingFacts,
) -> str:
    """Return the name of the listing of the same day and format that this one replaces; empty if none."""
    if digests.get(listing.name) == listing.digest:
        return ""
    if capture.is_fetched:
        return listing.name if listing.name in digests else ""
    for name, row in sorted(inputs.receipts.items()):
        is_of_the_day = listing.issue and listing.issue == issue_of(name) and name in existing
        is_alike = is_of_the_day and existing[name].source == listing.source
        if is_alike and share_named(row.receipts, listing.keys) >= SHARE:
            return name
    return ""
