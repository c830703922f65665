import pytest

from generator.listings.entry import Line
from generator.listings.pairing import Kind, ends_whole, pair

LONG = "words without a full stop " * 20


def kinds(*texts: str) -> list[tuple[Kind, int]]:
    """Return what passages the texts are, and of how many lines."""
    lines = [Line(number, text) for number, text in enumerate(texts, start=1)]
    return [(passage.kind, len(passage.lines)) for passage in pair(lines)]


def test_titles_and_abstracts_in_turn() -> None:
    assert kinds("A Title", "An abstract.", "A Title", LONG) == [(Kind.PAPER, 2), (Kind.PAPER, 2)]


def test_a_title_may_be_a_question() -> None:
    assert kinds("A Title", "Is This an Abstract?", "It is not.") == [(Kind.STRAYS, 1), (Kind.PAPER, 2)]


def test_adjacent_strays_are_one_passage() -> None:
    assert kinds("A Title", "A Title", "A Title", "An abstract.") == [(Kind.STRAYS, 2), (Kind.PAPER, 2)]


def test_an_abstract_without_a_title() -> None:
    assert kinds("A Title", "An abstract.", LONG, "A Title", "An abstract.") == [
        (Kind.PAPER, 2),
        (Kind.STRAYS, 1),
        (Kind.PAPER, 2),
    ]


def test_an_abstract_broken_in_two_is_no_paper() -> None:
    assert kinds("A Title", LONG, LONG, "A Title", "An abstract.") == [(Kind.STRAYS, 3), (Kind.PAPER, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "It ends.",
        "Does it end?",
        "It ends!",
        "(It ends.)",
        "``It ends.''",
        "It ends…",
        r"At \url{https://a.b/c}",
    ],
)
def test_a_text_that_ends_whole(text: str) -> None:
    assert ends_whole(text)


@pytest.mark.parametrize(
    "text", ["It does not", "It does not,", "It does (not", "It does 3.5", "It does https"]
)
def test_a_text_that_breaks_off(text: str) -> None:
    assert not ends_whole(text)
