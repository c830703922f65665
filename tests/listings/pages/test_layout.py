"""How a page is laid out: how wide its lines are, and whether words were broken."""

from itertools import groupby
from textwrap import wrap

import pytest

from generator.listings.entry import Line
from generator.listings.pages.layout import Layout, layout_of, width_that_breaks_words

ROW = "scribe a talk or transcribe a film or tran"
OTHER = "xx a talk or a film or yy"
"""A row whose two halves of a word are nowhere whole."""
WITHIN = "zz a talk xx a film or yy"


@pytest.mark.parametrize(("rows", "width"), [(9, len(ROW)), (8, 0)])
def test_few_rows_do_not_tell_at_how_many_characters_they_were_broken(rows: int, width: int) -> None:
    assert width_that_breaks_words([ROW] * rows) == width


def test_rows_of_many_lengths_were_broken_between_words() -> None:
    assert width_that_breaks_words([ROW[number:] for number in range(20)]) == 0


@pytest.mark.parametrize(
    ("rows", "width"),
    [
        ([OTHER] * 17, 25),
        ([OTHER] * 16, 0),
        (["xx a talk or a film yy", *[OTHER] * 16], 25),
        ([*["xx a talk or a film yy"] * 2, *[OTHER] * 15], 0),
        ([*["xx a talk or a fil or yy"] * 9, *[OTHER] * 8], 25),
        (["xx a  talk or a fil or yy", *[OTHER] * 16], 25),
        ([*["xx a  talk or a fil or yy"] * 2, *[OTHER] * 15], 0),
        ([WITHIN, *[OTHER] * 7, *[WITHIN] * 9], 25),
        ([WITHIN, *[OTHER] * 8, *[WITHIN] * 8], 0),
    ],
)
def test_rows_of_one_width_were_broken_amid_words_if_few_words_begin_them(
    rows: list[str], width: int
) -> None:
    assert width_that_breaks_words(rows) == width


ABSTRACT = "We see how pears fall, and find that they fall fewer times."
WRAPPED = "We see how pears\nfall, and find\nthat they fall\nfewer times."
BY_LINES = f"Fine Title\n{ABSTRACT}\n3 authors\n\n"
BY_PARAGRAPHS = f"Fine Title\n\n{ABSTRACT}\n\n3 authors\n\n"


def laid_out(text: str, widest: int) -> Layout:
    numbered = enumerate(text.split("\n"), 1)
    blocks = groupby(numbered, key=lambda row: bool(row[1]))
    paragraphs = [[Line(number, row) for number, row in block] for is_text, block in blocks if is_text]
    return layout_of(paragraphs, widest)


@pytest.mark.parametrize(
    ("text", "by_lines", "is_dense"),
    [
        (BY_LINES, True, False),
        (BY_PARAGRAPHS, False, False),
        (BY_LINES + BY_PARAGRAPHS, True, False),
        (BY_LINES + BY_PARAGRAPHS * 2, False, False),
        (f"Fine Title\n{ABSTRACT}\nOrchard\n·\nOct 2\n", True, False),
        (f"Fine Title\n\n{ABSTRACT}\nOrchard\n·\nOct 2\n", False, False),
        (f"Fine Title\n\n{WRAPPED}\n\n3 authors\n", False, False),
        (f"Fine Title\n{WRAPPED}\n3 authors\n", False, True),
        ("Pears fall\nand rot" + "\nFigs Fall" * 8, True, False),
        ("Pears fall\nand rot" + "\nFigs Fall" * 7, False, True),
    ],
)
def test_a_page_is_laid_out_by_lines_or_paragraphs_or_densely(
    text: str, by_lines: bool, is_dense: bool
) -> None:
    found = laid_out(text, 60)
    assert (found.by_lines, found.is_dense) == (by_lines, is_dense)


@pytest.mark.parametrize(("rows", "width"), [(50, 19), (49, 10)])
def test_one_in_fifty_breaks_may_be_an_authors_own(rows: int, width: int) -> None:
    text = "\n".join(["of pears", *["of pears and figs"] * rows])
    assert laid_out(text, 60) == Layout(widest=width, by_lines=False, is_dense=True)


@pytest.mark.parametrize("width", [40, 60])
def test_the_width_at_which_a_dense_page_was_wrapped_is_told_by_its_sentences(width: int) -> None:
    one = "We study how language models cite the sources that they are given, and find that they cite fewer."
    other = "Long recordings are hard to transcribe, since a model sees a window of them. The errors fall."
    rows = [*wrap(f"{one} {other}", width), "3 authors", *wrap(f"{other} {one}", width), "3 authors"]
    page = [Line(number, row) for number, row in enumerate(rows, 1)]
    assert layout_of([page], width + 20) == Layout(widest=width, by_lines=False, is_dense=True)
