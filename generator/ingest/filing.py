"""Filing: read a file, and decide whether it becomes a listing of the digest, and under which name."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.files import digest
from generator.ingest.catalog import Known
from generator.ingest.gate import Filed, is_empty_page, refusals, replaced
from generator.ingest.inputs import read_listing
from generator.ingest.matching import LISTINGS, FiledListing, MatchedEntry, Outcome, match
from generator.listings import issue_of
from generator.problem import Location, Problem, error


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is to be filed as a listing of the digest."""

    file: Path
    data: bytes | None = None
    """What it holds; None where it is to be read."""
    issue: dt.date | None = None
    """The day it is filed under; None where its name says so, or it is unknown."""
    format_name: str | None = None
    """What it is, where its content does not tell."""


class ExistingListings(msgspec.Struct, frozen=True, kw_only=True):
    """The listings that a digest has."""

    digests: Mapping[str, bytes]
    """Of their bytes, by name."""
    sources: Mapping[str, str]
    """Their formats, by name."""
    sizes: Mapping[str, int]
    """How many entries each has."""

    def usual(self, listing: FiledListing) -> list[int]:
        """Return how many entries the other listings of the same source have."""
        names = [name for name, source in self.sources.items() if source and source == listing.source]
        return [self.sizes[name] for name in names if name != listing.name]


class Decision(NamedTuple):
    """What comes of a file."""

    filed: Filed
    listing: FiledListing | None = None
    """The listing that it becomes."""
    data: bytes = b""
    problems: tuple[Problem, ...] = ()
    """Why nothing can be filed, at the file."""


def decide(  # noqa: PLR0911 (a file may come to a sudden end in as many ways)
    root: Path,
    filing: Filing,
    existing: ExistingListings,
    known: Known,
    others: Sequence[FiledListing] = (),
    anyway: str | None = None,
) -> Decision:
    """Return what comes of a file, in a digest that has these listings, and `others` that are filed with it.

    `anyway` is why a person wants it filed, whatever speaks against it.
    """
    file = str(filing.file)
    place = Location(path=filing.file.absolute().as_posix())
    named = _named(root, filing, place)
    if isinstance(named, Problem):
        return Decision(Filed(file=file), problems=(named,))
    name, data = named
    if existing.digests.get(name) == digest(data):
        return Decision(Filed(file=file, listing=name, is_filed_already=True))
    listing = read_listing(name, data, filing.format_name)
    if is_empty_page(listing.parse, data):
        return Decision(Filed(file=file, is_empty=True))
    if not listing.parse.entries:
        refused = Filed(file=file, refusals=("no paper can be read from it",))
        return Decision(refused, problems=_at(place.path, listing.parse.problems))
    entries = _entries(listing, others, known)
    old = replaced(listing, {one.receipt.id for one in entries}, known, existing.sources)
    if not old and (name in existing.digests or any(other.name == name for other in others)):
        message = f"{LISTINGS}/{name} is there already, and holds something else."
        problem = error(place, message, "Rename one of the two, or delete the other.")
        return Decision(Filed(file=file), problems=(problem,))
    if old:
        listing = read_listing(old, data, filing.format_name)
        entries = _entries(listing, others, known)
    against = tuple(refusals(listing, entries, known, existing.sources, existing.usual(listing)))
    filed = _counted(Filed(file=file, listing=listing.name, replaces=old), entries)
    if not against or anyway:
        return Decision(filed, msgspec.structs.replace(listing, anyway=anyway if against else None), data)
    filed = msgspec.structs.replace(filed, listing="", refusals=against)
    return Decision(filed, problems=_at(place.path, listing.parse.problems))


def _entries(listing: FiledListing, others: Sequence[FiledListing], known: Known) -> list[MatchedEntry]:
    """Return the entries of a listing, each with its record."""
    return [one for one in match([*others, listing], known) if one.listing is listing]


def _counted(filed: Filed, entries: Sequence[MatchedEntry]) -> Filed:
    """Return what came of a file, with the numbers of its papers."""
    outcomes = {one.receipt.id: one.outcome for one in entries}
    new, known = (list(outcomes.values()).count(outcome) for outcome in (Outcome.NEW, Outcome.KNOWN))
    return msgspec.structs.replace(filed, new=new, known=known, left_out=len(outcomes) - new - known)


def _at(file: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems of a listing that is not filed, at the file that a person named."""
    return tuple(
        msgspec.structs.replace(problem, location=msgspec.structs.replace(problem.location, path=file))
        for problem in problems
    )


def _named(root: Path, filing: Filing, place: Location) -> tuple[str, bytes] | Problem:
    """Return the name under which a file is to be filed, and what it holds."""
    file, issue, name = filing.file, filing.issue, filing.file.name
    if filing.data is not None:  # standard input, which has no name
        source = read_listing("standard-input", filing.data, filing.format_name).source or "standard-input"
        return f"{issue}-{source}.txt" if issue else f"{source}.txt", filing.data
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
    if name.startswith("."):
        return error(place, "A file whose name begins with a dot is not read as a listing.", "Rename it.")
    return name, data
