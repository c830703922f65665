"""How a page is laid out: how wide its lines are, and whether words were broken."""

from textwrap import wrap

import pytest

from generator.listings.entry import Line
from generator.listings.pages.layout import Layout, layout_of, width_that_breaks_words

ROW = "scribe a talk or transcribe a film or tran"


@pytest.mark.parametrize(("rows", "width"), [(9, len(ROW)), (8, 0)])
def test_few_rows_do_not_tell_at_how_many_characters_they_were_broken(rows: int, width: int) -> None:
    assert width_that_breaks_words([ROW] * rows) == width


def test_rows_of_many_lengths_were_broken_between_words() -> None:
    assert width_that_breaks_words([ROW[number:] for number in range(20)]) == 0


@pytest.mark.parametrize("width", [40, 60])
def test_the_width_at_which_a_dense_page_was_wrapped_is_told_by_its_sentences(width: int) -> None:
    one = "We study how language models cite the sources that they are given, and find that they cite fewer."
    other = "Long recordings are hard to transcribe, since a model sees a window of them. The errors fall."
    rows = [*wrap(f"{one} {other}", width), "3 authors", *wrap(f"{other} {one}", width), "3 authors"]
    page = [Line(number, row) for number, row in enumerate(rows, 1)]
    assert layout_of([page], width + 20) == Layout(widest=width, by_lines=False, is_dense=True)
