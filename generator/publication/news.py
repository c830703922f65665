"""Compare what is planned with what was marked as published: what changes for subscribers."""

from collections.abc import Iterator, Mapping

import msgspec

from generator.engine.page import PageHead
from generator.library.library import Library
from generator.library.register import FeedRow, PublishedAddress, PublishedEntry, PublishedRow, Register
from generator.website.feeds.contents import FeedContents, PaperEntries, feeds
from generator.website.feeds.context import FeedContext
from generator.website.feeds.items import FeedItem

FRONT = ""
"""Address of the front page, which cannot vanish and has no row."""


class FeedNews(msgspec.Struct, frozen=True, kw_only=True):
    """What subscribers of one feed will see, by the entries' identities."""

    feed: str
    paths: tuple[str, ...] = ()
    """Where it is, in every format."""
    first: bool = False
    """Whether it was never published, though others were: nobody has it yet, as after a theme is renamed."""
    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    """Entries that the feed had before, but not when it was last marked as published."""
    missed: tuple[str, ...] = ()
    """New entries that the feed does not show, because newer ones fill it."""
    vanished: tuple[str, ...] = ()
    """Entries that belong into no feed any more. One that only newer ones pushed out has not vanished."""


class PlannedFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed that is planned."""

    feed: str
    paths: tuple[str, ...]
    """Where it is, in every format."""
    rows: tuple[FeedRow, ...]
    """The rows that the register will have of it once this is published: of all that belongs into it."""
    shown: tuple[FeedItem, ...]


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """All feeds that are planned, and the rows of entries that the register will have."""

    feeds: tuple[PlannedFeed, ...]
    entries: Mapping[str, PublishedEntry]
    """By identity."""


def planned(library: Library) -> Planned:
    """Return the feeds of a library, with all that belongs into them."""
    context = FeedContext.of(library)
    entries: dict[str, PublishedEntry] = {}
    found = tuple(
        _planned_feed(library, context, contents, entries)
        for contents in feeds(library, PaperEntries.of(library))
    )
    return Planned(feeds=found, entries=entries)


def _planned_feed(
    library: Library, context: FeedContext, contents: FeedContents, entries: dict[str, PublishedEntry]
) -> PlannedFeed:
    """Return a feed; add its entries to those of all feeds."""
    dated = tuple(contents.candidates)
    shown = tuple(contents._replace(candidates=dated).held())
    times = contents.times([candidate for _, candidate in dated])
    in_feed = {item.name: item for item in shown}
    before = library.published.feeds.get(contents.feed.base, {})
    rows = []
    for day, entry in dated:
        identity, entry_times = context.id(entry.name), in_feed.get(entry.name) or times[entry.name]
        entries[identity] = PublishedEntry(
            id=identity,
            url=entry.href,
            published=entry_times.published,
            updated=entry_times.updated,
            papers=entry.papers,
            withdrawn=entry.withdrawn,
        )
        last = before.get(identity)
        was = last is not None and last.current is not None
        current = entry.name in in_feed or (False if was else None)
        rows.append(FeedRow(feed=contents.feed.base, id=identity, since=day, current=current))
    return PlannedFeed(feed=contents.feed.base, paths=contents.paths, rows=tuple(rows), shown=shown)


def feed_news(register: Register, plan: Planned) -> Iterator[FeedNews]:
    """Yield what changes in each feed between what was published and what is planned, by feed."""
    now = {found.feed: found for found in plan.feeds}
    for feed in sorted({*register.feeds, *now}):
        before = register.feeds.get(feed, {})
        rows, paths = (now[feed].rows, now[feed].paths) if feed in now else ((), ())
        shown = [row for row in rows if row.current]
        news = FeedNews(
            feed=feed,
            paths=paths,
            first=register.marked and not register.has_feed(feed),
            new=tuple(row.id for row in shown if _was_current(before, row) is None),
            updated=tuple(
                row.id for row in shown if _was_current(before, row) and _is_updated(register, plan, row.id)
            ),
            again=tuple(row.id for row in shown if _was_current(before, row) is False),
            missed=tuple(row.id for row in rows if not row.current and row.id not in before),
            vanished=tuple(
                name for name in before if name not in plan.entries and not _is_let_go(register, name)
            ),
        )
        if news != FeedNews(feed=feed, paths=paths, first=news.first):
            yield news


def _was_current(before: Mapping[str, FeedRow], row: FeedRow) -> bool | None:
    last = before.get(row.id)
    return last.current if last else None


def _is_updated(register: Register, plan: Planned, name: str) -> bool:
    last = register.entries.get(name)
    return last is not None and plan.entries[name].updated > last.updated


def _is_let_go(register: Register, name: str) -> bool:
    return name in register.entries and bool(register.entries[name].let_go)


def rows_once_published(register: Register, lasting: set[str], plan: Planned) -> list[PublishedRow]:
    """Return the register once what is planned is published: rows are added or updated, never removed.

    `lasting` are the addresses that must never vanish from then on.
    """
    addresses = {**register.addresses, **{url: PublishedAddress(url=url) for url in lasting - {FRONT}}}
    of_feeds = {
        (row.feed, row.id): _no_longer(row) for found in register.feeds.values() for row in found.values()
    }
    of_feeds |= {(row.feed, row.id): row for found in plan.feeds for row in found.rows}
    entries = {**register.entries, **plan.entries}
    return [*addresses.values(), *entries.values(), *of_feeds.values()]


def _no_longer(row: FeedRow) -> FeedRow:
    current = False if row.current else row.current
    return msgspec.structs.replace(row, current=current, left=True, updated=None)


def address(page: PageHead) -> str:
    """Return the address of a page: of one that people read, that of its folder."""
    return page.path.removesuffix("index.html")
