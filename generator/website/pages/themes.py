"""Themes: a page for each shelf with its newest papers, its years, and the index of all shelves."""

import datetime as dt
from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from generator.engine.page import Page
from generator.library.library import Library
from generator.model import Card, Shelf
from generator.website.parts.charts import Ranking, Timeline, by_shelf, over_time
from generator.website.parts.feed_catalogue import PAPERS, Feed, shelf_feed
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.linked_data import collection
from generator.website.parts.paper_lists import LIMIT, Group, Line, PaperLink, Part, by_issue, noted, parts
from generator.website.urls import Link, shelf_link, shelf_title
from generator.words import count

NEWEST = 3
"""Papers of each shelf that the index of shelves shows."""
LEADS = 12
"""Picks that lead a shelf, with their notes; older ones stand among the papers."""


class ShelfEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A shelf in the index of shelves."""

    link: Link
    description: str
    picks: int
    newest: tuple[PaperLink, ...]


class ThemesView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of shelves."""

    frame: Frame
    shelves: tuple[ShelfEntry, ...]
    chart: Ranking | None


class ThemeView(msgspec.Struct, frozen=True, kw_only=True):
    """A shelf: its picks, then its newest papers."""

    frame: Frame
    description: str
    total: int
    picks: int
    leads: tuple[Line, ...]
    """Its newest picks, with their notes."""
    groups: tuple[Group, ...]
    """Its newest papers without these."""
    years: tuple[Link, ...]
    whole: bool
    """Whether the page shows every paper of the shelf; the pages of its years do in any case."""
    chart: Timeline | None
    """Its papers by the date of their publication."""

    @property
    def linked_data(self) -> Markup:
        """JSON-LD."""
        return collection(self.frame, (*self.leads, *(line for group in self.groups for line in group.lines)))


class ThemeYearView(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of a shelf in the issues of one year."""

    frame: Frame
    shelf: Link
    total: int
    groups: tuple[Group, ...]
    years: tuple[Link, ...]
    part: Part


def plan(library: Library) -> Iterator[Page]:
    """Yield the index of shelves, each shelf's page, and the pages of its years."""
    description = f"The shelves of {library.site.title}."
    head = frame(masthead(library), "themes/index.html", "Shelves", description, "themes")
    view = ThemesView(
        frame=head,
        shelves=tuple(_entry(shelf) for shelf in library.shelves),
        chart=by_shelf(library.shelves, library.cards),
    )
    yield Page(path="themes/index.html", template="themes.html", view=view)
    for shelf in library.shelves:
        by_year = _by_year(shelf)
        years = tuple(link for link, _ in by_year)
        yield _shelf_page(library, shelf, years)
        for link, cards in by_year:
            yield from _year_pages(library, shelf, link, cards, years)


def _entry(shelf: Shelf) -> ShelfEntry:
    return ShelfEntry(
        link=shelf_link(shelf),
        description=_description(shelf),
        picks=sum(card.pick for card in shelf.cards),
        newest=tuple(PaperLink(slug=card.slug, title=card.title) for card in shelf.cards[:NEWEST]),
    )


def _shelf_page(library: Library, shelf: Shelf, years: tuple[Link, ...]) -> Page:
    link = shelf_link(shelf)
    path = f"{link.href}index.html"
    description = _description(shelf)
    summary = description or f"{count(len(shelf.cards), 'paper')} on this shelf."
    leads = [card for card in shelf.cards if card.pick][:LEADS]
    rest = [card for card in shelf.cards if card not in leads]
    view = ThemeView(
        frame=frame(masthead(library), path, link.title, summary, "themes", _feed(shelf)),
        description=description,
        total=len(shelf.cards),
        picks=sum(card.pick for card in shelf.cards),
        leads=noted(library, leads),
        groups=by_issue(Line(card=card) for card in rest[:LIMIT]),
        years=years,
        whole=len(rest) <= LIMIT,
        chart=over_time(card.published for card in shelf.cards),
    )
    return Page(path=path, template="theme.html", view=view)


def _year_pages(
    library: Library, shelf: Shelf, year: Link, cards: tuple[Card, ...], years: tuple[Link, ...]
) -> Iterator[Page]:
    for path, found, part in parts(year.href, cards):
        title, summary = f"{shelf_title(shelf)}, {year.title}", f"{count(len(cards), 'paper')}."
        view = ThemeYearView(
            frame=frame(masthead(library), path, title, summary, "themes", _feed(shelf)),
            shelf=shelf_link(shelf, counted=False),
            total=len(cards),
            groups=by_issue(Line(card=card) for card in found),
            years=years,
            part=part,
        )
        yield Page(path=path, template="theme_year.html", view=view)


def _feed(shelf: Shelf) -> Feed:
    return shelf_feed(shelf.theme) if shelf.theme else PAPERS


def _description(shelf: Shelf) -> str:
    return shelf.theme.description if shelf.theme else "Papers that no editor has put on a shelf yet."


def _by_year(shelf: Shelf) -> list[tuple[Link, tuple[Card, ...]]]:
    """Return the cards by year of their issue, in their order: newest year first, the undated last."""
    years: dict[int, list[Card]] = {}
    for card in shelf.cards:
        years.setdefault(_year(card.issue), []).append(card)
    base = shelf_link(shelf).href
    return [
        (
            Link(href=f"{base}{year or 'undated'}/", title=str(year or "No date given"), count=len(cards)),
            tuple(cards),
        )
        for year, cards in years.items()
    ]


def _year(date: dt.date | None) -> int:
    return date.year if date else 0
