"""List the feeds, what belongs into each, and what of that each shows."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple, Self, TypeAlias

from generator.library.library import Library
from generator.model import Card, Correction
from generator.website.feeds.context import FeedContext
from generator.website.feeds.digests import digests, issue_periods, week_periods
from generator.website.feeds.items import Candidate, CorrectedPaper, FeedItem
from generator.website.feeds.shared import shared_feeds
from generator.website.feeds.times import EntryTimes, NewsDays, entry_times, since
from generator.website.parts import feed_catalogue as catalogue
from generator.website.parts.feed_catalogue import FORMATS, PAPERS, Feed
from generator.website.parts.paper_lists import full_line
from generator.website.share_images.planner import image_folders
from generator.website.urls import href

ENOUGH = 50
"""Entries that a feed holds at least, if it ever had so many."""
KEPT = dt.timedelta(days=14)
"""How long it holds every entry at least, counted from the day of its newest: who comes back from a holiday
has missed nothing."""

_Dated = tuple[dt.date, Candidate]
"""A candidate, and the day since which its feed has it."""

_Times: TypeAlias = Callable[[Sequence[Candidate]], Mapping[str, EntryTimes]]


class FeedContents(NamedTuple):
    """A feed, and all that belongs into it."""

    feed: Feed
    candidates: Iterable[_Dated]
    """Newest first."""
    times: _Times
    """Returns the times of candidates, by name."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the feed is, in every format."""
        return tuple(self.feed.path(form) for form in FORMATS)

    def held(self) -> list[FeedItem]:
        """Return what the feed holds, newest first."""
        candidates = [candidate for _, candidate in _window(self.candidates)]
        times = self.times(candidates)
        items = [item(candidate, times[candidate.name]) for candidate in candidates]
        return sorted(items, key=lambda found: found.published, reverse=True)


def item(candidate: Candidate, times: EntryTimes) -> FeedItem:
    """Return a candidate as a feed's item."""
    return FeedItem(
        name=candidate.name,
        published=times.published,
        updated=times.updated,
        image=candidate.image,
        content=candidate.content(),
    )


def _window(candidates: Iterable[_Dated]) -> Iterator[_Dated]:
    """Yield whole days until there are enough, and all of the days for which everything is kept."""
    newest = last = None
    for number, (day, candidate) in enumerate(candidates):
        newest = newest or day
        if number >= ENOUGH and day != last and day < newest - KEPT:
            return
        last = day
        yield day, candidate


class PaperEntries(NamedTuple):
    """The entries of all papers that have an issue date, by name."""

    candidates: Mapping[str, Candidate]
    times: Mapping[str, EntryTimes]

    @classmethod
    def of(cls, library: Library) -> Self:
        """Return the entries of a library's papers."""
        found, prefix = {one.name: one for one in _papers(library)}, FeedContext.of(library).id("")
        times = entry_times(found.values(), library.published, prefix, NewsDays.of(library))
        return cls(found, times)


def feeds(library: Library, papers: PaperEntries) -> Iterator[FeedContents]:
    """Yield every feed, with all that belongs into it."""
    prefix, register, days = FeedContext.of(library).id(""), library.published, NewsDays.of(library)

    def contents(feed: Feed, candidates: Iterable[Candidate], times: _Times) -> FeedContents:
        dated = ((since(library, days, feed.base, one, prefix + one.name), one) for one in candidates)
        in_order = sorted(dated, key=lambda pair: pair[0], reverse=True) if register.entries else dated
        return FeedContents(feed, in_order, times)

    for feed, cards in _paper_feeds(library):
        found = (papers.candidates[card.id] for card in takewhile(lambda card: card.issue, cards))
        yield contents(feed, found, partial(_known, papers.times))
    for feed, others in _other_feeds(library):
        times = partial(entry_times, register=register, prefix=prefix, days=days)
        if register.entries:
            candidates = tuple(others)
            of_all = times(candidates)
            yield contents(feed, candidates, partial(_known, of_all))
        else:  # nothing is late, so only what the feed holds needs times
            yield contents(feed, others, times)


def entry_names(library: Library) -> Iterator[str]:
    """Yield the names of all entries that belong into any feed."""
    yield from (card.id for card in takewhile(lambda card: card.issue, library.cards))
    for _, candidates in _other_feeds(library):
        yield from (candidate.name for candidate in candidates)


def _other_feeds(library: Library) -> Iterator[tuple[Feed, Iterable[Candidate]]]:
    """Yield the feeds of issues, weeks and corrections, with all that belongs into them."""
    issues, weeks = tuple(issue_periods(library)), tuple(week_periods(library))
    corrected = _corrected(library)
    yield catalogue.ISSUES, digests(library, issues, corrected, picks=False)
    yield catalogue.WEEKS, digests(library, weeks, corrected, picks=False)
    yield catalogue.PICKS_BY_ISSUE, digests(library, issues, corrected, picks=True)
    yield catalogue.PICKS_BY_WEEK, digests(library, weeks, corrected, picks=True)
    yield catalogue.CORRECTIONS, _corrections(library)


def _known(times: Mapping[str, EntryTimes], _: Sequence[Candidate]) -> Mapping[str, EntryTimes]:
    return times


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


def _papers(library: Library) -> Iterator[Candidate]:
    """Yield the papers that have an issue date: of others no day is known for news."""
    corrected, image_folder = _corrected(library), image_folders(library)
    for card in takewhile(lambda card: card.issue, library.cards):
        yield Candidate(
            name=card.id,
            day=card.issues[0],
            href=href(card.slug),
            image=image_folder(card),
            content=partial(full_line, library, card),
            changed=corrected.get(card.id),
            withdrawn=card.withdrawn,
        )


def _corrections(library: Library) -> list[Candidate]:
    """Return the corrections of all papers, newest first; those of undated papers too."""
    found: list[Candidate] = []
    image_folder = image_folders(library)
    for card in library.cards:
        if card.changed:
            line, image = full_line(library, card), image_folder(card)
            found += (
                Candidate(
                    name=_name(card, change),
                    day=change.date,
                    href=line.href,
                    image=image,
                    content=partial(CorrectedPaper, line=line, change=change),
                )
                for change in line.paper().changes
            )
    return sorted(found, key=lambda candidate: (-candidate.day.toordinal(), candidate.href))


def _name(card: Card, change: Correction) -> str:
    return f"{card.id}/changes/{change.id or change.date}"


def _corrected(library: Library) -> dict[str, dt.date]:
    """Return the day of the newest correction of each paper that was not published yet, by the paper's id."""
    entries, prefix = library.published.entries, FeedContext.of(library).id("")
    rows = library.published.feeds.get(catalogue.CORRECTIONS.base, {})
    days = {
        card.id: [
            change.date
            for change in library.records[card.slug].paper().changes
            if (name := prefix + _name(card, change)) not in entries and name not in rows
        ]
        for card in library.cards
        if card.changed
    }
    return {name: max(found) for name, found in days.items() if found}
