"""Nearby papers: those before and after one, of its main theme and of its issue."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

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


def nearby_all(library: Library) -> Mapping[str, list[Neighbours]]:
    """Return what `nearby` yields for each paper, by its slug, from one pass over the lists."""
    found: dict[str, list[Neighbours]] = {card.slug: [] for card in library.cards}
    for within, cards in _lists(library):
        links = [None, *map(paper_link, cards), None]
        for card, previous, following in zip(cards, links, links[2:], strict=False):
            found[card.slug].append(Neighbours(within=within, previous=previous, next=following))
    return found


def nearby(library: Library, card: Card) -> Iterator[Neighbours]:
    """Yield the neighbours of a paper among those of its main theme, if it has one, then in its issue."""
    for within, cards in _lists(library, card):
        place = bisect_left(cards, list_order(card), key=list_order)
        previous, following = cards[max(0, place - 1) : place], cards[place + 1 : place + 2]
        yield Neighbours(
            within=within,
            previous=next(map(paper_link, previous), None),
            next=next(map(paper_link, following), None),
        )


def _lists(library: Library, card: Card | None = None) -> Iterator[tuple[Link, Sequence[Card]]]:
    """Yield the lists in which papers have neighbours; only those of one paper, if it is given."""
    for themed in library.by_theme:
        slug = themed.theme.slug
        if not themed.is_unsorted and (card is None or card.main == slug):
            yield theme_link(themed, counted=False), [one for one in themed.cards if one.main == slug]
    for issue in library.issues:
        if card is None or card.issue == issue.day:
            yield issue_link(issue.day), issue.cards
