"""The page `status/`: of each source, its last listing, and how many papers were stated and are kept."""

import datetime as dt
from collections.abc import Iterator, Sequence, Set
from itertools import groupby

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.library.listings_read import ReadListing
from generator.website.pages.papers import listing_name
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.urls import Link, issue_link


class SourceStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A source: listings that the digest calls by the same name."""

    title: str
    last: Link | None
    """The issue of its last listing; None where there is none of its day."""
    listings: int
    stated: int
    """Papers that its listings named, each as often as they did."""
    kept: int
    """Of these, those that are in the digest."""


class StatusView(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, and what was refused at first."""

    frame: Frame
    sources: tuple[SourceStatus, ...]
    """By name."""
    refused: tuple[tuple[str, str], ...]
    """Listings that ingest refused and editors filed all the same, each with the reason; the last first."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the page."""
    path = "status/index.html"
    head = frame(
        masthead(library), path, "Status", "Which listings were read, and what they brought.", "status"
    )
    known = {card.id for card in library.cards} | library.formerly.keys()
    days = {issue.day for issue in library.issues}
    names = tuple(library.site.listings.items())
    titled = [(listing_name(names, one.name), one) for one in library.listings]
    titled.sort(key=lambda both: (both[0], both[1].day or dt.date.min, both[1].name))
    sources = (
        _source(title, [one for _, one in listings], known, days)
        for title, listings in groupby(titled, key=lambda both: both[0])
    )
    refused = tuple((one.name, one.anyway) for one in reversed(library.listings) if one.anyway)
    view = StatusView(frame=head, sources=tuple(sources), refused=refused)
    yield Page(path=path, template="status.html", view=view)


def _source(
    title: str, listings: Sequence[ReadListing], known: Set[str], days: Set[dt.date | None]
) -> SourceStatus:
    last = listings[-1]
    return SourceStatus(
        title=title,
        last=issue_link(last.day) if last.day in days else None,
        listings=len(listings),
        stated=sum(len(one.ids) for one in listings),
        kept=sum(id_ in known for one in listings for id_ in one.ids),
    )
