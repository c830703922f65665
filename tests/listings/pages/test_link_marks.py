"""Marks of links and headings that go over several rows are put right for Markdown."""

import pytest

from generator.listings.pages.link_marks import put_right


@pytest.mark.parametrize(
    ("rows", "right", "linked"),
    [
        (["[A](https://a.b/c-", "d) and"], ["[A](https://a.b/c-d)", "and"], {}),
        (["### [A", "b", "c", "d", "e](/x)"], ["### [A b c d e](/x)", "", "", "", ""], {}),
        (["### [A", "b", "c", "d", "e", "f](/x)"], ["### [A b c d e", "", "", "", "", "f](/x)"], {}),
        (["[", "", "A", "", "][3]"], ["", "", "A", "", ""], {3: "/y"}),
        (
            ["A", "", "https://huggingface.co/x", "", "B"],
            ["A", "", "", "", "B"],
            {1: "https://huggingface.co/x"},
        ),
        (["A ](/x)"], ["[A ](/x)"], {}),
        (["[ A", "b"], ["A", "b"], {}),
    ],
)
def test_rows_are_put_right(rows: list[str], right: list[str], linked: dict[int, str]) -> None:
    assert put_right(rows, {"3": "/y"}) == (right, linked)
