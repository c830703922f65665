"""The archive: papers by the year and month in which they were published, whatever issue listed them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from generator.content.library import Library
from generator.model import Card
from generator.publishing.frame import Frame, frame, masthead
from generator.publishing.lists import Group, Line, Link, Part, parts
from generator.publishing.page import Page
from generator.publishing.words import count, month, month_name


class ArchiveYear(msgspec.Struct, frozen=True, kw_only=True):
    """A year in the index, with its months, newest first."""

    link: Link
    months: tuple[Link, ...]


class ArchiveView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of the archive."""

    frame: Frame
    years: tuple[ArchiveYear, ...]
    undated: Link | None


class ArchiveListView(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of a year, of a month, or those whose date nobody gives."""

    frame: Frame
    heading: str
    total: int
    groups: tuple[Group, ...]
    part: Part
    months: tuple[Link, ...]
    """The months of the year that the page is of or in."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the index of the archive, and the pages of each year and month."""
    dated = sorted(
        (card for card in library.cards if card.published),
        key=lambda card: card.published or dt.date.min,
        reverse=True,
    )
    undated = tuple(card for card in library.cards if card.published is None)
    years = []
    pages: list[Page] = []
    for year, in_year in groupby(dated, key=lambda card: _month_of(card)[0]):
        cards = tuple(in_year)
        by_month = {number: tuple(found) for number, found in groupby(cards, key=lambda c: _month_of(c)[1])}
        months = tuple(
            Link(href=f"archive/{year}/{number:02}/", title=month_name(number), count=len(found))
            for number, found in by_month.items()
        )
        link = Link(href=f"archive/{year}/", title=str(year), count=len(cards))
        years.append(ArchiveYear(link=link, months=months))
        pages += _list_pages(library, link.href, str(year), cards, months)
        for linked, (number, found) in zip(months, by_month.items(), strict=True):
            pages += _list_pages(library, linked.href, month(year, number), found, months)
    none = Link(href="archive/undated/", title="No date given", count=len(undated)) if undated else None
    head = frame(
        masthead(library), "archive/index.html", "Archive", "Papers by date of publication.", "archive"
    )
    view = ArchiveView(frame=head, years=tuple(years), undated=none)
    yield Page(path="archive/index.html", template="archive.html", view=view)
    yield from pages
    if none:
        yield from _list_pages(library, none.href, none.title, undated, ())


def _month_of(card: Card) -> tuple[int, int]:
    date = card.published or dt.date.min
    return date.year, date.month


def _list_pages(
    library: Library, base: str, heading: str, cards: tuple[Card, ...], months: tuple[Link, ...]
) -> Iterator[Page]:
    for part in parts(base, cards):
        summary = f"{count(len(cards), 'paper')} published: {heading}."
        view = ArchiveListView(
            frame=frame(masthead(library), part.path, heading, summary, "archive"),
            heading=heading,
            total=len(cards),
            groups=tuple(_by_month(part.cards)),
            part=part,
            months=months,
        )
        yield Page(path=part.path, template="archive_list.html", view=view)


def _by_month(cards: Iterable[Card]) -> Iterator[Group]:
    for (year, number), found in groupby(cards, key=_month_of):
        lines = tuple(Line(card=card) for card in found)
        known = year != dt.MINYEAR
        yield Group(
            id=f"month-{year}-{number:02}" if known else "undated",
            title=month(year, number) if known else "No date given",
            href=f"archive/{year}/{number:02}/" if known else None,
            lines=lines,
            total=len(lines),
        )


def year_links(cards: Iterable[Card]) -> tuple[Link, ...]:
    """Return the years in which the papers were published, newest first, those without a date last."""
    counts: dict[int, int] = {}
    for card in cards:
        year = card.published.year if card.published else 0
        counts[year] = counts.get(year, 0) + 1
    return tuple(
        Link(href=f"archive/{year or 'undated'}/", title=str(year or "No date given"), count=counts[year])
        for year in sorted(counts, reverse=True)
    )
