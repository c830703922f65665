"""Nearby papers: those before and after one, of its main theme and of its issue."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from generator.library.cards import list_order
from generator.library.library import Library
from generator.model import Card
from generator.website.parts.paper_lists import PaperLink, paper_link
from generator.website.urls import Link, issue_link, theme_link


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The papers before and after one in a list, and the list."""

    within: Link
    previous: PaperLink | None
    next: PaperLink | None


def nearby(library: Library, card: Card) -> Iterator[Neighbours]:
    """Yield the neighbours of a paper among those of its main theme, if it has one, then in its issue.

    What this costs hardly grows with the library.
    """
    for themed in library.by_theme:
        if themed.theme.slug == card.main and not themed.is_unsorted:
            link = theme_link(themed, counted=False)
            yield _neighbours(link, themed.cards, card, lambda other: other.main == card.main)
    place = bisect_left(library.issues, _newest_first(card.issue), key=lambda issue: _newest_first(issue.day))
    issue = library.issues[place]
    yield _neighbours(issue_link(issue.day), issue.cards, card, lambda _: True)


def _newest_first(day: dt.date | None) -> int:
    return -day.toordinal() if day else 0


def _neighbours(
    within: Link, cards: Sequence[Card], card: Card, belongs: Callable[[Card], bool]
) -> Neighbours:
    """Return the neighbours of a card among those of its list that belong to it."""
    place = bisect_left(cards, list_order(card), key=list_order)

    def nearest(places: Iterable[int]) -> PaperLink | None:
        return next((paper_link(cards[at]) for at in places if belongs(cards[at])), None)

    return Neighbours(
        within=within,
        previous=nearest(range(place - 1, -1, -1)),
        next=nearest(range(place + 1, len(cards))),
    )
