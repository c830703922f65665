"""Digests: the papers of an issue, or of a week's issues, for one entry of a feed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import NamedTuple

from generator.library.library import Library
from generator.model import Card
from generator.website.feeds.items import Candidate, PeriodDigest
from generator.website.parts.pagination import PAGE_SIZE
from generator.website.parts.paper_lists import PaperLine, full_line
from generator.website.urls import issue_link
from generator.words import count, day

DatedPapers = tuple[dt.date, tuple[Card, ...]]
"""The day and the papers of an issue."""


class DigestPeriod(NamedTuple):
    """An issue or a week."""

    name: str
    """The end of its entry's permanent id: "issues/2025-10-30", "weeks/2025-W44"."""
    title: str
    day: dt.date
    """Of the issue, or the week's Sunday."""
    issues: tuple[DatedPapers, ...]
    """The days of its issues, newest first, and their papers."""


def dated(library: Library) -> list[DatedPapers]:
    """Return the issues that have a date, newest first."""
    return [(issue.day, issue.cards) for issue in library.issues if issue.day]


def issue_periods(library: Library) -> Iterator[DigestPeriod]:
    """Yield each issue that has a date, newest first."""
    for date, cards in dated(library):
        yield DigestPeriod(f"issues/{date}", day(date).text, date, ((date, cards),))


def week_periods(library: Library) -> Iterator[DigestPeriod]:
    """Yield each week that is over, newest first.

    Weeks are those of ISO 8601, Monday to Sunday. One is over when an issue has the date of its Sunday or a
    later one: so no digest has half a week, and no clock is needed.
    """
    found = dated(library)
    sundays = groupby(found, key=lambda issue: issue[0] + dt.timedelta(days=7 - issue[0].isoweekday()))
    for sunday, issues in sundays:
        if sunday <= found[0][0]:
            year, week, _ = sunday.isocalendar()
            title = f"Week {week} of {year}, to {day(sunday).text}"
            yield DigestPeriod(f"weeks/{year}-W{week:02}", title, sunday, tuple(issues))


def digests(
    library: Library, periods: Iterable[DigestPeriod], corrected: Mapping[str, dt.date], *, picks: bool
) -> Iterator[Candidate]:
    """Yield the digest of each period, or of its picks; a period without any has no digest.

    `corrected` has the days of the papers' unpublished corrections, by id.
    """
    for period in periods:
        issues = period.issues
        if picks:
            issues = tuple((date, tuple(card for card in cards if card.pick)) for date, cards in issues)
        days = tuple(date for date, cards in issues if cards)
        if days:
            cards = [card for _, found in issues for card in found]
            yield Candidate(
                name=f"{period.name}/picks" if picks else period.name,
                day=period.day,
                changed=max((corrected[card.id] for card in cards if card.id in corrected), default=None),
                papers=len(cards),
                href=issue_link(days[0]).href,
                image=issue_link(days[0]).href,
                content=partial(_digest, library, period, days, cards, picks=picks),
            )


def _digest(
    library: Library, period: DigestPeriod, days: tuple[dt.date, ...], listed: list[Card], *, picks: bool
) -> PeriodDigest:
    cards = sorted(listed, key=lambda card: not card.pick)
    picked = sum(card.pick for card in cards)
    summary = count(picked, "pick") if picks else f"{count(len(cards), 'paper')}, {picked or 'none'} picked"
    is_issue = period.name == f"issues/{period.day}"
    opening = library.openings.get(period.day) if is_issue and not picks else None
    return PeriodDigest(
        title=f"{period.title}: {(opening and opening.subject) or summary}",
        opening=opening.text if opening else "",
        days=days,
        lines=tuple(
            # with the record if the entry shows more than the card: a pick's note, a correction
            full_line(library, card) if card.pick or card.changed else PaperLine(card=card)
            for card in cards[:PAGE_SIZE]
        ),
        total=len(cards),
    )
