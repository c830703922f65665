"""The view of a feed's document, the same for all formats."""

import datetime as dt
from collections.abc import Callable

import msgspec

from generator.website.feeds.context import FeedContext
from generator.website.feeds.entries import FeedEntry, entry_of
from generator.website.feeds.items import FeedItem
from generator.website.parts.feed_catalogue import Feed, FeedFormat

LARGE = 1_000_000
"""Bytes; a larger document shortens the bodies of its oldest entries."""


class FeedView(msgspec.Struct, frozen=True, kw_only=True):
    """A document: a feed's newest entries, or an archive of older ones (RFC 5005, 4)."""

    context: FeedContext
    feed: Feed
    items: tuple[FeedItem, ...]
    """Newest first."""
    archive: Feed | None = None
    """The archive that this document is; None for the feed itself."""
    previous: Feed | None = None
    """The archive before this document."""
    next: Feed | None = None
    """The archive after it."""

    @property
    def id(self) -> str:
        """The feed's permanent identity, which its archives share."""
        return self.context.id(self.feed.name)

    @property
    def title(self) -> str:
        """What the document is called."""
        return self.place.title(self.context.title)

    @property
    def description(self) -> str:
        """What the digest is, and which part of it the document has."""
        return f"{self.context.description} {self.place.description}".strip()

    @property
    def home(self) -> str:
        """URL of the page whose feed it is."""
        return self.context.root + self.place.home

    @property
    def place(self) -> Feed:
        """What gives the document its address: the archive, else the feed."""
        return self.archive or self.feed

    def url(self, place: Feed, form: FeedFormat) -> str:
        """Return the URL of a document in a format."""
        return self.context.root + place.path(form)

    @property
    def icon(self) -> str:
        """URL of the digest's icon."""
        return f"{self.context.root}static/icon.svg"

    def encoded(self, encode: Callable[[list[FeedEntry]], bytes], size: Callable[[str], int]) -> bytes:
        """Return the document of its entries, with short bodies from the oldest on if it is too large.

        `size` tells how many bytes a body has in the document.
        """
        entries = [entry_of(item, self.context) for item in self.items]
        data = encode(entries)
        excess = len(data) - LARGE
        if excess <= 0:
            return data
        for place in reversed(range(len(entries))):
            short = entry_of(self.items[place], self.context, short=True)
            excess -= size(entries[place].body) - size(short.body)
            entries[place] = short
            if excess <= 0:
                break
        return encode(entries)

    def updated(self, entries: list[FeedEntry]) -> dt.datetime:
        """Return when its newest entry was updated.

        An empty feed needs one too (RFC 4287, 4.1.1): the year of the tag authority, which does not change.
        """
        year = int(self.context.tag_authority.rpartition(",")[2][:4])
        earliest = dt.datetime(max(year, 1990), 1, 1, tzinfo=dt.UTC)
        return max((entry.updated for entry in entries), default=earliest)
