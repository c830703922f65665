"""Archives of the feed of everything, by which a new subscriber walks back to the first paper (RFC 5005, 4).

What an archive holds never changes, for a reader fetches it once. So a month has its archive once a later
month has an issue; and in the running month each issue has one but the newest, which the feed itself always
holds. An issue's archive stays when its month is over: readers that walked by it know its address. Readers of
JSON know only the next address (`next_url`), so an issue's archive in JSON goes with the month. The image of
an entry is one that lasts: a paper's own may go when its issue is no longer among the newest.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from generator.engine.page import EXPORTS, Group, Page
from generator.library.library import Library
from generator.model import Card
from generator.website.feeds.contents import PaperEntries
from generator.website.feeds.context import FeedContext
from generator.website.feeds.digests import DatedPapers, dated
from generator.website.feeds.items import FeedItem
from generator.website.feeds.times import EntryTimes
from generator.website.feeds.view import FeedView
from generator.website.parts.feed_catalogue import (
    ATOM,
    JSON,
    PAPERS,
    RSS,
    Feed,
    issue_archive,
    month_archive,
)
from generator.website.parts.paper_lists import full_line
from generator.website.share_images.planner import lasting_image_folder


class _Archive(NamedTuple):
    """An archive, and the archives before and after it."""

    feed: Feed
    issues: Sequence[DatedPapers]
    before: Feed | None
    after: Feed | None
    in_json: bool
    """Whether there is one in JSON, too."""


def archives(library: Library, papers: PaperEntries) -> Iterator[Group]:
    """Yield the archives, oldest month first."""
    oldest_first = (issue for issue in reversed(dated(library)) if issue[1])
    months = [list(month) for _, month in groupby(oldest_first, key=lambda issue: issue[0].replace(day=1))]
    for archive in _archives(months):
        found = [cards for _, cards in reversed(archive.issues)]
        cards = found[0] if len(found) == 1 else tuple(chain.from_iterable(found))
        times = tuple(papers.times[card.id] for card in cards)
        around = archive.before, archive.after
        yield Group(_documents, archive.feed, around, archive.in_json, cards, times, stage=EXPORTS)


def _documents(
    library: Library,
    archive: Feed,
    around: tuple[Feed | None, Feed | None],
    in_json: bool,
    cards: tuple[Card, ...],
    times: tuple[EntryTimes, ...],
) -> Iterator[Page]:
    """Yield an archive in each format, given the times of each paper's entry."""
    items = (
        FeedItem(
            name=card.id,
            published=found.published,
            updated=found.updated,
            image=lasting_image_folder(library, card),
            content=full_line(library, card),
        )
        for card, found in zip(cards, times, strict=True)
    )
    view = FeedView(
        context=FeedContext.of(library),
        feed=PAPERS,
        items=tuple(items),
        archive=archive,
        previous=around[0],
        next=around[1],
    )
    for form in (RSS, ATOM, *([JSON] if in_json else [])):
        lasting = form is not JSON or archive != issue_archive(cards[0].issues[0])
        yield Page(path=archive.path(form), encoder=form.encoder, view=view, stage=EXPORTS, lasting=lasting)


def latest(library: Library) -> Feed | None:
    """Return the newest archive: the one before the feed itself."""
    newest = [day for day, cards in dated(library) if cards][:2]
    if len(newest) < 2:
        return None
    running = newest[1].replace(day=1) == newest[0].replace(day=1)
    return issue_archive(newest[1]) if running else month_archive(newest[1])


def _archives(months: list[list[DatedPapers]]) -> Iterator[_Archive]:
    """Yield the archives of months, oldest first; those before a month go on by its first archive."""
    firsts = [month_archive(month[0][0]) for month in months[:-1]]
    firsts += [issue_archive(date) for month in months[-1:] for date, _ in month[:-1][:1]]
    months_around = [None, *firsts, None, None]
    for number, month in enumerate(months):
        before, first, after = months_around[number : number + 3]
        closed = number + 1 < len(months)
        if closed and first:
            yield _Archive(first, month, before, after, in_json=True)
        issues = month if closed else month[:-1]
        around = [before, *(issue_archive(date) for date, _ in issues), after]
        for issue, previous, following in zip(issues, around, around[2:], strict=False):
            yield _Archive(issue_archive(issue[0]), [issue], previous, following, in_json=not closed)
