"""Issues: the digest of one day each, by theme, and the index of all."""

from collections.abc import Iterator
from itertools import groupby

import msgspec

from generator.content.library import Library, main_shelves
from generator.model import Issue, Shelf
from generator.publishing.frame import Frame, frame, masthead
from generator.publishing.lists import (
    Group,
    Line,
    Link,
    Part,
    issue_slug,
    issue_title,
    noted,
    parts,
    shelf_link,
    shelf_slug,
    shelf_title,
)
from generator.publishing.page import Page
from generator.publishing.words import count


class IssueLink(msgspec.Struct, frozen=True, kw_only=True):
    """An issue, by its address, day and size."""

    href: str
    title: str
    iso: str
    """The day; empty for the papers whose issue nobody knows."""
    papers: int
    picks: int


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """The issues of a year, newest first."""

    title: str
    issues: tuple[IssueLink, ...]


class IssuesView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of issues."""

    frame: Frame
    years: tuple[Year, ...]


class IssueView(msgspec.Struct, frozen=True, kw_only=True):
    """One issue, or a part of a long one."""

    frame: Frame
    issue: IssueLink
    groups: tuple[Group, ...]
    again: tuple[Line, ...]
    """Papers listed that day that an earlier issue has already."""
    part: Part
    newer: Link | None
    older: Link | None


def plan(library: Library) -> Iterator[Page]:
    """Yield the index of issues, and each issue's pages."""
    links = tuple(issue_link(issue) for issue in library.issues)
    years = tuple(
        Year(title=year or "No date given", issues=tuple(members))
        for year, members in groupby(links, key=lambda link: link.iso[:4])
    )
    description = f"Every issue of {library.site.title}, by day."
    head = frame(masthead(library), "issues/index.html", "Issues", description, "issues")
    yield Page(path="issues/index.html", template="issues.html", view=IssuesView(frame=head, years=years))
    neighbours = [None, *(Link(href=link.href, title=link.title) for link in links), None]
    for issue, newer, older in zip(library.issues, neighbours, neighbours[2:], strict=False):
        yield from _issue_pages(library, issue, newer, older)


def _issue_pages(library: Library, issue: Issue, newer: Link | None, older: Link | None) -> Iterator[Page]:
    link = issue_link(issue)
    summary = f"{count(link.papers, 'paper')}, {link.picks or 'none'} picked."
    for part in parts(link.href, issue.cards):
        head = frame(masthead(library), part.path, link.title, summary, "issues")
        view = IssueView(
            frame=head,
            issue=link,
            groups=tuple(_group(library, shelf) for shelf in main_shelves(part.cards, library.themes)),
            again=noted(library, issue.again) if part.number == part.of else (),
            part=part,
            newer=newer,
            older=older,
        )
        yield Page(path=part.path, template="issue.html", view=view)


def _group(library: Library, shelf: Shelf) -> Group:
    lines = tuple(Line(card=card, record=library.records[card.slug], folded=True) for card in shelf.cards)
    return Group(
        id=shelf_slug(shelf),
        title=shelf_title(shelf),
        href=shelf_link(shelf).href,
        lines=lines,
        total=len(lines),
    )


def issue_link(issue: Issue) -> IssueLink:
    """Return where an issue stands, and how large it is."""
    return IssueLink(
        href=f"issues/{issue_slug(issue.day)}/",
        title=issue_title(issue.day),
        iso=issue.day.isoformat() if issue.day else "",
        papers=len(issue.cards),
        picks=sum(card.pick for card in issue.cards),
    )
