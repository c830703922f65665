"""The view of a feed's document, the same for all formats."""

import datetime as dt

import msgspec

from generator.website.feeds.context import FeedContext
from generator.website.feeds.entries import FeedEntry, FeedItem, entry_of
from generator.website.parts.feed_catalogue import Feed, FeedFormat


class FeedView(msgspec.Struct, frozen=True, kw_only=True):
    """A document: a feed's newest entries, or an archive of older ones (RFC 5005, 4)."""

    context: FeedContext
    feed: Feed
    items: tuple[FeedItem, ...]
    """In the order of lists."""
    archive: Feed | None = None
    """The archive that this document is, if it is one."""
    previous: Feed | None = None
    """The archive before this document."""
    next: Feed | None = None
    """The archive after it."""

    @property
    def id(self) -> str:
        """The feed's permanent identity, which its archives share."""
        return self.context.id(self.feed.base)

    @property
    def title(self) -> str:
        """What the document is called."""
        return self.place.title(self.context.title)

    @property
    def description(self) -> str:
        """What the digest is, and what of it the document has."""
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

    def entries(self, *, mathml: bool = False) -> list[FeedEntry]:
        """Return the entries, formulas in them as MathML or as characters."""
        context = msgspec.structs.replace(self.context, mathml=mathml)
        return [entry_of(item, context) for item in self.items]

    def updated(self, entries: list[FeedEntry]) -> dt.datetime:
        """Return the day of the newest entry.

        An empty feed needs one too (RFC 4287, 4.1.1): the year of the tag authority, which does not change.
        """
        year = int(self.context.tag_authority.rpartition(",")[2][:4])
        earliest = dt.datetime(max(year, 1990), 1, 1, tzinfo=dt.UTC)
        return max((entry.updated for entry in entries), default=earliest)
