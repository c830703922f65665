"""The gate: what speaks against filing a listing, told before anything is written."""

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.ingest.catalog import Known
from generator.ingest.matching import FiledListing, MatchedEntry, Outcome
from generator.listings import Parse, issue_of
from generator.problem import Severity
from generator.words import day

USUAL = 3
"""Listings of a source that tell what it usually has."""


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a file that was to be filed."""

    file: str
    """As a person named it."""
    listing: str = ""
    """The name it is filed under; empty where it is not."""
    new: int = 0
    """How many of its papers no record had."""
    known: int = 0
    left_out: int = 0
    """How many belong to records that an editor deleted, or that cannot be read."""
    replaces: str = ""
    """The listing of the same day whose new capture it is."""
    is_filed_already: bool = False
    is_empty: bool = False
    """Whether it is a page without papers, as on a weekend."""
    refusals: tuple[str, ...] = ()
    """Why it is not filed."""


def is_empty_page(parse: Parse, data: bytes) -> bool:
    """Tell whether a listing is a page without papers: only boilerplate."""
    lines = data.removesuffix(b"\n").count(b"\n") + 1
    return not parse.entries and sum(span.last - span.first + 1 for span in parse.boilerplate) >= lines


def replaced(listing: FiledListing, ids: set[str], known: Known, sources: Mapping[str, str]) -> str:
    """Return the name of the listing that one, of these ids, is a new capture of; empty if there is none.

    That is one of the same day and source, three quarters of whose papers it names.
    """
    for name, receipts in sorted(known.receipts.items()):
        if listing.issue and listing.issue == issue_of(name) and sources.get(name) == listing.source:
            last = {known.live(receipt.id) for receipt in receipts if not receipt.vanished}
            if last and 4 * len(last & ids) >= 3 * len(last):
                return name
    return ""


def refusals(
    listing: FiledListing,
    matched: Sequence[MatchedEntry],
    known: Known,
    sources: Mapping[str, str],
    usual: Sequence[int],
) -> Iterable[str]:
    """Yield what speaks against filing a listing: a line each, in plain English.

    `sources` has the formats of listings by name, `usual` the numbers of papers in others of its source.
    """
    ids = [one.receipt.id for one in matched]
    if cut := _cut(listing.parse):
        yield cut
    if repeated := _repeated(matched):
        yield repeated
    if earlier := _earlier(listing, matched, known) or _dated(listing, matched, known, sources):
        yield earlier
    if len(usual) >= USUAL and 10 * len(set(ids)) < (median := statistics.median(usual)):
        yield f"{_papers(len(set(ids)))}; pages of this source usually have {median:.0f}"
    late = [one for one in matched if _is_late(one, listing.issue)]
    if late and listing.issue:
        were = "was" if len(late) == 1 else "were"
        yield f"{_papers(len(late))} {were} published after this issue's day, {day(listing.issue).text}"


def _cut(parse: Parse) -> str:
    """Say that a page ends in the midst of a paper: its last error lies behind its last entry."""
    last = max((entry.span.last for entry in parse.entries), default=0)
    behind = [
        problem
        for problem in parse.problems
        if problem.severity is Severity.ERROR and problem.location.line > last
    ]
    whole = f"{_papers(len(parse.entries))} {'is' if len(parse.entries) == 1 else 'are'} whole"
    return f"cut short: {whole}, the last is not" if behind else ""


def _repeated(matched: Sequence[MatchedEntry]) -> str:
    """Say that the second half of a listing repeats the first: the same titles of the same papers, in order.

    A bibliography may name a paper several times for other reasons, of which notices tell.
    """
    papers = [(one.receipt.id, one.facts.title) for one in matched]
    half = len(papers) // 2
    if half < 2 or papers[:half] != papers[half:]:
        return ""
    return f"{half} of {len(papers)} papers appear twice; was the page pasted twice?"


def _earlier(listing: FiledListing, matched: Sequence[MatchedEntry], known: Known) -> str:
    """Say that all papers are those of a listing of an earlier day."""
    ids = {one.receipt.id for one in matched}
    if listing.issue is None or len(ids) < 2 or any(one.outcome is Outcome.NEW for one in matched):
        return ""
    for name, receipts in sorted(known.receipts.items(), reverse=True):
        issue = issue_of(name)
        if issue and issue < listing.issue and ids <= {known.live(receipt.id) for receipt in receipts}:
            is_yesterdays = listing.issue - issue == dt.timedelta(1)
            where = "yesterday's listing" if is_yesterdays else f"the listing of {day(issue).text}"
            return f"all {len(ids)} are already in {where}: {name}"
    return ""


def _dated(
    listing: FiledListing, matched: Sequence[MatchedEntry], known: Known, sources: Mapping[str, str]
) -> str:
    """Say that all papers of an undated listing are those of a dated one of its source."""
    ids = {one.receipt.id for one in matched}
    if listing.issue or any(one.outcome is Outcome.NEW for one in matched):
        return ""
    for name, receipts in sorted(known.receipts.items(), reverse=True):
        is_alike = issue_of(name) and sources.get(name) == listing.source
        if is_alike and ids <= {known.live(receipt.id) for receipt in receipts}:
            return f"all {len(ids)} are of {name}: name the day with --issue"
    return ""


def _is_late(one: MatchedEntry, issue: dt.date | None) -> bool:
    published = one.entry.stated.published
    return bool(issue and published and published > issue)


def _papers(number: int) -> str:
    return f"{number} paper{'' if number == 1 else 's'}"
