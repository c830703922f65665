"""Digests: the papers of an issue, or of a week's issues, for one entry of a feed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from generator.library.library import Library
from generator.model import Card
from generator.website.parts.pagination import PAGE_SIZE
from generator.website.parts.paper_lists import PaperLine, full_line
from generator.words import count, day


class PeriodDigest(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of an issue, or of a week's issues, for one entry."""

    name: str
    """The end of its permanent id: "issues/2025-10-30", "weeks/2025-W44/picks"."""
    title: str
    published: dt.date
    days: tuple[dt.date, ...]
    """Of the issues, newest first."""
    lines: tuple[PaperLine, ...]
    """Picks first, else in the order of lists; at most a page's."""
    total: int
    """All papers, with a line or not."""


def issue_digests(library: Library, *, picks: bool) -> Iterator[PeriodDigest]:
    """Yield the digest of each issue, or of its picks, newest first; an issue without any has no digest."""
    for date, cards in dated(library):
        yield from _digest(library, f"issues/{date}", day(date).text, date, [(date, cards)], picks)


def week_digests(library: Library, *, picks: bool) -> Iterator[PeriodDigest]:
    """Yield the digest of each week that is over, or of its picks, newest first.

    Weeks are those of ISO 8601, Monday to Sunday. One is over when an issue has the date of its Sunday or a
    later one: so no digest has half a week, and no clock is needed.
    """
    found = dated(library)
    sundays = groupby(found, key=lambda issue: issue[0] + dt.timedelta(days=7 - issue[0].isoweekday()))
    for sunday, issues in sundays:
        if sunday <= found[0][0]:
            year, week, _ = sunday.isocalendar()
            title = f"Week {week} of {year}, to {day(sunday).text}"
            yield from _digest(library, f"weeks/{year}-W{week:02}", title, sunday, list(issues), picks)


DatedPapers = tuple[dt.date, tuple[Card, ...]]
"""The day and the papers of an issue."""


def dated(library: Library) -> list[DatedPapers]:
    """Return the issues that have a date, newest first."""
    return [(issue.day, issue.cards) for issue in library.issues if issue.day]


def _digest(
    library: Library, name: str, title: str, published: dt.date, issues: Iterable[DatedPapers], picks: bool
) -> Iterator[PeriodDigest]:
    chosen = [(date, [card for card in cards if card.pick or not picks]) for date, cards in issues]
    cards = sorted((card for _, found in chosen for card in found), key=lambda card: not card.pick)
    if not cards:
        return
    picked = sum(card.pick for card in cards)
    summary = count(picked, "pick") if picks else f"{count(len(cards), 'paper')}, {picked or 'none'} picked"
    yield PeriodDigest(
        name=f"{name}/picks" if picks else name,
        title=f"{title}: {summary}",
        published=published,
        days=tuple(date for date, found in chosen if found),
        lines=tuple(
            # with the record if the entry shows more than the card: a pick's note, a correction
            full_line(library, card) if card.pick or card.changed else PaperLine(card=card)
            for card in cards[:PAGE_SIZE]
        ),
        total=len(cards),
    )
