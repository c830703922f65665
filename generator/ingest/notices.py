"""What is to be told of listings and their entries."""

import textwrap
from collections.abc import Iterable, Iterator

import msgspec

from generator.ingest.content import Content
from generator.ingest.matching import FiledListing, MatchedEntry, Outcome
from generator.problem import Location, Problem, Severity, notice


def problems_of_listing(listing: FiledListing, entries: Iterable[MatchedEntry]) -> Iterator[Problem]:
    """Yield what is wrong or worth knowing of a listing as long as it stays as it is."""
    for problem in listing.parse.problems:
        if listing.anyway:  # a person knows, and has said why
            hint = f"It was filed anyway: {listing.anyway}"
            yield msgspec.structs.replace(problem, severity=Severity.NOTICE, hint=hint)
        else:
            yield problem
    if listing.issue is None:
        message = "The name begins with no day, so the papers are undated."
        yield notice(Location(path=listing.path), message, _UNDATED)
    first: dict[str, int] = {}
    for one in entries:
        position = one.entry.position
        if first.setdefault(one.receipt.id, position) != position:
            place = f"at place {first[one.receipt.id]} and at {position}"
            yield _notice(one, f"is named twice: {place}.", _TWICE)


def left_out(content: Content, matched: Iterable[MatchedEntry]) -> Iterator[Problem]:
    """Yield a notice for each entry that no record takes up, but not again where an editor deleted it."""
    for one in matched:
        id_ = one.receipt.id
        last = content.last_receipts(one.listing.name)
        if one.outcome is Outcome.UNREADABLE:
            yield _notice(one, f"is left as it is: its record {id_!r} cannot be read.", _UNREADABLE)
        elif one.outcome is Outcome.DELETED and not any(receipt.id == id_ for receipt in last):
            yield _notice(one, f"is left out: its record {id_!r} was deleted or merged.", _DELETED)


_UNDATED = "Begin it with the day of the issue, as in 2025-10-30-NAME, and ingest again."
_DELETED = (
    "To have it back, restore its file. If it was merged, put its id into `formerly` of the other record."
)
_UNREADABLE = "Fix the file, and ingest again."
_TWICE = "It counts once, at its first place."


def _notice(one: MatchedEntry, message: str, hint: str) -> Problem:
    span, stated = one.entry.span, one.entry.stated
    name = stated.title or stated.arxiv or stated.doi or stated.abstract or "A paper"
    place = Location(path=one.listing.path, line=span.first, last_line=span.last)
    return notice(place, f"'{textwrap.shorten(name, 80, placeholder=' ...')}' {message}", hint)
