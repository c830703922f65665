"""Archives of the feed of everything, by which a new subscriber walks back to the first paper (RFC 5005, 4).

What an archive holds never changes, for a reader fetches it once. So a month has its archive once a later
month has an issue; and in the running month each issue has one but the newest, which the feed itself always
holds. An issue's archive stays when its month is over: readers that walked by it know its address. Readers of
JSON know only the next address (`next_url`), so an issue's archive in JSON goes with the month.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from generator.engine.page import EXPORTS, Page
from generator.library.library import Library
from generator.model import Card
from generator.website.feeds.contents import paper_items
from generator.website.feeds.context import FeedContext
from generator.website.feeds.view import FeedView
from generator.website.parts.feed_catalogue import ATOM, JSON, PAPERS, RSS, Feed, issue_archive, month_archive

_Issue = tuple[dt.date, tuple[Card, ...]]
"""The day and the papers of an issue."""


_Archive = tuple[Feed, Sequence[_Issue], Feed | None, Feed | None, bool]
"""An archive, its issues, the archives before and after it, and whether one comes by it from the feed."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the archives, oldest month first."""
    context, papers = FeedContext.of(library), paper_items(library)
    for archive, issues, before, after, in_json in _archives(_months(library)):
        cards = [card for _, found in reversed(issues) for card in found]
        view = FeedView(
            context=context,
            feed=PAPERS,
            items=tuple(papers[card.id] for card in cards),
            archive=archive,
            previous=before,
            next=after,
        )
        for form in (RSS, ATOM, *([JSON] if in_json else [])):
            lasting = form is not JSON or archive != issue_archive(issues[0][0])
            path = archive.path(form)
            yield Page(path=path, encoder=form.encoder, view=view, stage=EXPORTS, lasting=lasting)


def latest(library: Library) -> Feed | None:
    """Return the newest archive: the one before the feed itself."""
    newest = list(islice((issue.day for issue in library.issues if issue.day and issue.cards), 2))
    if len(newest) < 2:
        return None
    running = newest[1].replace(day=1) == newest[0].replace(day=1)
    return issue_archive(newest[1]) if running else month_archive(newest[1])


def _months(library: Library) -> list[list[_Issue]]:
    """Return the issues that have a date and papers, oldest first, by month."""
    issues = [(issue.day, issue.cards) for issue in reversed(library.issues) if issue.day and issue.cards]
    return [list(month) for _, month in groupby(issues, key=lambda issue: issue[0].replace(day=1))]


def _archives(months: list[list[_Issue]]) -> Iterator[_Archive]:
    for number, month in enumerate(months):
        before = month_archive(months[number - 1][0][0]) if number else None
        after = _first(months, number + 1)
        closed = number + 1 < len(months)
        if closed:
            yield month_archive(month[0][0]), month, before, after, True
        issues = month if closed else month[:-1]
        around = [before, *(issue_archive(date) for date, _ in issues), after]
        for issue, previous, following in zip(issues, around, around[2:], strict=False):
            yield issue_archive(issue[0]), [issue], previous, following, not closed


def _first(months: list[list[_Issue]], number: int) -> Feed | None:
    """Return the first archive of a month, by which those before it go on."""
    if number + 1 < len(months):
        return month_archive(months[number][0][0])
    return issue_archive(months[number][0][0]) if number < len(months) and len(months[number]) > 1 else None
