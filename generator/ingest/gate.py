"""Decide whether a capture is filed as a listing, before anything is written."""

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from generator.ingest.captures import CaptureReport, ListingFacts, ParsedCapture
from generator.ingest.known_papers import KnownPapers
from generator.ingest.matching import MatchedEntry, Outcome, by_listing
from generator.ingest.parsing import ParsedListing, at
from generator.listings import issue_of, without_day
from generator.problem import Problem, Severity, has_error
from generator.words import day, number_word

USUAL = 3
"""Listings of a format that tell how many papers its pages usually have."""
LEAST_REPEATED = 3
"""Papers that appear again on a page that was pasted twice, at least, where not all do."""


def gate(
    captures: Iterable[ParsedCapture | CaptureReport],
    matched: Iterable[MatchedEntry],
    known: KnownPapers,
    existing: ListingFacts,
    anyway: str | None,
) -> tuple[list[CaptureReport], list[ParsedCapture]]:
    """Return a report of each capture, and those that are admitted.

    A capture with a reason against it is refused, unless a person says in `anyway` why to file it. `matched`
    has the entries of all captures.
    """
    entries = by_listing(matched)
    reports: list[CaptureReport] = []
    admitted: list[ParsedCapture] = []
    for one in captures:
        if isinstance(one, CaptureReport):
            reports.append(one)
            continue
        if one.is_fetched and (earlier := _fetched_before(one.listing, entries[one.listing.name], known)):
            reports.append(CaptureReport(file=one.file, repeats=earlier))
            continue
        refusals = tuple(_refusals(one, entries[one.listing.name], known, existing))
        if refusals and not anyway:
            problems = at(one.path, _errors(one.listing, entries[one.listing.name]))
            report = CaptureReport(file=one.file, refusals=refusals, problems=problems)
            reports.append(report)
            continue
        resembles = "" if one.is_fetched else _resembles(one, entries[one.listing.name], known, existing)
        reports.append(_report(one, entries[one.listing.name], resembles))
        reason = anyway if refusals else None
        admitted.append(one._replace(listing=msgspec.structs.replace(one.listing, anyway=reason)))
    return reports, admitted


def _report(candidate: ParsedCapture, entries: Iterable[MatchedEntry], resembles: str) -> CaptureReport:
    """Return the report of a candidate that is filed, with the numbers of its papers."""
    outcomes = {one.id: one.outcome for one in entries}
    new, known = (list(outcomes.values()).count(outcome) for outcome in (Outcome.NEW, Outcome.KNOWN))
    return CaptureReport(
        file=candidate.file,
        listing=candidate.listing.name,
        new=new,
        known=known,
        left_out=len(outcomes) - new - known,
        replaces=candidate.replaces,
        resembles=resembles,
    )


def _refusals(
    candidate: ParsedCapture, matched: Sequence[MatchedEntry], known: KnownPapers, existing: ListingFacts
) -> Iterator[str]:
    """Yield the reasons against filing a listing, a line each.

    The answer of a source is compared only with its own listings: two sources may have papers in common.
    """
    listing = candidate.listing
    ids = {one.id for one in matched}
    if cut := _cut(listing, len(ids)):
        yield cut
    if repeated := _repeated(listing, matched):
        yield repeated
    if not candidate.is_fetched and (earlier := _earlier(listing, matched, known, existing)):
        yield earlier
    alike = [
        row
        for name, row in existing.items()
        if name != listing.name
        and row.source == listing.source
        and (not candidate.is_fetched or without_day(name) == without_day(listing.name))
    ]
    if listing.source and len(alike) >= USUAL:
        usual = statistics.median(row.size for row in alike)
        if 10 * len(ids) < usual:
            yield f"{_papers(len(ids))}; pages of this source usually have {usual:.0f}"
    if listing.issue and (late := sum(_is_late(one, listing.issue) for one in matched)):
        were = "was" if late == 1 else "were"
        yield f"{_papers(late)} {were} published after this issue's day, {day(listing.issue).text}"


def _errors(listing: ParsedListing, matched: Sequence[MatchedEntry]) -> Iterator[Problem]:
    """Yield the errors of a refused listing; if a page was pasted twice, only those of the last copy."""
    first = _line_of_last_copy(matched) if _is_pasted_again(listing, matched) else 0
    for problem in listing.problems:
        if problem.severity is Severity.ERROR and problem.location.line >= first:
            yield problem


def _cut(listing: ParsedListing, papers: int) -> str:
    """Say that a page ends in the middle of a paper: it has an error after its last entry."""
    last = max(one.entry.span.last for one in listing.entries)
    behind = [
        problem
        for problem in listing.problems
        if problem.severity is Severity.ERROR and problem.location.line > last
    ]
    whole = f"{_papers(papers)} {'is' if papers == 1 else 'are'} whole"
    return f"cut short: {whole}, the last is not" if behind else ""


def _repeated(listing: ParsedListing, matched: Sequence[MatchedEntry]) -> str:
    """Say that a page was pasted several times.

    A bibliography may name a paper twice for other reasons, which notices report.
    """
    if not _is_pasted_again(listing, matched):
        return ""
    met = Counter(one.id for one in matched)
    times = max(met.values())
    often = "twice" if times == 2 else f"{number_word(times)} times"
    several = sum(count > 1 for count in met.values())
    return f"{several} of {len(matched)} papers appear {often}; was the page pasted {often}?"


def _is_pasted_again(listing: ParsedListing, matched: Sequence[MatchedEntry]) -> bool:
    """Tell whether the same papers follow again, in the same order, up to the end of a listing.

    If the page is cut, which leaves an error, a copy may have fewer papers; and the copy after a cut one may
    lack its first paper, which cannot be told from the cut one.
    """
    papers = [(one.id, one.identity.title) for one in matched]
    is_cut = has_error(listing.problems)
    return any(_is_copy(papers, size, is_cut=is_cut) for size in range(2, len(papers) - 1))


def _is_copy(papers: Sequence[tuple[str, str]], size: int, *, is_cut: bool) -> bool:
    """Tell whether the papers after the first ones, so many, are these again."""
    again, first = len(papers) - size, papers[:2]
    if papers[size] == papers[0] and again >= size and papers[size:] == papers[:again]:
        return True
    begin = first.index(papers[size]) if is_cut and papers[size] in first else size
    common = min(again, size - begin)
    is_long = common >= LEAST_REPEATED and common * 2 >= size
    return is_long and papers[size : size + common] == papers[begin : begin + common]


def _line_of_last_copy(matched: Sequence[MatchedEntry]) -> int:
    """Return the line where the last copy begins: at the first paper with the highest count."""
    times = max(Counter(one.id for one in matched).values())
    met = Counter[str]()
    for one in matched:
        met[one.id] += 1
        if met[one.id] == times:
            return one.entry.span.first
    return 0


def _earlier(
    listing: ParsedListing, matched: Sequence[MatchedEntry], known: KnownPapers, existing: ListingFacts
) -> str:
    """Say that an earlier listing has all papers; or, for a listing without a day, any of its format."""
    ids = {one.id for one in matched if one.outcome is not Outcome.NEW}
    if len(ids) < len({one.id for one in matched}):
        return ""
    for name, receipts in sorted(known.receipts.items(), reverse=True):
        issue = issue_of(name)
        if not issue or not ids <= {known.current_id(receipt.id) for receipt in receipts}:
            continue
        if listing.issue is None and name in existing and existing[name].source == listing.source:
            return f"all {len(ids)} are of {name}: name the day with --issue"
        if listing.issue and issue < listing.issue and len(ids) > 1:
            is_yesterdays = listing.issue - issue == dt.timedelta(1)
            where = "yesterday's listing" if is_yesterdays else f"the listing of {day(issue).text}"
            return f"all {len(ids)} are already in {where}: {name}"
    return ""


def _resembles(
    candidate: ParsedCapture, matched: Sequence[MatchedEntry], known: KnownPapers, existing: ListingFacts
) -> str:
    """Say that this listing shares half of its papers with another of the day and format, or the reverse."""
    listing, ids = candidate.listing, {one.id for one in matched}
    for name, receipts in sorted(known.receipts.items()):
        is_of_the_day = listing.issue and listing.issue == issue_of(name) and name in existing
        if is_of_the_day and name != listing.name and existing[name].source == listing.source:
            theirs = {known.current_id(receipt.id) for receipt in receipts if not receipt.vanished}
            shared = len(ids & theirs)
            if shared and 2 * shared >= min(len(ids), len(theirs)):
                common = f"{shared} of its {len(ids)} papers are in {name} too, which has {len(theirs)}"
                return f"{common}. If this is a new capture of it: `broadsheet undo {name}`."
    return ""


def _fetched_before(listing: ParsedListing, matched: Sequence[MatchedEntry], known: KnownPapers) -> str:
    """Return the newest earlier listing of the same source that has all papers, or nothing."""
    ids = {one.id for one in matched}
    for name, receipts in sorted(known.receipts.items(), reverse=True):
        if name < listing.name and without_day(name) == without_day(listing.name):
            there = {known.current_id(receipt.id) for receipt in receipts if not receipt.vanished}
            if ids <= there:
                return name
    return ""


def _is_late(one: MatchedEntry, issue: dt.date) -> bool:
    published = one.entry.stated.published
    return bool(published and published > issue)


def _papers(number: int) -> str:
    return f"{number} paper{'' if number == 1 else 's'}"
