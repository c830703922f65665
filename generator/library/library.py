"""The library: all content of a digest, by issue and by theme. Pure: `reading` fills it from files."""

import datetime as dt
from bisect import bisect_left, insort
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Self, TypeAlias, TypeVar

import msgspec

from generator.library.cards import card_of, list_order
from generator.library.overlay import patched
from generator.library.terms import Terms
from generator.model import Card, Issue, MarkdownPage, Paper, Shelf, Site, Theme


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A paper, packed: what the library keeps of it beside its card, until a page shows it."""

    slug: str
    packed: memoryview
    """As bytes, or as a view of the file where decoded records are kept."""

    @classmethod
    def of(cls, paper: Paper, slug: str) -> Self:
        """Return the record of a paper that is published under the slug."""
        return cls(slug=slug, packed=memoryview(_pack(paper)))

    def paper(self) -> Paper:
        """Return the paper."""
        return _unpack(self.packed)


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Paper).decode


Entry: TypeAlias = tuple[Card, Record, tuple[str, ...]]
"""A paper as a library takes it: its card, its record and its former slugs."""


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """All content, grouped. Hidden papers are in none of its parts."""

    site: Site
    themes: tuple[Theme, ...]
    cards: tuple[Card, ...]
    """Every paper, in the order of lists."""
    issues: tuple[Issue, ...]
    """Newest first; the issue of undated papers, where there are any, last."""
    shelves: tuple[Shelf, ...]
    """One for each theme, in the themes' order; the unsorted papers last, where there are any."""
    records: Mapping[str, Record]
    """By slug."""
    formerly: Mapping[str, str]
    """Old slugs, and the slugs they redirect to."""
    pages: tuple[MarkdownPage, ...]
    terms: Terms = Terms()
    """What relates papers; none before an editor has made the table."""

    def card(self, slug: str) -> Card | None:
        """Return the card of a paper."""
        record = self.records.get(slug)
        return card_of(record.paper(), slug) if record else None


def library_of(
    site: Site,
    themes: tuple[Theme, ...],
    papers: Iterable[Entry],
    pages: tuple[MarkdownPage, ...],
    terms: Terms = Terms(),  # noqa: B008 (it is frozen)
) -> Library:
    """Return the library of papers, of which no two have the same slug."""
    shown = list(papers)
    cards = tuple(sorted((card for card, _, _ in shown), key=list_order))
    return Library(
        site=site,
        themes=themes,
        cards=cards,
        issues=tuple(issues_of(cards)),
        shelves=tuple(shelves_of(cards, themes)),
        records={record.slug: record for _, record, _ in shown},
        formerly={old: record.slug for _, record, formerly in shown for old in formerly},
        pages=pages,
        terms=terms,
    )


def library_after(library: Library, gone: list[Entry], come: list[Entry]) -> Library:
    """Return the library when papers are gone and others have come, just as `library_of` would give it.

    What takes time is what changes; all else is taken over.
    """
    formerly: dict[str, str | None] = {slug: None for _, _, old in gone for slug in old}
    formerly |= {slug: record.slug for _, record, old in come for slug in old}
    records: dict[str, Record | None] = {record.slug: None for _, record, _ in gone}
    records |= {record.slug: record for _, record, _ in come}
    after = msgspec.structs.replace(
        library,
        records=patched(library.records, records),
        formerly=patched(library.formerly, formerly),
    )
    was, now = {card for card, _, _ in gone}, {card for card, _, _ in come}
    left, joined = was - now, now - was
    if not (left or joined):
        return after
    return msgspec.structs.replace(
        after,
        cards=_spliced(library.cards, left, joined),
        issues=tuple(_issues_after(library.issues, left, joined)),
        shelves=tuple(_shelves_after(library.shelves, left, joined)),
    )


def _spliced(cards: tuple[Card, ...], left: Iterable[Card], joined: Iterable[Card]) -> tuple[Card, ...]:
    """Return cards in the order of lists without those that left and with those that joined."""
    if not (left or joined):
        return cards
    found = list(cards)
    for card in left:
        del found[bisect_left(found, list_order(card), key=list_order)]
    for card in joined:
        insort(found, card, key=list_order)
    return tuple(found)


def issues_of(cards: Iterable[Card]) -> Iterator[Issue]:
    """Yield the issues of cards that are in the order of lists: newest first, the undated one last."""
    first: dict[dt.date | None, list[Card]] = {}
    again: dict[dt.date, list[Card]] = {}
    for card in cards:
        first.setdefault(card.issue, []).append(card)
        for day in card.issues[1:]:
            again.setdefault(day, []).append(card)
    for day in sorted({*again, *(day for day in first if day)}, reverse=True):
        yield Issue(day=day, cards=tuple(first.get(day, ())), again=tuple(again.get(day, ())))
    if None in first:
        yield Issue(day=None, cards=tuple(first[None]))


def _issues_after(issues: Iterable[Issue], left: set[Card], joined: set[Card]) -> list[Issue]:
    by_day = {issue.day: issue for issue in issues}
    first = _grouped(left, _first), _grouped(joined, _first)
    again = _grouped(left, _again), _grouped(joined, _again)
    for day in {*first[0], *first[1], *again[0], *again[1]}:
        issue = by_day.pop(day, None) or Issue(day=day, cards=())
        cards = _spliced(issue.cards, *(cards.get(day, []) for cards in first))
        repeated = _spliced(issue.again, *(cards.get(day, []) for cards in again))
        if cards or repeated:
            by_day[day] = Issue(day=day, cards=cards, again=repeated)
    return sorted(by_day.values(), key=lambda issue: issue.day or dt.date.min, reverse=True)


def _first(card: Card) -> Iterable[dt.date | None]:
    return (card.issue,)


def _again(card: Card) -> Iterable[dt.date | None]:
    return card.issues[1:]


K = TypeVar("K")


def _grouped(cards: Iterable[Card], keys: Callable[[Card], Iterable[K]]) -> dict[K, list[Card]]:
    groups: dict[K, list[Card]] = {}
    for card in cards:
        for key in keys(card):
            groups.setdefault(key, []).append(card)
    return groups


def shelves_of(cards: Iterable[Card], themes: tuple[Theme, ...]) -> Iterator[Shelf]:
    """Yield a shelf for each theme, empty ones too, and one of the papers on none, where there are any."""
    by_theme: dict[str, list[Card]] = {theme.slug: [] for theme in themes}
    unsorted: list[Card] = []
    for card in cards:
        for slug in _places(card, by_theme):
            (by_theme[slug] if slug else unsorted).append(card)
    for theme in themes:
        yield Shelf(theme=theme, cards=tuple(by_theme[theme.slug]))
    if unsorted:
        yield Shelf(theme=None, cards=tuple(unsorted))


def _places(card: Card, themes: Container[str | None]) -> list[str | None]:
    """Return the shelves that a paper stands on, None for that of the unsorted ones."""
    on: list[str | None] = [slug for slug in dict.fromkeys(card.themes) if slug in themes]
    return on or [None]


def _shelves_after(shelves: tuple[Shelf, ...], left: set[Card], joined: set[Card]) -> Iterator[Shelf]:
    by_theme = {shelf.theme.slug if shelf.theme else None: shelf for shelf in shelves}
    themes = {*by_theme}
    less, more = (_grouped(cards, lambda card: _places(card, themes)) for cards in (left, joined))
    for slug in {**less, **more}:
        shelf = by_theme.get(slug) or Shelf(theme=None, cards=())
        cards = _spliced(shelf.cards, less.get(slug, []), more.get(slug, []))
        by_theme[slug] = Shelf(theme=shelf.theme, cards=cards)
    return (shelf for shelf in by_theme.values() if shelf.theme or shelf.cards)


def main_shelves(cards: Iterable[Card], themes: tuple[Theme, ...]) -> Iterator[Shelf]:
    """Yield the shelves on which the cards stand by their first theme alone; empty ones are left out.

    Picks lead their shelf; else the order is kept.
    """
    by_main: dict[str | None, list[Card]] = {}
    cards = tuple(cards)
    for card in cards:
        by_main.setdefault(card.main, []).append(card)
    for theme in themes:
        if found := by_main.pop(theme.slug, None):
            yield Shelf(theme=theme, cards=_picks_first(found))
    if by_main:
        yield Shelf(theme=None, cards=_picks_first(card for card in cards if card.main in by_main))


def _picks_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    return tuple(sorted(cards, key=lambda card: not card.pick))
