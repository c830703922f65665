"""The archive: papers by the year and month in which they were published, whatever issue listed them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

import msgspec

from generator.engine.page import Group, Page
from generator.library.library import Library
from generator.model import Card
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.pagination import paginate
from generator.website.parts.paper_lists import (
    GroupHeading,
    PaperGroup,
    PaperLine,
    PaperListView,
    by_issue,
    by_year,
    grouped,
    uncounted,
)
from generator.website.parts.redirects import redirect
from generator.website.parts.timeline import Timeline, over_time
from generator.website.urls import Link
from generator.words import count, month_name

INDEX = Link(href="archive/", title="Archive")
PART = "{}part-{}/".format
"""Makes the address of a part of a year, which no month can have."""


class ArchiveView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of the archive."""

    frame: Frame
    years: tuple[tuple[Link, tuple[Link | None, ...]], ...]
    """Each year with its twelve months, None for one in which nothing was published."""
    undated: Link | None
    chart: Timeline | None


_Months = Mapping[int, tuple[Link, tuple[Card, ...]]]
"""The months of a year by their numbers, newest first: the link to each, and its papers."""


def plan(library: Library) -> Iterator[Page | Group]:
    """Yield the index of the archive, and the pages of each year and month."""
    newest_first = sorted(library.cards, key=_day, reverse=True)
    years = by_year(INDEX.href, newest_first, lambda card: card.published)
    undated = years.pop() if years and years[-1][1][0].published is None else None
    months = {link.href: _months(link, cards) for link, cards in years}
    links = {href: {number: link for number, (link, _) in found.items()} for href, found in months.items()}
    path = f"{INDEX.href}index.html"
    description = "Papers by date of publication."
    view = ArchiveView(
        frame=frame(masthead(library), path, INDEX.title, description, "archive"),
        years=tuple((link, tuple(map(links[link.href].get, range(1, 13)))) for link, _ in years),
        undated=undated[0] if undated else None,
        chart=over_time(card.published for card in library.cards),
    )
    yield Page(path=path, template="archive.html", view=view)
    for link, cards in years:
        yield Group(_year_pages, link, cards)
    if undated:
        yield from _list_pages(library, undated[0], INDEX, undated[1], by_issue)


def _day(card: Card) -> dt.date:
    return card.published or dt.date.min


def _months(year: Link, cards: Iterable[Card]) -> _Months:
    months: dict[int, tuple[Link, tuple[Card, ...]]] = {}
    for number, members in groupby(cards, key=lambda card: _day(card).month):
        found = tuple(members)
        link = Link(href=f"{year.href}{number:02}/", title=month_name(number), count=len(found))
        months[number] = link, found
    return months


def _year_pages(library: Library, year: Link, cards: tuple[Card, ...]) -> Iterator[Page]:
    months = _months(year, cards)
    links = tuple(link for link, _ in months.values())
    yield from _list_pages(library, year, INDEX, cards, _by_month, links, part=PART)
    yield from _former_parts(library, year, cards, months)
    for link, found in months.values():
        named = Link(href=link.href, title=f"{link.title} {year.title}")
        yield from _list_pages(library, named, year, found, _by_day, links)


def _former_parts(library: Library, year: Link, cards: tuple[Card, ...], months: _Months) -> Iterator[Page]:
    """Yield redirects from where the parts of a year were before their addresses said "part".

    The tenth to the twelfth were where months are: a month keeps its address.
    """
    for page, _ in paginate(year.href, cards, PART):
        former = f"{year.href}{page.number}/index.html"
        if not page.is_newest and not (page.number >= 10 and page.number in months):
            title = f"{year.title}, part {page.number}"
            yield redirect(library, former, page.href, title, "This page has moved")


def _list_pages(
    library: Library,
    link: Link,
    up: Link,
    cards: tuple[Card, ...],
    group: Callable[[Iterable[PaperLine]], tuple[PaperGroup, ...]],
    months: tuple[Link, ...] = (),
    *,
    part: Callable[[str, int], str] = "{}{}/".format,
) -> Iterator[Page]:
    for page, found in paginate(link.href, cards, part):
        total = len(cards) if page.is_newest else len(found)
        summary = f"{count(total, 'paper')} published: {link.title}."
        view = PaperListView(
            frame=frame(masthead(library), page.path, link.title, summary, "archive"),
            up=Link(href=up.href, title=up.title),
            total=total,
            groups=group(PaperLine(card=card) for card in found),
            pagination=page,
            index_heading=GroupHeading("months", "By month"),
            index=uncounted(months),
        )
        yield Page(path=page.path, template="paper_list.html", view=view)


def _by_month(lines: Iterable[PaperLine]) -> tuple[PaperGroup, ...]:
    return grouped(lines, key=lambda line: _day(line.card).replace(day=1), heading=_month_heading)


def _month_heading(first: dt.date) -> GroupHeading:
    anchor = f"month-{first.year}-{first.month:02}"
    return GroupHeading(anchor, month_name(first.month), f"archive/{first.year}/{first.month:02}/")


def _by_day(lines: Iterable[PaperLine]) -> tuple[PaperGroup, ...]:
    def heading(date: dt.date) -> GroupHeading:
        return GroupHeading(f"day-{date.isoformat()}", f"{date.day} {month_name(date.month)}")

    return grouped(lines, key=lambda line: _day(line.card), heading=heading)


def year_links(cards: Iterable[Card]) -> tuple[Link, ...]:
    """Return the years in which the papers were published, newest first, those without a date last."""
    return tuple(link for link, _ in by_year(INDEX.href, cards, lambda card: card.published))
