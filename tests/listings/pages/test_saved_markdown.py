"""Pages that a program saved with marks: which they are."""

import pytest

from generator.listings.entry import Listing
from generator.listings.pages.saved_markdown import matches


@pytest.mark.parametrize(
    ("numbers", "is_saved"), [((7, 8, 9, 12), True), ((7, 8, 9), False), ((1, 1, 1, 1, 1), False)]
)
def test_numbers_in_brackets_are_of_links_where_they_ascend(numbers: tuple[int, ...], is_saved: bool) -> None:
    lines = tuple(line for number in numbers for line in (f"[{number}]A Title", "An abstract of it."))
    assert matches(Listing(path="page.txt", issue=None, lines=lines)) is is_saved
