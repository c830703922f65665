"""The picks: every paper that the editors recommend, with their notes."""

from collections.abc import Iterator

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.website.parts.charts import Ranking, by_theme
from generator.website.parts.feed_catalogue import PICKS
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.paper_lists import Group, Part, by_issue, noted_with_theme, parts


class PicksView(msgspec.Struct, frozen=True, kw_only=True):
    """All picks, or a part of them, by issue."""

    frame: Frame
    groups: tuple[Group, ...]
    part: Part
    total: int
    chart: Ranking | None
    """Picks by theme, beside the newest."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the pages of picks."""
    picks = tuple(card for card in library.cards if card.pick)
    description = "The papers the editors recommend, and why."
    for path, cards, part in parts("picks/", picks):
        view = PicksView(
            frame=frame(masthead(library), path, "Picks", description, "picks", PICKS),
            groups=by_issue(noted_with_theme(library, cards)),
            part=part,
            total=len(picks),
            chart=by_theme(library.by_theme, picks, "picks") if part.number == part.of else None,
        )
        yield Page(path=path, template="picks.html", view=view)
