"""What publishing would change for readers and subscribers, and keeping what was published."""

from pathlib import Path

import msgspec

from generator.engine.page import by_path, plan
from generator.files import write_file
from generator.library.paths import PUBLISHED
from generator.library.snapshot import read_library
from generator.problem import Problem, has_error
from generator.publication.news import FeedNews, entries, identities, lost, merged, news
from generator.publication.register import Published, encode_published, read_published
from generator.website.planners import PLANNERS


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing would change."""

    problems: tuple[Problem, ...]
    news: tuple[FeedNews, ...] = ()
    """Of feeds in which something changes, by name."""
    marked: bool = True
    """Whether anything was ever marked as published."""
    rows: tuple[Published, ...] = ()
    """What is published once this is."""


def preview(root: Path) -> Preview:
    """Return what publishing the digest at `root` would change for its readers and subscribers."""
    reading = read_library(root)
    if reading.library is None or has_error(reading.problems):
        return Preview(problems=reading.problems)
    pages, clashes = by_path(plan(reading.library, PLANNERS))
    before, flaws = read_published(root)
    if clashes or flaws:
        return Preview(problems=(*clashes, *flaws))
    now = dict(entries(pages.values()))
    return Preview(
        problems=tuple(lost(before or (), pages.values())),
        news=tuple(news(before or (), now, identities(pages.values()))),
        marked=before is not None,
        rows=tuple(merged(before or (), pages.values(), now)),
    )


def mark_published(root: Path) -> Preview:
    """Write what is planned to `content/published.jsonl`, unless something published would be lost by it."""
    found = preview(root)
    if not has_error(found.problems):
        write_file(root / PUBLISHED, encode_published(found.rows))
    return found
