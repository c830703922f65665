"""Text into lines, in a type of which every letter is one pixel wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.share_images.lines import fitted, wrapped

TEXTS = st.text(st.sampled_from("ab- \N{EN DASH}"), max_size=80).map(lambda text: " ".join(text.split()))
MEASURES = st.integers(1, 30)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one line", ["one line"]),
        ("lines as even as they can be", ["lines as even", "as they can be"]),
        ("a word-to-word hyphen may end a line", ["a word-to-word", "hyphen may end", "a line"]),
        ("self-supervision-heavy", ["self-supervision-", "heavy"]),
        ("x-ray e-commerce platforms", ["x-ray e-commerce", "platforms"]),
        ("aaaaaaaaaaaaaaaaaaaaaaaaa", ["aaaaaaaaaaaaaaaaaa", "aaaaaaa"]),
        ("eighteenletterword bb bb bb bb bb bb bb", ["eighteenletterword", "bb bb bb bb", "bb bb bb"]),
    ],
)
def test_lines_are_few_and_even(text: str, lines: list[str]) -> None:
    assert wrapped(text, 18, len) == lines


def test_a_letter_that_is_wider_than_the_measure_has_a_line_of_its_own() -> None:
    assert wrapped("ab", 1, lambda text: 2 * len(text)) == ["a", "b"]


@given(TEXTS, MEASURES)
def test_lines_keep_the_text_and_the_measure(text: str, measure: int) -> None:
    lines = wrapped(text, measure, len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(0 < len(line) <= measure for line in lines)


@given(TEXTS, MEASURES)
def test_a_wider_measure_never_takes_more_lines(text: str, measure: int) -> None:
    assert len(wrapped(text, measure + 1, len)) <= len(wrapped(text, measure, len))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("it fits to the .", "it fits to the ."),
        ("whole words alone stand", "whole words …"),
        ("no comma, before the dots", "no comma …"),
        ("aaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaa …"),
    ],
)
def test_what_does_not_fit_into_a_line_is_cut(text: str, line: str) -> None:
    assert fitted(text, 16, len) == line


@given(TEXTS, MEASURES)
def test_a_cut_line_keeps_the_measure(text: str, measure: int) -> None:
    line = fitted(text, measure, len)
    assert len(line) <= measure
    assert line in {text, ""} or (line.endswith(" …") and text.startswith(line[:-2]))
