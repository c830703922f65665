"""What is new for a reader who last looked on a day: a page for each of the last issues."""

from collections.abc import Iterator
from itertools import takewhile

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.model import Card, Issue
from generator.website.parts.issue_parts import IssuePart, issue_parts
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.urls import Link, issue_slug, issue_title

LOOKS = 30
"""Issues that have such a page. It goes when as many newer ones came, so its address is not kept."""
INDEX = "since/"


class SinceView(msgspec.Struct, frozen=True, kw_only=True):
    """What was first listed after a day, or a part of it."""

    frame: Frame
    day: str
    part: IssuePart
    total: int
    picks: int


class SinceIndexView(msgspec.Struct, frozen=True, kw_only=True):
    """The days on which a reader may have looked, newest first."""

    frame: Frame
    looks: tuple[Link, ...]
    """Each with the number of papers that are newer."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the page of each day, and the index of days."""
    looks = []
    for issue in [issue for issue in library.issues if issue.day][:LOOKS]:
        newer = tuple(_newer(library, issue))
        link = Link(href=f"{INDEX}{issue_slug(issue.day)}/", title=issue_title(issue.day), count=len(newer))
        looks.append(link)
        yield from _pages(library, link, newer)
    path = f"{INDEX}index.html"
    description = "What is new since the issue that you saw last."
    head = frame(masthead(library), path, "New since you looked", description, "issues")
    yield Page(path=path, template="since_index.html", view=SinceIndexView(frame=head, looks=tuple(looks)))


def _newer(library: Library, issue: Issue) -> Iterator[Card]:
    """Yield the papers that no issue up to this one listed: cards run by issue, newest first."""
    return takewhile(lambda card: bool(card.issue and issue.day and card.issue > issue.day), library.cards)


def _pages(library: Library, look: Link, newer: tuple[Card, ...]) -> Iterator[Page]:
    title, description = f"New since {look.title}", f"Papers first listed after {look.title}."
    picks = sum(card.pick for card in newer)
    for part in issue_parts(library, look.href, newer, picks_lead=True, folded=False):
        head = frame(masthead(library), part.path, title, description, "issues")
        view = SinceView(frame=head, day=look.title, part=part, total=len(newer), picks=picks)
        yield Page(path=part.path, template="since.html", view=view, lasting=False)
