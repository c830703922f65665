"""The words of dates and counts, and texts cut to a length."""

import datetime as dt

import pytest

from generator.words import Day, capitals, cased, count, day, month_name, ordinal, shortened


def test_a_day_reads_as_people_write_it_and_as_machines_do() -> None:
    assert day(dt.date(2025, 10, 30)) == Day("2025-10-30", "30 October 2025")
    assert day(dt.date(824, 2, 1)) == Day("0824-02-01", "1 February 824")


def test_months_are_counted_from_one() -> None:
    assert (month_name(1), month_name(12)) == ("January", "December")


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no papers"), (1, "1 paper"), (2, "2 papers"), (1000, "1000 papers")]
)
def test_counts_agree_with_their_noun(number: int, words: str) -> None:
    assert count(number, "paper") == words


def test_a_place_is_an_ordinal_number() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 55, 102, 211)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "55th", "102nd", "211th")
    ]


def test_an_irregular_plural_is_given() -> None:
    assert count(2, "entry", "entries") == "2 entries"
    assert count(1, "entry", "entries") == "1 entry"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (11, "one two six"),
        (10, "one two …"),
        (9, "one two …"),
        (8, "one …"),
        (5, "one …"),
        (4, "one…"),
        (2, "o…"),
    ],
)
def test_a_text_is_cut_between_words_where_it_has_some(length: int, text: str) -> None:
    assert shortened("one two six", length) == text
    assert len(text) <= length


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("Data & δ", "DATA & δ", 'Data &amp; <span class="cased">δ</span>'),
        ("μ-law, 5 µm, weiß", "μ-LAW, 5 µM, WEIß", None),
        ("ελληνικά Δ", "ΕΛΛΗΝΙΚΆ Δ", "ελληνικά Δ"),
        ("Müller & Sohn", "MÜLLER & SOHN", "Müller & Sohn"),
    ],
)
def test_capitals_never_make_another_letter(text: str, words: str, html: str | None) -> None:
    assert capitals(text) == words
    assert html in (None, cased(text))
