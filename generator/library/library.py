"""All content of a digest, grouped by issue and by theme. Pure: `snapshot` reads the files."""

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, Protocol

import msgspec

from generator.library.cards import card_of, list_order
from generator.library.ingested_listings import IngestedListing, RefusedListing
from generator.library.overlay import patched
from generator.library.packed import Names, NamesOf, PackedPaper
from generator.library.register import Register
from generator.library.terms import Terms
from generator.library.vectors import Vectors
from generator.model import UNSORTED, Card, Image, Issue, MarkdownPage, Opening, Theme, ThemePapers
from generator.settings import Site


class LibraryItem(NamedTuple):
    """A paper to put into a library."""

    card: Card
    record: PackedPaper
    formerly: tuple[str, ...]
    """The former slugs that it owns."""


class Relation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A related paper, and why it is one."""

    slug: str
    shared: tuple[int, ...]
    """The terms that relate it, as places in the table of terms; the one that counts most first."""
    named: Literal["", "here", "there"] = ""
    """"here" if this paper's note names the other, "there" if the other's note names this one."""


class Related(Protocol):
    """Which papers of a library are about the same subject."""

    def of(self, slug: str) -> tuple[Relation, ...]:
        """Return the papers related to one, the most alike first."""

    def after(self, library: "Library") -> "Related":
        """Return the related papers of a library that follows this one after a change."""

    def prepare(self) -> None:
        """Prepare what the first search needs."""


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """All content, grouped. Hidden papers are in none of its parts."""

    site: Site
    themes: tuple[Theme, ...]
    cards: tuple[Card, ...] = ()
    """Every paper, in the order of lists."""
    issues: tuple[Issue, ...] = ()
    """Newest first; the issue of undated papers, where there are any, last."""
    by_theme: tuple[ThemePapers, ...] = ()
    """One for each theme, in the themes' order; the unsorted papers last, where there are any."""
    records: Mapping[str, PackedPaper] = {}
    """By slug."""
    names: Mapping[str, Names] = {}
    """By slug."""
    formerly: Mapping[str, str] = {}
    """Old slugs, and the slugs they redirect to."""
    pages: tuple[MarkdownPage, ...] = ()
    published: Register = Register()
    """What was marked as published."""
    openings: Mapping[dt.date, Opening] = {}
    """What the editors say at the head of issues, by day."""
    listings: tuple[IngestedListing, ...] = ()
    """The listings that were ingested, in order of name."""
    images: tuple[Image, ...] = ()
    """The images that texts may show, in order of path."""
    refused: tuple[RefusedListing, ...] = ()
    """The listings that ingest refused and did not file, in order of name."""
    terms: Terms = Terms()
    """What relates papers; empty until `broadsheet refresh-terms` has written the table."""
    vectors: Vectors = Vectors()
    """The vectors that a sentence model computed for papers."""
    related: Related | None = None
    """None until an index is attached."""

    @property
    def without_papers(self) -> "Library":
        """The parts that pages read and that do not change with papers."""
        return Library(
            site=self.site,
            themes=self.themes,
            by_theme=tuple(ThemePapers(theme=theme, cards=()) for theme in self.themes),
            pages=self.pages,
            openings=self.openings,
            images=self.images,
        )

    def card(self, slug: str) -> Card | None:
        """Return the card of a paper."""
        record = self.records.get(slug)
        return card_of(record.paper(), slug) if record else None

    def related_to(self, slug: str) -> tuple[Relation, ...]:
        """Return the papers related to one, the most alike first."""
        return self.related.of(slug) if self.related else ()


def with_papers(library: Library, items: Iterable[LibraryItem]) -> Library:
    """Return a library with these papers in place of its own, and none related yet. No two have one slug."""
    items = tuple(items)
    cards = tuple(sorted((item.card for item in items), key=list_order))
    records = {item.card.slug: item.record for item in items}  # the card's slug, by which they are looked up
    return msgspec.structs.replace(
        library,
        cards=cards,
        issues=tuple(issues_of(cards)),
        by_theme=tuple(papers_by_theme(cards, library.themes)),
        records=records,
        names=NamesOf(records),
        formerly={old: item.record.slug for item in items for old in item.formerly},
        related=None,
    )


def library_after(library: Library, gone: list[LibraryItem], come: list[LibraryItem]) -> Library:
    """Return the library without the papers in `gone` and with those in `come`.

    It equals what `with_papers` would give, but takes time only for what changes.
    """
    formerly: dict[str, str | None] = {slug: None for item in gone for slug in item.formerly}
    formerly |= {slug: item.record.slug for item in come for slug in item.formerly}
    changed: dict[str, PackedPaper | None] = {item.record.slug: None for item in gone}
    changed |= {item.record.slug: item.record for item in come}
    records = patched(library.records, changed)
    after = msgspec.structs.replace(
        library,
        records=records,
        names=NamesOf(records),
        formerly=patched(library.formerly, formerly),
    )
    after = msgspec.structs.replace(after, related=library.related and library.related.after(after))
    was, now = {item.card for item in gone}, {item.card for item in come}
    left, joined = was - now, now - was
    if not (left or joined):
        return after
    return msgspec.structs.replace(
        after,
        cards=_spliced(library.cards, left, joined),
        issues=tuple(_issues_after(library.issues, left, joined)),
        by_theme=tuple(_by_theme_after(library.by_theme, left, joined)),
    )


def _spliced(cards: tuple[Card, ...], left: Collection[Card], joined: Collection[Card]) -> tuple[Card, ...]:
    """Return sorted cards without those that left and with those that joined, sorted again."""
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
    first = defaultdict[dt.date | None, list[Card]](list)
    again = defaultdict[dt.date, list[Card]](list)
    for card in cards:
        first[card.issue].append(card)
        for day in card.issues[1:]:
            again[day].append(card)
    for day in sorted({*again, *(day for day in first if day)}, reverse=True):
        yield Issue(day=day, cards=tuple(first.get(day, ())), again=tuple(again.get(day, ())))
    if None in first:
        yield Issue(day=None, cards=tuple(first[None]))


def _issues_after(issues: Iterable[Issue], left: Iterable[Card], joined: Iterable[Card]) -> list[Issue]:
    by_day = {issue.day: issue for issue in issues}
    less = {issue.day: issue for issue in issues_of(left)}
    more = {issue.day: issue for issue in issues_of(joined)}
    empty = Issue(day=None, cards=())
    for day in less.keys() | more.keys():
        before, gone, come = (days.get(day, empty) for days in (by_day, less, more))
        cards = _spliced(before.cards, gone.cards, come.cards)
        again = _spliced(before.again, gone.again, come.again)
        by_day[day] = Issue(day=day, cards=cards, again=again)
    found = [issue for issue in by_day.values() if issue.cards or issue.again]
    return sorted(found, key=lambda issue: issue.day or dt.date.min, reverse=True)


def papers_by_theme(cards: Iterable[Card], themes: tuple[Theme, ...]) -> Iterator[ThemePapers]:
    """Yield each theme with its papers, empty ones too; then the unsorted papers, if there are any."""
    found: dict[str, list[Card]] = {theme.slug: [] for theme in (*themes, UNSORTED)}
    for card in cards:
        on = {slug: None for slug in card.themes if slug in found} if card.themes else ()
        for slug in on or (UNSORTED.slug,):
            found[slug].append(card)
    for theme in (*themes, UNSORTED):
        if found[theme.slug] or theme is not UNSORTED:
            yield ThemePapers(theme=theme, cards=tuple(found[theme.slug]))


def _by_theme_after(
    before: tuple[ThemePapers, ...], left: Iterable[Card], joined: Iterable[Card]
) -> Iterator[ThemePapers]:
    themes = tuple(themed.theme for themed in before if not themed.is_unsorted)
    known = {themed.theme.slug: themed.cards for themed in before}
    less = {themed.theme.slug: themed.cards for themed in papers_by_theme(left, themes)}
    more = {themed.theme.slug: themed.cards for themed in papers_by_theme(joined, themes)}
    for theme in (*themes, UNSORTED):
        was, gone, come = (cards.get(theme.slug, ()) for cards in (known, less, more))
        cards = _spliced(was, gone, come)
        if cards or theme is not UNSORTED:
            yield ThemePapers(theme=theme, cards=cards)


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
            picks_first = tuple(sorted(members, key=lambda card: not card.pick))
            yield ThemePapers(theme=by_slug[slug], cards=picks_first)
