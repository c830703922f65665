"""Candidates, all that belongs into a feed, and items, those of them that a document of the feed shows."""

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

import msgspec

from generator.model import Correction
from generator.website.parts.paper_lists import PaperLine


class PeriodDigest(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of an issue, or of a week's issues, for one entry."""

    title: str
    days: tuple[dt.date, ...]
    """Of the issues, newest first."""
    lines: tuple[PaperLine, ...]
    """Picks first, else in the order of lists; at most a page's."""
    total: int
    """All papers, with a line or not."""
    opening: str = ""
    """What the editors say at the head of the issue, in Markdown."""


class CorrectedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A correction of a paper."""

    line: PaperLine
    """The paper."""
    change: Correction


Content: TypeAlias = PaperLine | PeriodDigest | CorrectedPaper
"""What an entry is made of: a paper, the digest of some issues, or a correction."""


class FeedItem(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes an entry of a feed, with its times."""

    name: str
    """The end of its permanent identity: "a-slug", "issues/2025-10-30", "weeks/2025-W44/picks"."""
    published: dt.datetime
    updated: dt.datetime
    image: str
    """The folder of its share image, if the digest has such images."""
    content: Content


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs into a feed, shown or not."""

    name: str
    """The end of its permanent identity."""
    day: dt.date
    """The day that it is of: of the issue, of the week's Sunday, of the correction."""
    href: str
    """The address of its page."""
    image: str
    """The folder of its share image."""
    content: Callable[[], Content]
    changed: dt.date | None = None
    """The day of the newest correction that it shows and that was not published yet."""
    papers: int = 0
    """How many papers it has, if it is of an issue or a week."""
    withdrawn: bool = False
    """Whether it is a paper that has been withdrawn."""
