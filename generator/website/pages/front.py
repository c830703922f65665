"""The front page: the latest issue that has new papers, with its picks, and where everything else is."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from generator.engine.page import Page
from generator.library.library import Library, by_main_theme
from generator.model import Card, Issue
from generator.website.pages.archive import year_links
from generator.website.pages.issues import IssueSummary, issue_summary
from generator.website.parts.issue_parts import anchor
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.linked_data import website
from generator.website.parts.pagination import PAGE_SIZE
from generator.website.parts.paper_lists import PaperGroup, PaperLine, PaperLink, paper_link, pick_lines
from generator.website.parts.timeline import Timeline, over_time
from generator.website.urls import Link, theme_link

LEADS = 12
"""Picks of the latest issue that the front page shows with their notes."""
FIRST = 3
"""Papers of each theme of the latest issue that it shows below them."""
RECENT = 10
"""Issues that it links to."""
EARLIER = 5
"""Picks of earlier issues that it links to."""


class FrontGroup(PaperGroup, frozen=True, kw_only=True):
    """A theme of the latest issue; its total counts the picks that lead the page."""

    picks: int


class FrontView(msgspec.Struct, frozen=True, kw_only=True):
    """The front page."""

    frame: Frame
    papers: int
    picks: int
    latest: IssueSummary | None
    """None in an empty library."""
    leads: tuple[PaperLine, ...]
    """The latest issue's picks, with their notes."""
    groups: tuple[FrontGroup, ...]
    """Its themes, each by its first few papers."""
    earlier: tuple[PaperLink, ...]
    """Picks of the issues before it."""
    recent: tuple[IssueSummary, ...]
    themes: tuple[Link, ...]
    years: tuple[Link, ...]
    chart: Timeline | None
    """Papers by the date of their publication."""

    @property
    def linked_data(self) -> Markup:
        """JSON-LD."""
        return website(self.frame)


def plan(library: Library) -> Iterator[Page]:
    """Yield the front page."""
    latest = next((issue for issue in library.issues if issue.cards), None)
    picks = [card for card in library.cards if card.pick]
    leads = [card for card in latest.cards if card.pick][:LEADS] if latest else []
    earlier = [card for card in picks if latest and card.issue != latest.day][:EARLIER]
    view = FrontView(
        frame=frame(masthead(library), "index.html", "", library.site.description),
        papers=len(library.cards),
        picks=len(picks),
        latest=issue_summary(latest) if latest else None,
        leads=pick_lines(library, leads),
        groups=tuple(_groups(library, latest, leads)) if latest else (),
        earlier=tuple(paper_link(card) for card in earlier),
        recent=tuple(issue_summary(issue) for issue in library.issues[:RECENT]),
        themes=tuple(theme_link(themed) for themed in library.by_theme),
        years=year_links(library.cards),
        chart=over_time(card.published for card in library.cards),
    )
    yield Page(path="index.html", template="front.html", view=view)


def _groups(library: Library, latest: Issue, leads: list[Card]) -> Iterator[FrontGroup]:
    base = issue_summary(latest).href
    for themed in by_main_theme(latest.cards, library.themes):
        rest = [card for card in themed.cards if card not in leads]
        if rest:
            yield FrontGroup(
                id=anchor(themed),
                title=themed.theme.title,
                href=f"{base}#{anchor(themed)}" if len(latest.cards) <= PAGE_SIZE else base,
                lines=tuple(PaperLine(card=card) for card in rest[:FIRST]),
                total=len(themed.cards),
                picks=sum(card.pick for card in themed.cards),
            )
