"""Issues to keep: each whole, in one file that opens from a disk."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from generator.engine.page import EXPORTS, Page
from generator.library.library import Library
from generator.website.pages.issues import IssueSummary, issue_summary, opening_of, theme_groups
from generator.website.parts.layout import Masthead, masthead
from generator.website.parts.markdown import note_html
from generator.website.parts.paper_lists import PaperGroup, PaperLine
from generator.website.urls import Link, absolute


class IssueFileView(msgspec.Struct, frozen=True, kw_only=True):
    """A whole issue, however long."""

    site: Masthead
    description: str
    root: str
    """URL of the site."""
    issue: IssueSummary
    groups: tuple[PaperGroup, ...]
    opening: str
    """What the editors say at its head, in Markdown."""
    again: tuple[PaperLine, ...]
    """Papers listed that day that an earlier issue has already."""

    @property
    def opening_html(self) -> Markup:
        """What the editors say at its head, as HTML."""
        return note_html(self.opening, self.root, self.root + self.issue.href)

    @property
    def picks(self) -> tuple[PaperLine, ...]:
        """The papers that the editors picked."""
        return tuple(line for group in self.groups for line in group.lines if line.card.pick)

    @property
    def contents(self) -> tuple[Link, ...]:
        """The themes of the issue."""
        return tuple(Link(href=f"#{group.id}", title=group.title, count=group.total) for group in self.groups)


def plan(library: Library) -> Iterator[Page]:
    """Yield the file of each issue."""
    for issue in library.issues:
        entry = issue_summary(issue)
        view = IssueFileView(
            site=masthead(library),
            description=library.site.description,
            root=absolute(library.site.url, ""),
            issue=entry,
            opening=opening_of(library, issue),
            groups=theme_groups(library, issue.cards),
            again=tuple(PaperLine(card=card) for card in issue.again),
        )
        yield Page(path=f"{entry.href}issue.html", template="issue_file.html", view=view, stage=EXPORTS)
