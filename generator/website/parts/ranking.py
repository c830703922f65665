"""Rankings: papers by theme, a bar for each, with a title that says the finding. `_chart.html` draws them."""

from collections.abc import Iterable

import msgspec

from generator.model import Card, ThemePapers
from generator.website.parts.findings import theme_finding
from generator.website.urls import Link, theme_link


class RankingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A theme, and how long its bar is."""

    link: Link
    count: int
    percent: int
    """Of the longest bar."""


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """Papers by theme: a bar for each, the longest first."""

    title: str
    """The finding."""
    themes: tuple[tuple[Link, int], ...]

    @property
    def rows(self) -> tuple[RankingRow, ...]:
        """The bars, each with its theme and number."""
        longest = max((count for _, count in self.themes), default=0) or 1
        return tuple(
            RankingRow(link=link, count=count, percent=round(100 * count / longest))
            for link, count in self.themes
        )


def by_theme(themes: Iterable[ThemePapers], cards: Iterable[Card], noun: str = "papers") -> Ranking | None:
    """Return the papers of the cards by theme; one may have several, and those without any count too.

    None if fewer than two themes have papers.
    """
    slugs = _slugs(cards)
    found = [
        (theme_link(themed, counted=False), _slugs(themed.cards) & slugs)
        for themed in themes
        if not themed.is_unsorted
    ]
    ranked = sorted(found, key=lambda row: -len(row[1]))
    if sum(bool(held) for _, held in ranked) < 2:
        return None
    titled = [(link.title, held) for link, held in ranked]
    title = theme_finding(titled, len(slugs), noun) or f"{noun.capitalize()} by theme"
    return Ranking(title=title, themes=tuple((link, len(held)) for link, held in ranked))


def _slugs(cards: Iterable[Card]) -> set[str]:
    return {card.slug for card in cards}
