"""How a page is laid out: at how many characters its rows were broken amid words."""

import pytest

from generator.listings.pages.layout import width_that_breaks_words

ROW = "scribe a talk or transcribe a film or tran"


@pytest.mark.parametrize(("rows", "width"), [(9, len(ROW)), (8, 0)])
def test_few_rows_do_not_tell_at_how_many_characters_they_were_broken(rows: int, width: int) -> None:
    assert width_that_breaks_words([ROW] * rows) == width


def test_rows_of_many_lengths_were_broken_between_words() -> None:
    assert width_that_breaks_words([ROW[number:] for number in range(20)]) == 0
