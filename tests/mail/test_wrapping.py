"""Plain text wrapped for a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.mail.wrapping import WIDTH, columns, fill

URL = "https://example.org/" + "a-long-path/" * 8


def test_words_fill_lines_after_the_indent() -> None:
    text = "Layer Normalization, as a title that runs on and on until no line of seventy-two columns holds it"
    assert fill(text, "  | ") == (
        "  | Layer Normalization, as a title that runs on and on until no line of\n"
        "  | seventy-two columns holds it"
    )


@pytest.mark.parametrize(
    ("words", "indent", "lines"),
    [
        ((36, 35), "", [72]),
        ((36, 36), "", [36, 36]),
        ((30, 30, 10), "", [72]),
        ((30, 30, 11), "", [61, 11]),
        ((70,), "  ", [72]),
        ((71, 68), "  ", [72, 72]),  # a word that is too long is broken, and its end is filled up
        ((71, 69), "  ", [72, 3, 71]),
    ],
)
def test_lines_have_seventy_two_columns(words: tuple[int, ...], indent: str, lines: list[int]) -> None:
    filled = fill(" ".join("a" * length for length in words), indent)
    assert [len(line) for line in filled.split("\n")] == lines


@pytest.mark.parametrize("text", [URL, f"({URL})", f"see <{URL}> there"])
def test_a_url_is_not_broken(text: str) -> None:
    assert URL in fill(text)


def test_a_script_without_spaces_breaks_where_the_line_ends() -> None:
    lines = fill("深层学习" * 30, "  ").split("\n")
    assert {columns(line) for line in lines[:-1]} == {WIDTH}
    assert "".join(line[2:] for line in lines) == "深层学习" * 30


def test_an_accent_takes_no_column() -> None:
    assert columns("e\N{COMBINING ACUTE ACCENT}") == 1


@given(st.text(), st.sampled_from(["", "  ", "  | "]))
def test_no_word_is_lost_and_no_line_is_too_long(text: str, indent: str) -> None:
    filled = fill(text, indent)
    assert all(line.startswith(indent) for line in filled.split("\n")) or not text.split()
    assert "".join(line[len(indent) :] for line in filled.split("\n")).replace(" ", "") == "".join(
        text.split()
    )
    assert all(columns(line) <= WIDTH for line in filled.split("\n"))
