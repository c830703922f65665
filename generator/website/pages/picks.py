"""The picks: every paper that the editors recommend, with their notes."""

from collections.abc import Iterator

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.website.parts.feed_catalogue import PICKS
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.pagination import Pagination, paginate
from generator.website.parts.paper_lists import PaperGroup, by_month, noted_with_theme
from generator.website.parts.ranking import Ranking, by_theme


class PicksView(msgspec.Struct, frozen=True, kw_only=True):
    """Picks by the month of their issues."""

    frame: Frame
    groups: tuple[PaperGroup, ...]
    pagination: Pagination
    total: int
    chart: Ranking | None
    """Picks by theme, on the newest page."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the pages of picks."""
    picks = tuple(card for card in library.cards if card.pick)
    description = "The papers the editors recommend, and why."
    for page, cards in paginate("picks/", picks):
        view = PicksView(
            frame=frame(masthead(library), page.path, "Picks", description, "picks", PICKS),
            groups=by_month(noted_with_theme(library, cards)),
            pagination=page,
            total=len(picks if page.is_newest else cards),
            chart=by_theme(library.by_theme, picks, "picks") if page.is_newest else None,
        )
        yield Page(path=page.path, template="picks.html", view=view)
