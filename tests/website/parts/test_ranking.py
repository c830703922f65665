"""Rankings of themes: what their titles find, and which bars they have."""

import pytest

from generator.library.cards import card_of
from generator.model import UNSORTED, Card, Paper, Theme, ThemePapers
from generator.website.parts.ranking import Ranking, by_theme


def card(slug: str) -> Card:
    return card_of(Paper(title=slug), slug)


def ranking(themes: dict[str, str], unsorted: int = 0) -> Ranking | None:
    """Return the chart of themes that hold papers of one letter each."""
    cards = {letter: card(letter) for letters in themes.values() for letter in letters}
    found = [
        ThemePapers(
            theme=Theme(slug=name.lower(), title=name), cards=tuple(cards[letter] for letter in letters)
        )
        for name, letters in themes.items()
    ]
    lost = tuple(card(f"lost-{number}") for number in range(unsorted))
    return by_theme([*found, ThemePapers(theme=UNSORTED, cards=lost)], [*cards.values(), *lost], fewest=2)


@pytest.mark.parametrize(
    ("themes", "unsorted", "title"),
    [
        ({"A": "abcdefgh", "B": "ij", "C": "kl"}, 0, "More than half of the papers are on A"),
        ({"A": "abcdef", "B": "ghi", "C": "jkl"}, 0, "Half of the papers are on A"),
        (
            {"A": "abc", "B": "defg", "C": "hi", "D": "jk"},
            0,
            "More than half of the papers are on two themes",
        ),
        ({"A": "abcd", "B": "abcd", "C": "efg", "D": "hij"}, 0, "Papers by theme"),
        ({"A": "abcde", "B": "fghi", "C": "jkl"}, 20, "A has the most papers"),
        ({"A": "abcdefgh", "B": "i"}, 0, "Papers by theme"),
        ({"A": "abcdefghi", "B": "j"}, 0, "More than half of the papers are on A"),
    ],
)
def test_the_title_of_a_ranking_counts_each_paper_once(
    themes: dict[str, str], unsorted: int, title: str
) -> None:
    chart = ranking(themes, unsorted)
    assert chart
    assert chart.title == title


def test_themes_are_ranked_and_the_empty_ones_shown() -> None:
    chart = ranking({"A": "ab", "B": "", "C": "cdef"})
    assert chart
    assert [(theme.title, theme.count, percent) for theme, percent in chart.rows] == [
        ("C", 4, 100),
        ("A", 2, 50),
        ("B", 0, 0),
    ]
    assert ranking({"A": "ab", "B": ""}) is None
