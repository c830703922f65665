"""The page `status/`: the last listing of each source, how many papers were named and kept, and refusals."""

import datetime as dt
from collections.abc import Iterator, Sequence, Set
from itertools import groupby

import msgspec

from generator.engine.page import Page
from generator.library.ingested_listings import IngestedListing, RefusedListing
from generator.library.library import Library
from generator.website.pages.papers import listing_name
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.urls import Link, issue_link

SHOWN = 30
"""Refused listings of a source that are shown, the last first."""


class RefusedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that ingest refused."""

    listing: str
    """The name of its file."""
    reasons: tuple[str, ...]
    """Why it was refused; empty where editors filed it all the same."""
    anyway: str
    """Why editors did so."""


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
    refused: tuple[RefusedFile, ...]
    """The last listings that were refused, the last first."""
    refusals: int
    """How many were."""


class StatusView(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, and what was refused."""

    frame: Frame
    sources: tuple[SourceStatus, ...]
    """By name."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the page."""
    path = "status/index.html"
    head = frame(
        masthead(library), path, "Status", "Which listings were read, and what they brought.", "status"
    )
    known = {card.id for card in library.cards} | library.formerly.keys()
    days = {issue.day for issue in library.issues}
    names = tuple(library.site.listings.items())
    found: list[IngestedListing | RefusedListing] = [*library.listings, *library.refused]
    titled = [(listing_name(names, one.name), one) for one in found]
    titled.sort(key=lambda both: (both[0], both[1].day or dt.date.min, both[1].name))
    sources = (
        _source(title, [one for _, one in members], known, days)
        for title, members in groupby(titled, key=lambda both: both[0])
    )
    view = StatusView(frame=head, sources=tuple(sources))
    yield Page(path=path, template="status.html", view=view)


def _source(
    title: str, found: Sequence[IngestedListing | RefusedListing], known: Set[str], days: Set[dt.date | None]
) -> SourceStatus:
    """Return the status of a source, whose listings are given by day."""
    read = [one for one in found if isinstance(one, IngestedListing)]
    refused = tuple(filter(None, map(_refusal, reversed(found))))
    return SourceStatus(
        title=title,
        last=issue_link(read[-1].day) if read and read[-1].day in days else None,
        listings=len(read),
        stated=sum(len(one.ids) for one in read),
        kept=sum(id_ in known for one in read for id_ in one.ids),
        refused=refused[:SHOWN],
        refusals=len(refused),
    )


def _refusal(one: IngestedListing | RefusedListing) -> RefusedFile | None:
    if isinstance(one, RefusedListing):
        return RefusedFile(listing=one.name, reasons=one.reasons, anyway="")
    return RefusedFile(listing=one.name, reasons=(), anyway=one.anyway) if one.anyway else None
