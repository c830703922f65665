"""The archive: papers by the year and month in which they were published, whatever issue listed them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.model import Card
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.pagination import Pagination, paginate
from generator.website.parts.paper_lists import GroupHeading, PaperGroup, PaperLine, by_issue, grouped
from generator.website.parts.timeline import Timeline, over_time
from generator.website.urls import Link
from generator.words import count, month_name

INDEX = Link(href="archive/", title="Archive")


class ArchiveYear(msgspec.Struct, frozen=True, kw_only=True):
    """A year in the index."""

    link: Link
    months: tuple[Link | None, ...]
    """Twelve, January first; None where nothing was published."""


class ArchiveView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of the archive."""

    frame: Frame
    years: tuple[ArchiveYear, ...]
    undated: Link | None
    chart: Timeline | None


class ArchiveListView(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of a year, of a month, or those whose date nobody gives."""

    frame: Frame
    up: Link
    """The page above: the year of a month, else the index."""
    total: int
    groups: tuple[PaperGroup, ...]
    """By month on the page of a year, by day on that of a month, by issue where no date is given."""
    pagination: Pagination
    months: tuple[Link, ...]
    """The months of the year that the page is of or in."""


class _Year(NamedTuple):
    link: Link
    cards: tuple[Card, ...]
    months: dict[int, tuple[Link, tuple[Card, ...]]]
    """By number, newest first."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the index of the archive, and the pages of each year and month."""
    years = tuple(_years(library.cards))
    undated = tuple(card for card in library.cards if card.published is None)
    none = Link(href="archive/undated/", title="No date given", count=len(undated)) if undated else None
    path = f"{INDEX.href}index.html"
    description = "Papers by date of publication."
    view = ArchiveView(
        frame=frame(masthead(library), path, INDEX.title, description, "archive"),
        years=tuple(_row(year) for year in years),
        undated=none,
        chart=over_time(card.published for card in library.cards),
    )
    yield Page(path=path, template="archive.html", view=view)
    for year in years:
        yield from _year_pages(library, year)
    if none:
        yield from _list_pages(library, none, INDEX, undated, by_issue)


def _years(cards: Iterable[Card]) -> Iterator[_Year]:
    dated = sorted((card for card in cards if card.published), key=_day, reverse=True)
    for year, in_year in groupby(dated, key=lambda card: _day(card).year):
        found = tuple(in_year)
        months = {}
        for number, in_month in groupby(found, key=lambda card: _day(card).month):
            members = tuple(in_month)
            link = Link(href=f"archive/{year}/{number:02}/", title=month_name(number), count=len(members))
            months[number] = link, members
        yield _Year(Link(href=f"archive/{year}/", title=str(year), count=len(found)), found, months)


def _day(card: Card) -> dt.date:
    return card.published or dt.date.min


def _row(year: _Year) -> ArchiveYear:
    links = {number: link for number, (link, _) in year.months.items()}
    return ArchiveYear(link=year.link, months=tuple(links.get(number) for number in range(1, 13)))


def _year_pages(library: Library, year: _Year) -> Iterator[Page]:
    months = tuple(link for link, _ in year.months.values())
    yield from _list_pages(library, year.link, INDEX, year.cards, _by_month, months)
    for link, cards in year.months.values():
        named = Link(href=link.href, title=f"{link.title} {year.link.title}")
        yield from _list_pages(library, named, year.link, cards, _by_day, months)


def _list_pages(
    library: Library,
    link: Link,
    up: Link,
    cards: tuple[Card, ...],
    group: Callable[[Iterable[PaperLine]], tuple[PaperGroup, ...]],
    months: tuple[Link, ...] = (),
) -> Iterator[Page]:
    for page, found in paginate(link.href, cards):
        summary = f"{count(len(cards), 'paper')} published: {link.title}."
        view = ArchiveListView(
            frame=frame(masthead(library), page.path, link.title, summary, "archive"),
            up=Link(href=up.href, title=up.title),
            total=len(cards),
            groups=group(PaperLine(card=card) for card in found),
            pagination=page,
            months=months,
        )
        yield Page(path=page.path, template="archive_list.html", view=view)


def _by_month(lines: Iterable[PaperLine]) -> tuple[PaperGroup, ...]:
    return grouped(lines, key=lambda line: _day(line.card).replace(day=1), heading=_month_heading)


def _month_heading(first: dt.date) -> GroupHeading:
    anchor = f"month-{first.year}-{first.month:02}"
    return GroupHeading(anchor, month_name(first.month), f"archive/{first.year}/{first.month:02}/")


def _by_day(lines: Iterable[PaperLine]) -> tuple[PaperGroup, ...]:
    return grouped(lines, key=lambda line: _day(line.card), heading=_day_heading)


def _day_heading(date: dt.date) -> GroupHeading:
    return GroupHeading(f"day-{date.isoformat()}", f"{date.day} {month_name(date.month)}")


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
