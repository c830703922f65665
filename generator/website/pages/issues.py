"""Issues: the digest of one day each, by theme, and the index of all."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

import msgspec
from markupsafe import Markup

from generator.engine.page import Group, Page
from generator.library.library import Library, by_main_theme
from generator.model import Card, Issue
from generator.website.parts.feed_catalogue import ISSUES
from generator.website.parts.issue_parts import IssuePart, anchor, issue_parts
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.linked_data import collection
from generator.website.parts.markdown import note_html
from generator.website.parts.pagination import PAGE_SIZE, Pagination, paginate, year_links
from generator.website.parts.paper_lists import PaperGroup, PaperLine, PaperLink, full_line, paper_link
from generator.website.parts.timeline import Timeline, over_time
from generator.website.urls import Link, issue_link, month_anchor, month_title, theme_link
from generator.words import count


class IssueSummary(msgspec.Struct, frozen=True, kw_only=True):
    """An issue, by its address, day and size."""

    href: str
    title: str
    iso: str
    """The day; empty if unknown."""
    papers: int
    picks: int


class IssuesOfMonth(msgspec.Struct, frozen=True, kw_only=True):
    """The issues of a month, newest first, and the first pick of each."""

    id: str
    """The heading's anchor on the page."""
    title: str
    issues: tuple[tuple[IssueSummary, PaperLink | None], ...]
    follows: bool
    """Whether the month above is of the same year."""


class IssuesView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of issues, or a part of a long one."""

    frame: Frame
    months: tuple[IssuesOfMonth, ...]
    """Newest first."""
    pagination: Pagination
    years: tuple[Link, ...]
    """Where the years begin, on the newest page."""
    chart: Timeline | None
    """Papers by the day of their issue, on the newest page."""


class IssueView(msgspec.Struct, frozen=True, kw_only=True):
    """One issue, or a part of a long one."""

    frame: Frame
    issue: IssueSummary
    part: IssuePart
    again: tuple[PaperLine, ...]
    """Papers listed that day that an earlier issue has already, on the last part."""
    newer: Link | None
    older: Link | None
    has_mail: bool
    """Whether it has a page as it is mailed."""
    opening: str
    """What the editors say at its head, in Markdown; empty on all but its first part."""

    @property
    def opening_html(self) -> Markup:
        """What the editors say at its head, as HTML."""
        return note_html(self.opening, self.frame.root)

    @property
    def linked_data(self) -> Markup:
        """JSON-LD."""
        return collection(self.frame, (*self.part.lines, *self.again))


def plan(library: Library) -> Iterator[Page | Group]:
    """Yield the index of issues, and each issue's pages."""
    pages = list(paginate("issues/", library.issues))
    years = year_links(pages, lambda issue: issue.day)
    for page, found in pages:
        chart = partial(_chart, library.cards) if page.is_newest else None
        yield Group(_index_page, page, partial(_by_month, found), years if page.is_newest else (), chart)
    dated = [issue for issue in library.issues if issue.day]
    around = [None, *(issue_link(issue.day) for issue in dated), None]
    for issue, newer, older in zip(dated, around, around[2:], strict=False):
        yield Group(_issue_pages, issue, newer, older)
    for issue in library.issues[len(dated) :]:
        yield Group(_issue_pages, issue, None, None)


def _index_page(
    library: Library,
    page: Pagination,
    months: tuple[IssuesOfMonth, ...],
    years: tuple[Link, ...],
    chart: Timeline | None,
) -> Iterator[Page]:
    description = f"Every issue of {library.site.title}, by day."
    view = IssuesView(
        frame=frame(masthead(library), page.path, "Issues", description, "issues", ISSUES),
        months=months,
        pagination=page,
        years=years,
        chart=chart,
    )
    yield Page(path=page.path, template="issues.html", view=view)


def _chart(cards: Iterable[Card]) -> Timeline | None:
    return over_time((card.issue for card in cards), "listed")


def _by_month(issues: Iterable[Issue]) -> tuple[IssuesOfMonth, ...]:
    months: list[IssuesOfMonth] = []
    year = None
    for first, members in groupby(issues, key=lambda issue: issue.day and issue.day.replace(day=1)):
        month = IssuesOfMonth(
            id=month_anchor(first),
            title=month_title(first),
            issues=tuple((issue_summary(issue), _lead(issue)) for issue in members),
            follows=first is not None and first.year == year,
        )
        months.append(month)
        year = first.year if first else None
    return tuple(months)


def _lead(issue: Issue) -> PaperLink | None:
    return next((paper_link(card) for card in issue.cards if card.pick), None)


def _issue_pages(library: Library, issue: Issue, newer: Link | None, older: Link | None) -> Iterator[Page]:
    entry = issue_summary(issue)
    summary = f"{count(entry.papers, 'paper')}, {entry.picks or 'none'} picked."
    picks_lead = len(issue.cards) > PAGE_SIZE
    for part in issue_parts(library, entry.href, issue.cards, picks_lead=picks_lead, folded=True):
        head = frame(masthead(library), part.path, entry.title, summary, "issues", ISSUES, shared=entry.href)
        view = IssueView(
            frame=head,
            issue=entry,
            part=part,
            again=tuple(PaperLine(card=card) for card in issue.again) if part.is_last else (),
            newer=newer,
            older=older,
            has_mail=has_mail_page(library, issue),
            opening=opening_of(library, issue) if part.path == f"{entry.href}index.html" else "",
        )
        yield Page(path=part.path, template="issue.html", view=view, day=issue.day)


def opening_of(library: Library, issue: Issue) -> str:
    """Return what the editors say at the head of an issue, in Markdown; empty if nothing."""
    opening = library.openings.get(issue.day) if issue.day else None
    return opening.text if opening else ""


def theme_groups(library: Library, cards: Iterable[Card]) -> tuple[PaperGroup, ...]:
    """Return papers of an issue by their main theme, with their abstracts."""
    return tuple(
        PaperGroup(
            id=anchor(themed),
            title=themed.theme.title,
            href=theme_link(themed).href,
            lines=tuple(full_line(library, card, folded=True) for card in themed.cards),
            total=len(themed.cards),
        )
        for themed in by_main_theme(cards, library.themes)
    )


def has_mail_page(library: Library, issue: Issue) -> bool:
    """Tell whether an issue has a page as it is mailed: it has a day, and the digest makes such pages."""
    return issue.day is not None and library.site.outputs.mail_pages


def issue_summary(issue: Issue) -> IssueSummary:
    """Return the address, the day and the size of an issue."""
    link = issue_link(issue.day)
    return IssueSummary(
        href=link.href,
        title=link.title,
        iso=issue.day.isoformat() if issue.day else "",
        papers=len(issue.cards),
        picks=sum(card.pick for card in issue.cards),
    )
