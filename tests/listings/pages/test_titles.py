"""Which lines of a page are titles that it marks, and how long its abstracts are."""

from pathlib import Path

import pytest
import yaml

from generator.listings.pages.bylines import Kind, Piece, piece_of
from generator.listings.pages.context import in_context
from generator.listings.pages.lengths import is_short, usual_length
from generator.listings.pages.pairing import Passage, Verdict
from generator.listings.pages.titles import marked_titles
from tests.support.pages import line

PAGES = yaml.safe_load(Path(__file__).with_name("titles.yaml").read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_marked_titles(page: str) -> None:
    rows = page.splitlines()
    pieces = in_context([piece_of(line(number, row[2:])) for number, row in enumerate(rows, 1)])
    titles = {number for number, row in enumerate(rows, 1) if row.startswith("*")}
    assert marked_titles(pieces) == titles


def paper(title: str, characters: int) -> Passage:
    texts = [Piece(Kind.TEXT, title, 1, 1), Piece(Kind.TEXT, "x" * characters, 2, 2)]
    return Passage(Verdict.PAPER, texts, [])


@pytest.mark.parametrize(
    ("lengths", "usual"),
    [
        ((), 0),
        ((99,), 0),
        ((100,), 100),
        ((200, 50, 100, 150), 200),
        ((1, 2, 100, 150, 200), 150),
        ((1, 2, 3, 100, 150, 200, 250, 300), 250),
    ],
)
def test_a_quarter_of_abstracts_are_longer_than_usual(lengths: tuple[int, ...], usual: int) -> None:
    assert usual_length(paper("Pears", length) for length in lengths) == usual


@pytest.mark.parametrize(("title", "least"), [("Of Pears and of Figs", 50), ("Of the Pears and of Figs", 25)])
def test_an_abstract_is_short_below_half_of_the_usual_or_a_quarter(title: str, least: int) -> None:
    assert is_short(paper(title, least - 1), 100)
    assert not is_short(paper(title, least), 100)
