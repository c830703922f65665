"""What publishing would change for readers and subscribers, and marking the site as published."""

from pathlib import Path

import msgspec

from generator.engine.page import by_path, plan
from generator.files import write_file
from generator.library.paths import PUBLISHED
from generator.library.snapshot import read_library
from generator.problem import Problem, Severity, has_error
from generator.publication import news
from generator.publication.example_url import example_url
from generator.publication.news import FeedNews
from generator.publication.register import Published, PublishedAddress, encode_published, read_published
from generator.website.planners import PLANNERS


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing would change."""

    problems: tuple[Problem, ...]
    news: tuple[FeedNews, ...] = ()
    """One for each feed in which something changes, by name."""
    url: str = ""
    """Of the digest, where it has no errors."""
    marked: bool = True
    """Whether anything was ever marked as published."""
    rows: tuple[Published, ...] = ()
    """What is on the register once this is published."""

    @property
    def addresses(self) -> int:
        """How many rows are addresses; the others are entries of feeds."""
        return sum(isinstance(row, PublishedAddress) for row in self.rows)


def preview(root: Path) -> Preview:
    """Return what publishing the digest at `root` would change for its readers and subscribers."""
    content = read_library(root)
    if content.library is None or has_error(content.problems):
        return Preview(problems=content.problems)
    by_paths, clashes = by_path(plan(content.library, PLANNERS))
    published, flaws = read_published(root)
    if clashes or flaws:
        return Preview(problems=(*clashes, *flaws))
    pages, rows = by_paths.values(), published or ()
    feeds = news.planned_feeds(pages)
    return Preview(
        problems=tuple(news.vanished(rows, pages)),
        news=tuple(news.feed_news(rows, feeds, news.entry_ids(pages))),
        marked=published is not None,
        url=content.library.site.url,
        rows=tuple(news.rows_once_published(rows, pages, feeds)),
    )


def mark_published(root: Path) -> Preview:
    """Write all that is planned to `content/published.jsonl`, unless something published would vanish."""
    found = preview(root)
    if unset := example_url(found.url, Severity.ERROR):
        return msgspec.structs.replace(found, problems=(*found.problems, *unset))
    if not has_error(found.problems):
        write_file(root / PUBLISHED, encode_published(found.rows))
    return found
