"""Make the notices on listings, on their entries, and on papers that they no longer name."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Set

import msgspec

from generator.ingest.catalog import CatalogRecord
from generator.ingest.inputs import SourceRecord
from generator.ingest.matching import MatchedEntry, Outcome
from generator.ingest.parsing import ParsedListing
from generator.ingest.receipts import Receipt
from generator.ingest.statements import Mentions
from generator.library.paths import LISTINGS
from generator.model import ENRICHED
from generator.problem import Location, Problem, Severity, notice


def problems_of_listing(listing: ParsedListing, entries: Iterable[MatchedEntry]) -> Iterator[Problem]:
    """Yield the problems of a listing, which are true as long as it does not change."""
    for problem in listing.problems:
        if listing.anyway and problem.severity is Severity.ERROR:  # a person knows, and has said why
            hint = f"It was filed anyway: {listing.anyway}"
            yield msgspec.structs.replace(problem, severity=Severity.NOTICE, hint=hint)
        else:
            yield problem
    if listing.issue is None and listing.name != ENRICHED:
        message = "The file's name does not begin with a day, so the papers are undated."
        yield notice(Location(path=listing.path), message, _UNDATED)
    yield from _named_again(entries)


def _named_again(entries: Iterable[MatchedEntry]) -> Iterator[Problem]:
    """Yield a notice for each entry whose paper an earlier one names."""
    first: dict[str, int] = {}
    for one in entries:
        position = one.entry.position
        if first.setdefault(one.id, position) != position:
            message = f"is named twice: at place {first[one.id]} and at {position}."
            yield msgspec.structs.replace(_notice(one, message, _TWICE), many="papers are named twice")


def left_out(matched: Iterable[MatchedEntry], last: Iterable[Receipt]) -> Iterator[Problem]:
    """Yield a notice for each entry of a listing that goes into no record.

    If an editor deleted the record, there is a notice only if none of the listing's `last` receipts names it.
    """
    told = {receipt.id for receipt in last}
    for one in matched:
        if one.outcome is Outcome.UNREADABLE:
            yield _notice(one, f"is left as it is: its record {one.id!r} cannot be read.", _UNREADABLE)
        elif one.outcome is Outcome.DELETED and one.id not in told:
            yield _notice(one, f"is left out: its record {one.id!r} was deleted or merged.", _DELETED)


def named_no_more(record: SourceRecord, mentions: Mentions) -> Problem | None:
    """Return a notice for a record with a row for a listing that no longer names its paper."""
    named = {name for name, found in mentions.items() if not all(one.receipt.vanished for one in found)}
    for row in record.paper.listed:
        if row.listing in mentions.keys() - named:
            place = Location(path=record.path)
            if named:
                message = f"{row.listing} no longer names this paper."
                return notice(place, message, "Remove its row from `listed`.")
            message = "No listing names this paper any more."
            return notice(place, message, _ORPHANED)
    return None


def of_missing_listings(records: Mapping[str, CatalogRecord], there: Set[str]) -> Iterator[Problem]:
    """Yield a notice for each record with a row for a listing that is missing.

    If no listing is there, none is reported: a digest may be published without its listings.
    """
    for path, row in records.items() if there else ():
        for name in row.listings:
            if name not in there:
                message = f"`listed` names {name}, and there is no such listing."
                yield notice(Location(path=path), message, "Restore the listing, or remove the row.")


_ORPHANED = (
    "If another record has it now, `broadsheet merge` the two. Else delete this one, or edit it to keep it."
)
_UNDATED = "Begin it with the day of the issue, as in 2025-10-30-NAME, and ingest again."
_DELETED = (
    "To have it back, restore its file. If it was merged, put its id into `formerly` of the other record."
)
_UNREADABLE = "Fix the file, and ingest again."
_TWICE = "It counts once, at its first place."


def _notice(one: MatchedEntry, message: str, hint: str) -> Problem:
    span, stated = one.entry.span, one.entry.stated
    name = stated.title or stated.arxiv or stated.doi or stated.abstract or "A paper"
    place = Location(path=f"{LISTINGS}{one.listing}", line=span.first, last_line=span.last)
    return notice(place, f"'{textwrap.shorten(name, 80, placeholder=' ...')}' {message}", hint)
