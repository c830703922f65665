"""The picks: every paper that the editors recommend, with their notes."""

from collections.abc import Iterator

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.website.parts.feed_catalogue import PICKS
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.pagination import Pagination, paginate, year_links
from generator.website.parts.paper_lists import PaperGroup, by_month, pick_lines
from generator.website.parts.ranking import Ranking, by_theme
from generator.website.urls import Link


class PicksView(msgspec.Struct, frozen=True, kw_only=True):
    """Picks by the month of their issues."""

    frame: Frame
    groups: tuple[PaperGroup, ...]
    pagination: Pagination
    total: int
    years: tuple[Link, ...]
    """Where the years of their issues begin, on the newest page."""
    chart: Ranking | None
    """Picks by theme, on the newest page."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the pages of picks."""
    picks = tuple(card for card in library.cards if card.pick)
    description = "The papers the editors recommend, and why."
    pages = list(paginate("picks/", picks))
    years = year_links(pages, lambda card: card.issue)
    for page, cards in pages:
        view = PicksView(
            frame=frame(masthead(library), page.path, "Picks", description, "picks", PICKS),
            groups=by_month(pick_lines(library, cards)),
            pagination=page,
            total=len(picks if page.is_newest else cards),
            years=years if page.is_newest else (),
            chart=by_theme(library.by_theme, picks, "picks") if page.is_newest else None,
        )
        yield Page(path=page.path, template="picks.html", view=view)
