"""Which feeds there are, what belongs into each, and what of that it holds."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from generator.library.library import Library
from generator.model import Card
from generator.website.feeds.context import FeedContext
from generator.website.feeds.digests import digests, issue_periods, week_periods
from generator.website.feeds.items import Candidate, CorrectedPaper, FeedItem
from generator.website.feeds.shared import shared_feeds
from generator.website.feeds.times import EntryTimes, NewsDays, entry_times, since
from generator.website.parts import feed_catalogue as catalogue
from generator.website.parts.feed_catalogue import FORMATS, PAPERS, Feed
from generator.website.parts.paper_lists import full_line
from generator.website.urls import href

ENOUGH = 50
"""Entries that a feed holds at least, if it ever had so many."""
KEPT = dt.timedelta(days=14)
"""How long it holds every entry at least, counted from the day of its newest: who comes back from a holiday
has missed nothing."""

_Dated = tuple[dt.date, Candidate]
"""An entry, and the day since which its feed has it."""


class FeedContents(NamedTuple):
    """A feed, and all that belongs into it."""

    feed: Feed
    entries: Iterable[_Dated]
    """Newest first."""
    times: Mapping[str, EntryTimes]
    """By name of the entry."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the feed is, in every format."""
        return tuple(self.feed.path(form) for form in FORMATS)

    def held(self) -> list[FeedItem]:
        """Return what the feed holds, newest first."""
        items = [item(entry, self.times[entry.name]) for _, entry in _window(self.entries)]
        return sorted(items, key=lambda found: found.published, reverse=True)


def item(entry: Candidate, times: EntryTimes) -> FeedItem:
    """Return an entry as a feed's item."""
    return FeedItem(
        name=entry.name, published=times.published, updated=times.updated, content=entry.content()
    )


def _window(entries: Iterable[_Dated]) -> Iterator[_Dated]:
    """Yield whole days until there are enough entries, and all of the days for which everything is kept."""
    newest = last = None
    for number, (day, entry) in enumerate(entries):
        newest = newest or day
        if number >= ENOUGH and day != last and day < newest - KEPT:
            return
        last = day
        yield day, entry


def feeds(library: Library) -> Iterator[FeedContents]:
    """Yield every feed, with all that belongs into it."""
    prefix, register, days = FeedContext.of(library).id(""), library.published, NewsDays.of(library)
    of_papers = paper_times(library)

    def contents(feed: Feed, entries: Iterable[Candidate], times: Mapping[str, EntryTimes]) -> FeedContents:
        dated = ((since(library, days, feed.base, entry, prefix + entry.name), entry) for entry in entries)
        in_order = sorted(dated, key=lambda pair: pair[0], reverse=True) if register.entries else dated
        return FeedContents(feed, in_order, times)

    for feed, cards in _paper_feeds(library):
        yield contents(feed, paper_candidates(library, cards), of_papers)
    issues, weeks = tuple(issue_periods(library)), tuple(week_periods(library))
    others = {
        catalogue.ISSUES: digests(library, issues, picks=False),
        catalogue.WEEKS: digests(library, weeks, picks=False),
        catalogue.PICKS_BY_ISSUE: digests(library, issues, picks=True),
        catalogue.PICKS_BY_WEEK: digests(library, weeks, picks=True),
        catalogue.CORRECTIONS: _corrections(library),
    }
    for feed, found in others.items():
        entries = tuple(found)
        yield contents(feed, entries, entry_times(entries, register, prefix, days))


def _paper_feeds(library: Library) -> Iterator[tuple[Feed, Iterable[Card]]]:
    """Yield the feeds of which each entry is a paper, with the papers in the order of lists."""
    picks = [card for card in library.cards if card.pick]
    yield PAPERS, library.cards
    yield catalogue.PICKS, picks
    for themed in library.by_theme:
        if not themed.is_unsorted:
            picked = [card for card in picks if themed.theme.slug in card.themes]
            for slug in (themed.theme.slug, *themed.theme.formerly):
                yield catalogue.theme_feed(themed.theme, slug), themed.cards
                yield catalogue.theme_picks_feed(themed.theme, slug), picked
    for shared in shared_feeds(library):
        yield shared.feed, shared.cards


def paper_candidates(library: Library, cards: Iterable[Card]) -> Iterator[Candidate]:
    """Yield the entries of the papers that have an issue date: of others no day is known for news."""
    for card in takewhile(lambda card: card.issue, cards):
        content = partial(full_line, library, card)
        yield Candidate(card.id, card.issues[0], card.changed, 0, href(card.slug), content)


def paper_times(library: Library) -> dict[str, EntryTimes]:
    """Return the times of all papers' entries, which are the same in every feed."""
    context = FeedContext.of(library)
    found = paper_candidates(library, library.cards)
    return entry_times(found, library.published, context.id(""), NewsDays.of(library))


def _corrections(library: Library) -> list[Candidate]:
    """Return the corrections of all papers, newest first; those of undated papers too."""
    found: list[Candidate] = []
    for card in library.cards:
        if card.changed:
            line = full_line(library, card)
            for change in line.paper().changes:
                content = partial(CorrectedPaper, line=line, change=change)
                name = f"{card.id}/changes/{change.id or change.date}"
                found.append(Candidate(name, change.date, None, 0, line.href, content))
    return sorted(found, key=lambda entry: (-entry.day.toordinal(), entry.href))
