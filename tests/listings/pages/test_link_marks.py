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
        (["A", "[A](https://a.b/c-", ""], ["A", "[A](https://a.b/c-", ""], {}),
        (["][3]"], ["[][3]"], {}),
        (["A", "](/x)"], ["A", ""], {1: "/x"}),
        (["A", "", "https://github.com/x"], ["A", "", "https://github.com/x"], {}),
        (["GitHub", "", "https://github.com/x"], ["GitHub", "", ""], {1: "https://github.com/x"}),
        (["A", "https://huggingface.co/x"], ["A", "https://huggingface.co/x"], {}),
        (["A [", "[", "https://a.b/x", "A"], ["A [", "", "https://a.b/x", "A"], {}),
        (["[A"], ["A"], {}),
        (["", "### [A"], ["", "### [A"], {}),
        (["", "[A"], ["", "A"], {}),
        (["### [A", "c]", "[A"], ["### [A c]", "", "[A"], {}),
        (["b", "A ](/x)"], ["b", "[A ](/x)"], {}),
        (["c]", "A ](/x)"], ["c]", "[A ](/x)"], {}),
    ],
)
def test_rows_are_put_right(rows: list[str], right: list[str], linked: dict[int, str]) -> None:
    assert put_right(rows, {"3": "/y"}) == (right, linked)
