"""What changes for readers and subscribers: the planned pages compared with what was marked as published."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.engine.page import Page
from generator.library.paths import PUBLISHED
from generator.problem import Location, Problem, error
from generator.publication.register import Published, PublishedAddress, PublishedEntry, read_published
from generator.website.feeds.entries import version_of
from generator.website.feeds.view import FeedView

Feeds = Mapping[str, Mapping[str, dt.date]]
"""The entries of each feed, by its name and their identity: the day of the newest version."""


class FeedNews(msgspec.Struct, frozen=True, kw_only=True):
    """What subscribers of one feed will see, by the entries' identities."""

    feed: str
    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    resurfaced: tuple[str, ...] = ()
    """Entries that the feed once had, and did not have when it was last marked."""
    vanished: tuple[str, ...] = ()
    """Entries that are in no feed or archive any more. One that newer ones displaced has not vanished."""


def check_published(root: Path, pages: Mapping[str, Page]) -> list[Problem]:
    """Return an error for each published address or entry that would vanish, and for each unreadable row."""
    rows, flaws = read_published(root)
    return [*flaws, *vanished(rows or (), pages.values())]


def vanished(rows: Iterable[Published], pages: Iterable[Page]) -> Iterator[Problem]:
    """Yield an error for each published address that has no page, and each entry that is in no feed."""
    rows, pages = tuple(rows), tuple(pages)
    if not rows:
        return
    addresses = {_address(page) for page in pages}
    ids = entry_ids(pages) if any(isinstance(row, PublishedEntry) for row in rows) else set()
    for number, row in enumerate(rows, 1):
        place = Location(path=PUBLISHED, line=number)
        give_up = f"or give it up: remove line {number} of {PUBLISHED}."
        if isinstance(row, PublishedAddress):
            if row.url not in addresses:
                hint = f"Restore the page, add its slug to `formerly:` of the paper it became, {give_up}"
                yield error(place, f"The published address {row.url} would vanish.", hint)
        elif row.id not in ids:
            hint = f"Restore the record or row that had this `id`, {give_up}"
            yield error(place, f"The published entry {row.id} of {row.feed} would vanish.", hint)


def _address(page: Page) -> str:
    return page.path.removesuffix("index.html")


def _feed_views(pages: Iterable[Page]) -> Iterator[FeedView]:
    seen = set()
    for page in pages:
        if isinstance(page.view, FeedView) and (place := page.view.place.base) not in seen:
            seen.add(place)  # the formats of a document share its view
            yield page.view


def planned_feeds(pages: Iterable[Page]) -> Feeds:
    """Return the entries of each feed, without archives."""
    return {
        view.feed.base: dict(version_of(item, view.context) for item in view.items)
        for view in _feed_views(pages)
        if view.archive is None
    }


def entry_ids(pages: Iterable[Page]) -> set[str]:
    """Return the identities of the entries of all feeds and archives. Archives hold every paper."""
    return {version_of(item, view.context).id for view in _feed_views(pages) for item in view.items}


def feed_news(rows: Iterable[Published], feeds: Feeds, ids: set[str]) -> Iterator[FeedNews]:
    """Yield what changes in each feed between the published `rows` and the planned `feeds`.

    `ids` are the identities of all entries that the site still has.
    """
    published: dict[str, dict[str, PublishedEntry]] = {}
    for row in rows:
        if isinstance(row, PublishedEntry):
            published.setdefault(row.feed, {})[row.id] = row
    for feed in sorted({*published, *feeds}):
        before, now = published.get(feed, {}), feeds.get(feed, {})
        shared = [(name, day, before[name]) for name, day in now.items() if name in before]
        news = FeedNews(
            feed=feed,
            new=tuple(name for name in now if name not in before),
            updated=tuple(name for name, day, row in shared if row.current and row.updated != day),
            resurfaced=tuple(name for name, _, row in shared if not row.current),
            vanished=tuple(name for name in before if name not in ids),
        )
        if news != FeedNews(feed=feed):
            yield news


def rows_once_published(rows: Iterable[Published], pages: Iterable[Page], feeds: Feeds) -> list[Published]:
    """Return the register once the planned pages are published: rows are added or updated, never removed."""
    urls = {_address(page) for page in pages if page.lasting} - {""}  # the front page cannot vanish
    entries: dict[tuple[str, str], PublishedEntry] = {}
    for row in rows:
        if isinstance(row, PublishedAddress):
            urls.add(row.url)
        else:
            entries[row.feed, row.id] = msgspec.structs.replace(row, current=False)
    for feed, found in feeds.items():
        for name, day in found.items():
            entries[feed, name] = PublishedEntry(feed=feed, id=name, updated=day, current=True)
    return [*map(PublishedAddress, urls), *entries.values()]
