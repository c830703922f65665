"""Find what publishing would change for readers and subscribers, and mark the site as published."""

import datetime as dt
from pathlib import Path

import msgspec

from generator.engine.content_digests import content_digests
from generator.engine.ledger import StateFolder, read_value, write_value
from generator.engine.page import by_path
from generator.engine.plan_cache import PlanCache
from generator.engine.record_cache import RecordCache
from generator.files import write_file
from generator.library.library import Library
from generator.library.paths import PUBLISHED
from generator.library.record_files import read_records
from generator.library.register import PublishedAddress, PublishedEntry, PublishedRow, encode_register
from generator.library.snapshot import Snapshot, read_library
from generator.problem import Problem, Severity, has_error
from generator.processes import Workers, in_background
from generator.publication.example_url import example_url
from generator.publication.guard import check_published
from generator.publication.hub import changed_feeds, ping
from generator.publication.news import FeedNews, address, feed_news, planned, rows_once_published
from generator.website.planners import PLANNERS
from generator.website.urls import absolute, href

NEWS = Path(".broadsheet/news")
"""Keeps the URLs of changed feeds until the hub has been told of them."""


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing would change."""

    problems: tuple[Problem, ...]
    news: tuple[FeedNews, ...] = ()
    """One for each feed in which something changes, by name."""
    undated: tuple[str, ...] = ()
    """Identities of new papers that are in no feed, because they have no issue date."""
    url: str = ""
    """URL of the digest; empty if it has errors."""
    marked: bool = True
    """Whether anything was ever marked as published."""
    rows: tuple[PublishedRow, ...] = ()
    """What is on the register once this is published."""
    hub: str = ""
    """The WebSub hub; empty without one."""
    deploy: str = ""
    """The command that puts the site on its server; empty without one."""
    newest: dt.date | None = None
    """Day of the newest issue."""

    @property
    def addresses(self) -> int:
        """How many rows are addresses."""
        return sum(isinstance(row, PublishedAddress) for row in self.rows)

    @property
    def entries(self) -> int:
        """How many rows are entries, each counted once for all its feeds."""
        return sum(isinstance(row, PublishedEntry) for row in self.rows)


def preview(root: Path, workers: Workers | None = None) -> Preview:
    """Return what publishing the digest at `root` would change for its readers and subscribers.

    With workers, a process of its own plans the pages.
    """
    state = StateFolder.of(root, root / "site")
    with in_background(workers, content_digests, root, state) as digests:
        files = read_records(root, RecordCache(state).files, digests=digests())
    content = read_library(root, files)
    library = content.library
    if library is None or has_error(content.problems):
        return Preview(problems=content.problems)
    with in_background(workers, _pages, state, library, content) as pages:
        register, feeds = library.published, planned(library)
        clashes, losses, addresses = pages()
    if clashes:
        return Preview(problems=tuple(clashes))
    return Preview(
        problems=tuple(losses),
        news=tuple(feed_news(register, feeds)),
        undated=_undated(library),
        url=library.site.url,
        marked=register.marked,
        rows=tuple(rows_once_published(register, addresses, feeds)),
        hub=library.site.hub or "",
        deploy=library.site.deploy or "",
        newest=library.issues[0].day if library.issues else None,
    )


def _pages(
    state: StateFolder, library: Library, content: Snapshot
) -> tuple[list[Problem], list[Problem], set[str]]:
    """Return which pages clash, what would be lost, and the addresses that last once they are published."""
    pages, clashes = by_path(PlanCache(state, library, content).pages(PLANNERS))
    lasting = {address(page) for page in pages.values() if page.lasting}
    return clashes, check_published(content, pages.values()), lasting


def _undated(library: Library) -> tuple[str, ...]:
    """Return the papers without an issue date whose page was not published yet."""
    addresses = library.published.addresses
    return tuple(card.slug for card in library.cards if not card.issue and href(card.slug) not in addresses)


def mark_published(root: Path) -> Preview:
    """Write all that is planned to `content/published.jsonl`, unless something published would vanish.

    Then tell the WebSub hub, if the digest has one, which feeds have changed.
    """
    found = preview(root)
    if unset := example_url(found.url, Severity.ERROR):
        return msgspec.structs.replace(found, problems=(*found.problems, *unset))
    if has_error(found.problems):
        return found
    return msgspec.structs.replace(found, problems=(*found.problems, *mark(root, found)))


def mark(root: Path, found: Preview) -> tuple[Problem, ...]:
    """Write what a preview found to `content/published.jsonl`, tell the hub, and return its problems.

    The changed feeds are kept until the hub has been told: in the written register, none is new any more.
    """
    waiting = note_news(root, found)
    write_file(root / PUBLISHED, encode_register(found.rows))
    told = ping(found.hub, waiting)
    (root / NEWS).unlink(missing_ok=True)
    return told


def note_news(root: Path, found: Preview) -> tuple[str, ...]:
    """Keep and return the URLs of feeds to tell the hub of, with those of an interrupted run."""
    if not found.hub:
        return ()
    before = read_value(root / NEWS, tuple[str, ...]) or ()
    waiting = tuple(dict.fromkeys((*before, *changed_feeds(absolute(found.url, ""), found.news))))
    if waiting != before:
        write_value(root / NEWS, waiting)
    return waiting
