"""Rankings: papers by theme, a bar for each, with a title that says the finding. `_chart.html` draws them."""

from collections.abc import Iterable

import msgspec

from generator.model import Card, ThemePapers
from generator.website.parts.findings import FEWEST_BARS, theme_finding
from generator.website.urls import Link, theme_link


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """Papers by theme: a bar for each, the longest first."""

    title: str
    """The finding."""
    themes: tuple[Link, ...]

    @property
    def rows(self) -> tuple[tuple[Link, int], ...]:
        """The themes, each with the length of its bar in percent of the longest."""
        longest = max([1, *(link.count or 0 for link in self.themes)])
        return tuple((link, round(100 * (link.count or 0) / longest)) for link in self.themes)


def by_theme(
    themes: Iterable[ThemePapers], cards: Iterable[Card], noun: str = "papers", *, fewest: int = FEWEST_BARS
) -> Ranking | None:
    """Return the papers of the cards by theme; one may have several, and those without any count too.

    None if fewer themes than `fewest` have papers.
    """
    slugs = {card.slug for card in cards}
    found = (
        (theme_link(themed), slugs.intersection(card.slug for card in themed.cards))
        for themed in themes
        if not themed.is_unsorted
    )
    ranked = sorted(found, key=lambda row: -len(row[1]))
    if sum(bool(held) for _, held in ranked) < fewest:
        return None
    titled = [(link.title, held) for link, held in ranked]
    title = theme_finding(titled, len(slugs), noun) or f"{noun.capitalize()} by theme"
    counted = (msgspec.structs.replace(link, count=len(held)) for link, held in ranked)
    return Ranking(title=title, themes=tuple(counted))
