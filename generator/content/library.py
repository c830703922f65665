"""The library: all content of a digest, by issue and by theme. Pure: `reading` fills it from files."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

import msgspec

from generator.content.cards import list_order
from generator.model import Card, Issue, MarkdownPage, Paper, Shelf, Site, Theme


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A paper, packed: what the library keeps of it beside its card, until a page shows it."""

    slug: str
    packed: bytes

    @classmethod
    def of(cls, paper: Paper, slug: str) -> Self:
        """Return the record of a paper that is published under the slug."""
        return cls(slug=slug, packed=_pack(paper))

    def paper(self) -> Paper:
        """Return the paper."""
        return _unpack(self.packed)


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Paper).decode


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


def library_of(
    site: Site,
    themes: tuple[Theme, ...],
    papers: Iterable[tuple[Card, Record, tuple[str, ...]]],
    pages: tuple[MarkdownPage, ...],
) -> Library:
    """Return the library of papers, each given by its card, its record and its former slugs."""
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
    )


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


def shelves_of(cards: Iterable[Card], themes: tuple[Theme, ...]) -> Iterator[Shelf]:
    """Yield a shelf for each theme, empty ones too, and one of the papers on none, where there are any."""
    by_theme: dict[str, list[Card]] = {theme.slug: [] for theme in themes}
    unsorted: list[Card] = []
    for card in cards:
        on = [slug for slug in dict.fromkeys(card.themes) if slug in by_theme]
        for slug in on:
            by_theme[slug].append(card)
        if not on:
            unsorted.append(card)
    for theme in themes:
        yield Shelf(theme=theme, cards=tuple(by_theme[theme.slug]))
    if unsorted:
        yield Shelf(theme=None, cards=tuple(unsorted))


def main_shelves(cards: Iterable[Card], themes: tuple[Theme, ...]) -> Iterator[Shelf]:
    """Yield the shelves on which the cards stand by their first theme alone; empty ones are left out.

    Picks lead their shelf; else the order is kept.
    """
    by_theme: dict[str | None, list[Card]] = {theme.slug: [] for theme in themes} | {None: []}
    for card in cards:
        main = card.themes[0] if card.themes else None
        by_theme[main if main in by_theme else None].append(card)
    named = {theme.slug: theme for theme in themes}
    for slug, found in by_theme.items():
        if found:
            ordered = sorted(found, key=lambda card: not card.pick)
            yield Shelf(theme=named.get(slug or ""), cards=tuple(ordered))
