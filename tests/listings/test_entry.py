"""Lines of a listing: how they are joined, and what marks of a quotation are."""

import pytest

from generator.listings.entry import join, without_quote_marks


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([], ""),
        (["the long", "window"], "the long window"),
        (["end-to-", "end"], "end-to-end"),
        (["end-", "to-", "end"], "end-to-end"),
        (["of x-", "rays"], "of x-rays"),
        (["pre-", "and post-training"], "pre- and post-training"),
        (["a window -", "a long one"], "a window - a long one"),
        (["window-", "(long)"], "window- (long)"),
        (["(window)-", "long"], "(window)- long"),
        (["see https://github.com/", "orchard/pears"], "see https://github.com/orchard/pears"),
        (["see https:", "//pears.example"], "see https://pears.example"),
        (["see https://pears.example/a", "/b"], "see https://pears.example/a/b"),
        (["see https://pears.example/a", "b"], "see https://pears.example/a b"),
        (["pears", "/figs"], "pears /figs"),
    ],
)
def test_lines_are_joined(lines: list[str], joined: str) -> None:
    assert join(lines) == joined


@pytest.mark.parametrize(("quoted", "others", "is_quoted"), [(9, 1, True), (8, 1, False), (17, 2, False)])
def test_a_quotation_has_marks_on_nine_in_ten_lines(quoted: int, others: int, is_quoted: bool) -> None:
    lines = (*["> > a > b"] * quoted, *["a"] * others, "")
    unmarked = (*["a > b"] * quoted, *["a"] * others, "")
    assert without_quote_marks(lines) == (unmarked if is_quoted else lines)
