"""Titles and abstracts are told by their length, their capitals and their end."""

import pytest

from generator.listings.sentences import (
    begins_in_lower_case,
    ends_in_link,
    ends_whole,
    has_length_of_title,
    is_capitalized,
    is_mostly_capitalized,
    is_short_title,
    reads_as_abstract,
)


def long(text: str, length: int) -> str:
    """Return a text that begins with the words, and has so many characters."""
    return text + "x" * (length - len(text))


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        (long("We see pears. We see ", 200), True),
        (long("We see pears. We see ", 201), False),
        (long("On Pears and ", 1_000), True),
        (long("On Pears and ", 1_001), False),
    ],
)
def test_how_long_a_title_may_be(text: str, is_title: bool) -> None:
    assert has_length_of_title(text) is is_title


@pytest.mark.parametrize(
    ("text", "is_abstract"),
    [
        (long("on pears ", 200), False),
        (long("on pears ", 201), True),
        (long("Pears X", 201), False),
        (long("Pears X", 1_001), True),
        ("Pears.", True),
    ],
)
def test_what_no_title_is(text: str, is_abstract: bool) -> None:
    assert reads_as_abstract(text) is is_abstract


@pytest.mark.parametrize(
    ("text", "half", "most"),
    [
        ("", True, False),
        ("An Ode to", True, False),
        ("Ripe pears", True, False),
        ("Ripe pears fall", False, False),
        ("Ripe Pears fall", True, True),
        ("梨的研究与分析", True, True),
    ],
)
def test_how_many_long_words_begin_with_a_capital(text: str, half: bool, most: bool) -> None:
    assert (is_capitalized(text), is_mostly_capitalized(text)) == (half, most)


def test_a_short_title_has_five_words() -> None:
    assert is_short_title("Of Pears and of Figs")
    assert not is_short_title("Of the Pears and of Figs")


@pytest.mark.parametrize(
    ("text", "is_whole", "is_in_link"),
    [
        ("We see pears.”)", True, False),
        ("Code: https://pears.example/figs", True, False),
        ("Code at https://pears.example and", False, False),
        ("Code: https://github.com/", True, True),
    ],
)
def test_how_a_text_ends(text: str, is_whole: bool, is_in_link: bool) -> None:
    assert (ends_whole(text), ends_in_link(text)) == (is_whole, is_in_link)


@pytest.mark.parametrize(
    ("text", "is_low"),
    [("teaching c", True), ("%d Formats", True), (".NET", True), ("a) First", False), ("Pears", False)],
)
def test_what_begins_in_lower_case(text: str, is_low: bool) -> None:
    assert begins_in_lower_case(text) is is_low
