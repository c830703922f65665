"""The library: all content of a digest, by issue and by theme. Pure: `snapshot` fills it from files."""

import datetime as dt
from bisect import bisect_left, insort
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Protocol, Self, TypeAlias, TypeVar

import msgspec

from generator.library.cards import card_of, list_order
from generator.library.overlay import patched
from generator.library.terms import Terms
from generator.model import UNSORTED, Card, Issue, MarkdownPage, Paper, Site, Theme, ThemePapers


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


class Relation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A related paper, and why it is one."""

    slug: str
    shared: tuple[int, ...]
    """Places in the table of terms of those that relate it, the one that counts for most first."""
    central: bool
    """Whether both papers are about these terms; if not, both mention them."""


class Related(Protocol):
    """Which papers of a library are about the same subject."""

    def of(self, slug: str) -> tuple[Relation, ...]:
        """Return the papers related to one, the most alike first."""

    def after(self, library: "Library") -> "Related":
        """Return the related papers of the library that follows."""

    def prepare(self) -> None:
        """Make all that the first search needs."""


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """All content, grouped. Hidden papers are in none of its parts."""

    site: Site
    themes: tuple[Theme, ...]
    cards: tuple[Card, ...]
    """Every paper, in the order of lists."""
    issues: tuple[Issue, ...]
    """Newest first; the issue of undated papers, where there are any, last."""
    by_theme: tuple[ThemePapers, ...]
    """One for each theme, in the themes' order; the unsorted papers last, where there are any."""
    records: Mapping[str, Record]
    """By slug."""
    formerly: Mapping[str, str]
    """Old slugs, and the slugs they redirect to."""
    pages: tuple[MarkdownPage, ...]
    terms: Terms = Terms()
    """What relates papers; empty until an editor has made the table."""
    related: Related | None = None
    """None until an index of them is given to the library."""

    def card(self, slug: str) -> Card | None:
        """Return the card of a paper."""
        record = self.records.get(slug)
        return card_of(record.paper(), slug) if record else None

    def related_to(self, slug: str) -> tuple[Relation, ...]:
        """Return the papers related to one, the most alike first."""
        return self.related.of(slug) if self.related else ()


def library_of(
    site: Site,
    themes: tuple[Theme, ...],
    papers: Iterable[Entry],
    pages: tuple[MarkdownPage, ...],
    terms: Terms = Terms(),  # noqa: B008 (it is frozen)
    related: Related | None = None,
) -> Library:
    """Return the library of papers, of which no two have the same slug.

    `related` is that of the library before, if there is one.
    """
    shown = list(papers)
    cards = tuple(sorted((card for card, _, _ in shown), key=list_order))
    library = Library(
        site=site,
        themes=themes,
        cards=cards,
        issues=tuple(issues_of(cards)),
        by_theme=tuple(papers_by_theme(cards, themes)),
        records={record.slug: record for _, record, _ in shown},
        formerly={old: record.slug for _, record, formerly in shown for old in formerly},
        pages=pages,
        terms=terms,
    )
    return msgspec.structs.replace(library, related=related and related.after(library))


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
    after = msgspec.structs.replace(after, related=library.related and library.related.after(after))
    was, now = {card for card, _, _ in gone}, {card for card, _, _ in come}
    left, joined = was - now, now - was
    if not (left or joined):
        return after
    return msgspec.structs.replace(
        after,
        cards=_spliced(library.cards, left, joined),
        issues=tuple(_issues_after(library.issues, left, joined)),
        by_theme=tuple(_by_theme_after(library.by_theme, left, joined)),
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


def papers_by_theme(cards: Iterable[Card], themes: tuple[Theme, ...]) -> Iterator[ThemePapers]:
    """Yield each theme with its papers, empty ones too; then the unsorted papers, if there are any."""
    found: dict[str, list[Card]] = {theme.slug: [] for theme in (*themes, UNSORTED)}
    for card in cards:
        for slug in _slugs(card, found):
            found[slug].append(card)
    for theme in (*themes, UNSORTED):
        if found[theme.slug] or theme is not UNSORTED:
            yield ThemePapers(theme=theme, cards=tuple(found[theme.slug]))


def _slugs(card: Card, themes: Container[str]) -> list[str]:
    """Return the slugs of the themes that list a paper."""
    return [slug for slug in dict.fromkeys(card.themes) if slug in themes] or [UNSORTED.slug]


def _by_theme_after(
    before: tuple[ThemePapers, ...], left: set[Card], joined: set[Card]
) -> Iterator[ThemePapers]:
    found = {themed.theme.slug: themed for themed in before}
    less, more = (_grouped(cards, lambda card: _slugs(card, found)) for cards in (left, joined))
    for slug in {**less, **more}:
        themed = found.get(slug) or ThemePapers(theme=UNSORTED, cards=())
        cards = _spliced(themed.cards, less.get(slug, []), more.get(slug, []))
        found[slug] = ThemePapers(theme=themed.theme, cards=cards)
    return (themed for themed in found.values() if themed.cards or not themed.is_unsorted)


def by_main_theme(cards: Iterable[Card], themes: tuple[Theme, ...]) -> Iterator[ThemePapers]:
    """Yield each theme with the papers whose main theme it is; empty ones are left out.

    Picks lead their theme; else the order is kept.
    """
    by_slug = {theme.slug: theme for theme in (*themes, UNSORTED)}
    found: dict[str, list[Card]] = {slug: [] for slug in by_slug}
    for card in cards:
        found[card.main if card.main in by_slug else UNSORTED.slug].append(card)
    for slug, members in found.items():
        if members:
            yield ThemePapers(theme=by_slug[slug], cards=_picks_first(members))


def _picks_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    return tuple(sorted(cards, key=lambda card: not card.pick))
