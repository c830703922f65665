"""What subscribers will see: the plan of the site beside what was marked as published."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.engine.page import Page
from generator.library.paths import PUBLISHED
from generator.problem import Location, Problem, error
from generator.publication.register import Published, read_published
from generator.website.feeds.entries import version_of
from generator.website.feeds.view import FeedView

FRONT = ""
"""Address of the front page, which cannot vanish and has no row."""


class FeedNews(msgspec.Struct, frozen=True, kw_only=True):
    """What subscribers of one feed will see, by the entries' identities."""

    feed: str
    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    resurfaced: tuple[str, ...] = ()
    """Entries that the feed had, and had no longer when it was last marked."""
    vanished: tuple[str, ...] = ()
    """Entries that nothing on the site bears any more; one that newer ones displaced has not vanished."""


def losses(root: Path, pages: Mapping[str, Page]) -> list[Problem]:
    """Return what was published and is not planned, an error each; and what is unreadable of the record."""
    rows, flaws = read_published(root)
    return [*flaws, *lost(rows or (), pages.values())]


def _address(page: Page) -> str:
    return page.path.removesuffix("index.html")


def lost(rows: Iterable[Published], pages: Iterable[Page]) -> Iterator[Problem]:
    """Yield an error for each published address and feed entry that no page bears any more."""
    rows, pages = tuple(rows), tuple(pages)
    if not rows:
        return
    addresses = {_address(page) for page in pages}
    alive = identities(pages) if any(row.id for row in rows) else set()
    for number, row in enumerate(rows, 1):
        place = Location(path=PUBLISHED, line=number)
        let_go = f"or let it go: remove line {number} of {PUBLISHED}."
        if row.url and row.url not in addresses:
            hint = (
                f"Restore what stood there, name its slug under `formerly:` of the paper it became, {let_go}"
            )
            yield error(place, f"The published address {row.url} would vanish.", hint)
        if row.id and row.id not in alive:
            hint = f"Restore the record or the row that bore it, with its `id`, {let_go}"
            yield error(place, f"The published entry {row.id} of {row.feed} would vanish.", hint)


def _feed_views(pages: Iterable[Page]) -> Iterator[FeedView]:
    seen = set()
    for page in pages:
        if isinstance(page.view, FeedView) and (place := page.view.place.base) not in seen:
            seen.add(place)  # the formats of a document share its view
            yield page.view


def entries(pages: Iterable[Page]) -> Iterator[tuple[str, dict[str, dt.date]]]:
    """Yield each feed's name and its entries, by identity the day of the newest version; without archives."""
    for view in _feed_views(pages):
        if view.archive is None:
            yield view.feed.base, dict(version_of(item, view.context) for item in view.items)


def identities(pages: Iterable[Page]) -> set[str]:
    """Return the identities that entries of any feed or archive bear: archives hold every paper."""
    return {version_of(item, view.context).id for view in _feed_views(pages) for item in view.items}


def news(
    rows: Iterable[Published], now: Mapping[str, Mapping[str, dt.date]], alive: set[str]
) -> Iterator[FeedNews]:
    """Yield what subscribers of each feed will see: of those published, planned and existing."""
    once: dict[str, dict[str, Published]] = {}
    for row in rows:
        if row.id:
            once.setdefault(row.feed, {})[row.id] = row
    for feed in sorted({*once, *now}):
        had, has = once.get(feed, {}), now.get(feed, {})
        found_news = FeedNews(
            feed=feed,
            new=tuple(found for found in has if found not in had),
            updated=tuple(
                found
                for found, day in has.items()
                if found in had and had[found].current and had[found].updated != day
            ),
            resurfaced=tuple(found for found in has if found in had and not had[found].current),
            vanished=tuple(found for found in had if found not in alive),
        )
        if found_news != FeedNews(feed=feed):
            yield found_news


def merged(
    rows: Iterable[Published], pages: Iterable[Page], now: Mapping[str, Mapping[str, dt.date]]
) -> Iterator[Published]:
    """Yield what was ever published, once the plan is: rows are added or brought up to date, none lost."""
    addresses = {row.url for row in rows if row.url} | {_address(page) for page in pages if page.lasting} - {
        FRONT
    }
    yield from (Published(url=url) for url in addresses)
    entries = {(row.feed, row.id): msgspec.structs.replace(row, current=False) for row in rows if row.id}
    for feed, has in now.items():
        for found, day in has.items():
            entries[feed, found] = Published(feed=feed, id=found, updated=day, current=True)
    yield from entries.values()
