"""Issues: the digest of one day each, by theme, and the index of all."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from markupsafe import Markup

from generator.engine.page import Page
from generator.library.library import Library, by_main_theme
from generator.model import Card, Issue, ThemePapers
from generator.website.parts.charts import Timeline, over_time
from generator.website.parts.feed_catalogue import ISSUES
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.linked_data import collection
from generator.website.parts.paper_lists import Group, Line, Part, parts
from generator.website.urls import Link, issue_link, theme_link
from generator.words import count


class IssueEntry(msgspec.Struct, frozen=True, kw_only=True):
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
    issues: tuple[IssueEntry, ...]


class IssuesView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of issues, or a part of a long one."""

    frame: Frame
    years: tuple[Year, ...]
    part: Part
    chart: Timeline | None
    """Papers by the day of their issue, beside the newest."""


class IssueView(msgspec.Struct, frozen=True, kw_only=True):
    """One issue, or a part of a long one."""

    frame: Frame
    issue: IssueEntry
    groups: tuple[Group, ...]
    again: tuple[Line, ...]
    """Papers listed that day that an earlier issue has already."""
    part: Part
    newer: Link | None
    older: Link | None

    @property
    def linked_data(self) -> Markup:
        """JSON-LD."""
        shown = (*(line for group in self.groups for line in group.lines), *self.again)
        return collection(self.frame, shown)


def plan(library: Library) -> Iterator[Page]:
    """Yield the index of issues, and each issue's pages."""
    entries = tuple(issue_entry(issue) for issue in library.issues)
    description = f"Every issue of {library.site.title}, by day."
    for path, found, part in parts("issues/", entries):
        head = frame(masthead(library), path, "Issues", description, "issues", ISSUES)
        chart = (
            over_time((card.issue for card in library.cards), "listed") if part.number == part.of else None
        )
        view = IssuesView(frame=head, years=tuple(_by_year(found)), part=part, chart=chart)
        yield Page(path=path, template="issues.html", view=view)
    dated = [issue for issue in library.issues if issue.day]
    around = [None, *(issue_link(issue.day) for issue in dated), None]
    for issue, newer, older in zip(dated, around, around[2:], strict=False):
        yield from _issue_pages(library, issue, newer, older)
    for issue in library.issues[len(dated) :]:
        yield from _issue_pages(library, issue, None, None)


def _by_year(entries: tuple[IssueEntry, ...]) -> Iterator[Year]:
    for year, members in groupby(entries, key=lambda entry: entry.iso[:4]):
        yield Year(title=year or "No date given", issues=tuple(members))


def _issue_pages(library: Library, issue: Issue, newer: Link | None, older: Link | None) -> Iterator[Page]:
    entry = issue_entry(issue)
    summary = f"{count(entry.papers, 'paper')}, {entry.picks or 'none'} picked."
    for path, cards, part in parts(entry.href, issue.cards):
        view = IssueView(
            frame=frame(masthead(library), path, entry.title, summary, "issues", ISSUES, shared=entry.href),
            issue=entry,
            groups=theme_groups(library, cards),
            again=tuple(Line(card=card) for card in issue.again) if part.number == part.of else (),
            part=part,
            newer=newer,
            older=older,
        )
        yield Page(path=path, template="issue.html", view=view)


def theme_groups(library: Library, cards: Iterable[Card]) -> tuple[Group, ...]:
    """Return papers of an issue by their main theme, with their abstracts."""
    return tuple(
        Group(
            id=anchor(themed),
            title=themed.theme.title,
            href=theme_link(themed).href,
            lines=tuple(
                Line(card=card, record=library.records[card.slug], folded=True) for card in themed.cards
            ),
            total=len(themed.cards),
        )
        for themed in by_main_theme(cards, library.themes)
    )


def anchor(themed: ThemePapers) -> str:
    """Return the anchor of a theme on the page of an issue."""
    return f"theme-{themed.theme.slug}"


def issue_entry(issue: Issue) -> IssueEntry:
    """Return where an issue stands, and how large it is."""
    link = issue_link(issue.day)
    return IssueEntry(
        href=link.href,
        title=link.title,
        iso=issue.day.isoformat() if issue.day else "",
        papers=len(issue.cards),
        picks=sum(card.pick for card in issue.cards),
    )
