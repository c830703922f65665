"""Themes: a page for each shelf with its newest papers, its years, and the index of all shelves."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from generator.content.library import Library
from generator.model import Card, Shelf
from generator.publishing.frame import Frame, frame, masthead
from generator.publishing.lists import (
    LIMIT,
    Group,
    Line,
    Link,
    Part,
    by_issue,
    noted,
    parts,
    shelf_link,
    shelf_title,
)
from generator.publishing.page import Page
from generator.publishing.words import count

NEWEST = 3
"""Papers of each shelf that the index of shelves shows."""


class ShelfEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A shelf in the index of shelves."""

    link: Link
    description: str
    picks: int
    newest: tuple[Line, ...]


class ThemesView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of shelves."""

    frame: Frame
    shelves: tuple[ShelfEntry, ...]


class ThemeView(msgspec.Struct, frozen=True, kw_only=True):
    """A shelf: its picks, then its newest papers."""

    frame: Frame
    shelf: Link
    description: str
    picks: tuple[Line, ...]
    groups: tuple[Group, ...]
    years: tuple[Link, ...]


class ThemeYearView(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of a shelf in the issues of one year."""

    frame: Frame
    shelf: Link
    year: Link
    groups: tuple[Group, ...]
    part: Part


def plan(library: Library) -> Iterator[Page]:
    """Yield the index of shelves, each shelf's page, and the pages of its years."""
    entries = tuple(
        ShelfEntry(
            link=shelf_link(shelf),
            description=_description(shelf),
            picks=sum(card.pick for card in shelf.cards),
            newest=tuple(Line(card=card) for card in shelf.cards[:NEWEST]),
        )
        for shelf in library.shelves
    )
    description = f"The shelves of {library.site.title}."
    head = frame(masthead(library), "themes/index.html", "Shelves", description, "themes")
    yield Page(path="themes/index.html", template="themes.html", view=ThemesView(frame=head, shelves=entries))
    for shelf in library.shelves:
        yield from _shelf_pages(library, shelf)


def _shelf_pages(library: Library, shelf: Shelf) -> Iterator[Page]:
    link = shelf_link(shelf)
    path = f"{link.href}index.html"
    by_year = _by_year(shelf.cards)
    years = tuple(
        Link(href=f"{link.href}{year}/", title=_year_title(year), count=len(cards))
        for year, cards in by_year.items()
    )
    summary = _description(shelf) or f"{count(len(shelf.cards), 'paper')} on this shelf."
    view = ThemeView(
        frame=frame(masthead(library), path, shelf_title(shelf), summary, "themes"),
        shelf=link,
        description=_description(shelf),
        picks=noted(library, (card for card in shelf.cards if card.pick)),
        groups=by_issue(Line(card=card) for card in shelf.cards[:LIMIT]),
        years=years,
    )
    yield Page(path=path, template="theme.html", view=view)
    for year, cards in zip(years, by_year.values(), strict=True):
        for part in parts(year.href, cards):
            title = f"{shelf_title(shelf)}, {year.title}"
            year_view = ThemeYearView(
                frame=frame(masthead(library), part.path, title, f"{count(len(cards), 'paper')}.", "themes"),
                shelf=link,
                year=year,
                groups=by_issue(Line(card=card) for card in part.cards),
                part=part,
            )
            yield Page(path=part.path, template="theme_year.html", view=year_view)


def _description(shelf: Shelf) -> str:
    return shelf.theme.description if shelf.theme else "Papers that no editor has put on a shelf yet."


def _by_year(cards: tuple[Card, ...]) -> dict[str, tuple[Card, ...]]:
    """Return the cards by year of their issue, in their order: newest year first, the undated last."""
    years: dict[str, list[Card]] = {}
    for card in cards:
        years.setdefault(_year(card.issue), []).append(card)
    return {year: tuple(found) for year, found in years.items()}


def _year(date: dt.date | None) -> str:
    return str(date.year) if date else "undated"


def _year_title(year: str) -> str:
    return "No date given" if year == "undated" else year
