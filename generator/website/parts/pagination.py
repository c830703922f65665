"""Pagination: a long list is split into pages, numbered from the oldest: an addition changes one of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from generator.website.urls import NO_DATE, Link, month_anchor

PAGE_SIZE = 250
"""The most entries of a list on one page."""

T = TypeVar("T")


class Pagination(msgspec.Struct, frozen=True, kw_only=True):
    """Which page of a list this is, and where the others are."""

    number: int
    """Counted from the oldest."""
    href: str
    """The address of this page."""
    is_newest: bool
    """Whether this page has the newest entries."""
    links: tuple[Link, ...]
    """All pages, newest first; on an older page the newest and those around it, so that a new page changes
    only the one before it."""
    older: Link | None
    """The page that continues the list; None on the oldest."""

    @property
    def path(self) -> str:
        """Where this page is written, if its address is a folder."""
        return f"{self.href}index.html"


def paginate(
    href: str, items: tuple[T, ...], address: Callable[[str, int], str] = "{}{}/".format
) -> Iterator[tuple[Pagination, tuple[T, ...]]]:
    """Yield the pages of a list that runs newest first, each with its items.

    The newest page is at `href`, an address relative to the site's root; page N of the others is at
    `address(href, N)`. An empty list has one page.

    >>> [(page.href, len(items)) for page, items in paginate("picks/", tuple(range(600)))]
    [('picks/', 100), ('picks/2/', 250), ('picks/1/', 250)]
    """
    total = max(1, -(-len(items) // PAGE_SIZE))
    hrefs = (href, *(address(href, number) for number in range(total - 1, 0, -1)))
    links = tuple(Link(href=found, title=f"Part {total - at}") for at, found in enumerate(hrefs))
    newest = Link(href=href, title="Newest")
    for at, link in enumerate(links):
        number = total - at
        end = len(items) - (number - 1) * PAGE_SIZE
        page = Pagination(
            number=number,
            href=link.href,
            is_newest=not at,
            links=(newest, *links[max(1, at - 1) : at + 2]) if at else links,
            older=next(iter(links[at + 1 :]), None),
        )
        yield page, items[max(0, end - PAGE_SIZE) : end]


def year_links(
    pages: Iterable[tuple[Pagination, tuple[T, ...]]], date: Callable[[T], dt.date | None]
) -> tuple[Link, ...]:
    """Return where each year begins in a list by month, newest first, entries without a date last.

    There are no links where there is but one.
    """
    begins: dict[str, str] = {}
    for page, entries in pages:
        for found in map(date, entries):
            begins.setdefault(str(found.year) if found else NO_DATE, f"{page.href}#{month_anchor(found)}")
    return tuple(Link(href=href, title=year) for year, href in begins.items()) if len(begins) > 1 else ()
