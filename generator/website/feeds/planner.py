"""The feeds: the newest of everything, of the picks and of each theme; and the page that lists them."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.model import Card
from generator.website.feeds import archives
from generator.website.feeds.context import FeedContext
from generator.website.feeds.digests import issue_digests, week_digests
from generator.website.feeds.entries import CorrectionItem, FeedItem
from generator.website.feeds.opml import FeedSection, OpmlView
from generator.website.feeds.view import FeedView
from generator.website.parts import feed_catalogue as catalogue
from generator.website.parts.feed_catalogue import FORMATS, PAPERS, Feed, FeedFormat
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.paper_lists import full_line

ENOUGH = 50
"""Entries; a feed takes whole issues, newest first, until it has that many."""
ALL = "feeds/all.opml"
"""The address of the list of all feeds."""


class FeedsView(msgspec.Struct, frozen=True, kw_only=True):
    """The page that lists the feeds."""

    frame: Frame
    formats: tuple[FeedFormat, ...] = FORMATS
    sections: tuple[FeedSection, ...]
    all: str = ALL


def plan(library: Library) -> Iterator[Page]:
    """Yield every feed in every format, the lists of feeds, and the page that lists them."""
    context = FeedContext.of(library)
    for feed, items in _feeds(library):
        previous = archives.latest(library) if feed == PAPERS else None
        view = FeedView(context=context, feed=feed, items=tuple(items), previous=previous)
        for form in FORMATS:
            yield Page(path=feed.path(form), encoder=form.encoder, view=view)
    sections = _sections(library)
    lists = {ALL: sections, **{section.file: (section,) for section in sections if section.file}}
    for path, listed in lists.items():
        opml = OpmlView(context=context, sections=listed)
        yield Page(path=path, encoder="website.feeds.opml:opml", view=opml)
    path = "feeds/index.html"
    head = frame(masthead(library), path, "Feeds", "Follow new papers in a feed reader.", "feeds")
    yield Page(path=path, template="feeds.html", view=FeedsView(frame=head, sections=sections))


def _sections(library: Library) -> tuple[FeedSection, ...]:
    picks = _by_cadence(catalogue.PICKS, catalogue.PICKS_BY_ISSUE, catalogue.PICKS_BY_WEEK)
    of_themes = tuple((theme.title, catalogue.theme_feed(theme)) for theme in library.themes)
    picks_of_themes = tuple((theme.title, catalogue.theme_picks_feed(theme)) for theme in library.themes)
    found = (
        FeedSection(title="Everything", feeds=_by_cadence(PAPERS, catalogue.ISSUES, catalogue.WEEKS)),
        FeedSection(title="Picks", feeds=picks),
        FeedSection(title="Themes", feeds=of_themes, file="feeds/themes.opml"),
        FeedSection(title="Picks of a theme", feeds=picks_of_themes, file="feeds/themes-picks.opml"),
        FeedSection(title="Corrections", feeds=(("A correction at a time", catalogue.CORRECTIONS),)),
    )
    return tuple(section for section in found if section.feeds)


def _by_cadence(*feeds: Feed) -> tuple[tuple[str, Feed], ...]:
    names = ("A paper at a time", "An issue at a time", "A week at a time")
    return tuple(zip(names, feeds, strict=True))


def _feeds(library: Library) -> Iterator[tuple[Feed, Iterable[FeedItem]]]:
    yield PAPERS, _papers(library, library.cards)
    yield catalogue.ISSUES, islice(issue_digests(library, picks=False), ENOUGH)
    yield catalogue.WEEKS, islice(week_digests(library, picks=False), ENOUGH)
    picks = [card for card in library.cards if card.pick]
    yield catalogue.PICKS, _papers(library, picks)
    yield catalogue.PICKS_BY_ISSUE, islice(issue_digests(library, picks=True), ENOUGH)
    yield catalogue.PICKS_BY_WEEK, islice(week_digests(library, picks=True), ENOUGH)
    for themed in library.by_theme:
        if not themed.is_unsorted:
            yield catalogue.theme_feed(themed.theme), _papers(library, themed.cards)
            picked = [card for card in picks if themed.theme.slug in card.themes]
            yield catalogue.theme_picks_feed(themed.theme), _papers(library, picked)
    yield catalogue.CORRECTIONS, _corrections(library)


def _papers(library: Library, cards: Iterable[Card]) -> Iterator[FeedItem]:
    return (full_line(library, card) for card in _newest(cards, lambda card: card.issue))


def _corrections(library: Library) -> Iterator[FeedItem]:
    found = []
    for line in (full_line(library, card) for card in library.cards if card.changed):
        days: Counter[dt.date] = Counter()
        for change in line.paper().changes:
            days[change.date] += 1
            found.append(CorrectionItem(line, change, days[change.date]))
    found.sort(key=lambda item: (-item.change.date.toordinal(), item.line.card.slug))
    return _newest(found, lambda item: item.change.date)


T = TypeVar("T")


def _newest(items: Iterable[T], day: Callable[[T], dt.date | None]) -> Iterator[T]:
    """Yield the items of whole days, which run newest first, until there are enough or one has no day."""
    last = None
    for number, item in enumerate(items):
        date = day(item)
        if date is None or (number >= ENOUGH and date != last):
            return
        last = date
        yield item
