"""Nearby papers: those before and after one, of its main theme and of its issue."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from generator.library.library import Library
from generator.model import Card
from generator.website.parts.paper_lists import PaperLink, paper_link
from generator.website.urls import Link, issue_link, theme_link


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The papers before and after one in a list, and the list."""

    within: Link
    previous: PaperLink | None
    next: PaperLink | None


class _List(NamedTuple):
    """A list in which papers have neighbours."""

    within: Link
    cards: Sequence[Card]
    places: Mapping[str, int]
    """Of the papers, by slug."""

    def around(self, card: Card) -> Neighbours:
        cards, place = self.cards, self.places[card.slug]
        return Neighbours(
            within=self.within,
            previous=paper_link(cards[place - 1]) if place else None,
            next=paper_link(cards[place + 1]) if place + 1 < len(cards) else None,
        )


def nearby(library: Library) -> Callable[[Card], Iterator[Neighbours]]:
    """Return what yields the neighbours of a paper: of its main theme, if it has one, then of its issue.

    A list is made when the first of its papers is asked for.
    """
    themes = {themed.theme.slug: themed for themed in library.by_theme if not themed.is_unsorted}
    issues = {issue.day: issue.cards for issue in library.issues}

    @cache
    def of_theme(slug: str) -> _List:
        cards = [card for card in themes[slug].cards if card.main == slug]
        return _list(theme_link(themes[slug], counted=False), cards)

    @cache
    def of_issue(day: dt.date | None) -> _List:
        return _list(issue_link(day), issues[day])

    def around(card: Card) -> Iterator[Neighbours]:
        if card.main in themes:
            yield of_theme(card.main).around(card)
        yield of_issue(card.issue).around(card)

    return around


def _list(within: Link, cards: Sequence[Card]) -> _List:
    return _List(within, cards, {card.slug: place for place, card in enumerate(cards)})
