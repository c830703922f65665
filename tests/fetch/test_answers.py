"""What an answer is, by its bytes: whole or cut off, and whether it announces anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.fetch.answers import announces_nothing, is_cut_off
from tests.support.sources import daily_papers, rss

PAGE = "<!DOCTYPE html>\n<html><body>{}</body>\n</html>\n<!-- served by a -->\n"


@pytest.mark.parametrize(
    "whole",
    [
        rss([1, 2]),
        rss([]),
        daily_papers([1]),
        "[]",
        '{"items": []}',
        '{"id": "1"}\n{"id": "2"}\n',
        PAGE.format("<dt>"),
        "<?xml version='1.0'?><!-- <rss> --><feed/>",
        "@article{a, title={On Pears}}",
        "[1] is how a plain text may begin",
        '{"a": "a tab\there"}',
        "[" * 100_000 + "]" * 100_000,
    ],
)
def test_whole_answers_are_whole(whole: str) -> None:
    assert not is_cut_off(whole.encode())


@pytest.mark.parametrize("whole", [rss([1, 2]), daily_papers([1, 2]), PAGE.format("On pears.")])
def test_an_answer_that_ends_early_is_cut_off(whole: str) -> None:
    data = whole.rpartition("<!--")[0].encode() or whole.encode()
    begin = data.index(b"<html" if b"<html" in data else b"<rss" if b"<rss" in data else b"[") + 5
    ends = range(begin, len(data.rstrip()))
    assert [end for end in ends if not is_cut_off(data[:end])] == []


@given(st.binary(max_size=300) | st.text("<!-?>[]{}rs/ \n", max_size=300).map(str.encode))
def test_any_bytes_are_judged(data: bytes) -> None:
    is_cut_off(data)
    announces_nothing(data)


def test_many_comments_take_no_time() -> None:
    assert not is_cut_off(b"<!-- a -->" * 100_000 + b"On pears")


@pytest.mark.parametrize(("after", "is_cut"), [(2000, False), (2001, True)])
def test_comments_of_some_length_may_follow_the_last_tag(after: int, is_cut: bool) -> None:
    end = "</rss>"
    assert is_cut_off(f"<rss>{end}{'<!--  -->'.ljust(after - len(end) - 1)}.".encode()) is is_cut


@pytest.mark.parametrize(("size", "is_nothing"), [(10_000, True), (10_001, False)])
def test_a_long_answer_is_no_day_without_papers(size: int, is_nothing: bool) -> None:
    assert announces_nothing(f"[{']'.rjust(size - 1)}".encode()) is is_nothing


@pytest.mark.parametrize(
    ("answer", "is_nothing"),
    [
        (rss([]), True),
        (rss([1]), False),
        ("[]", True),
        (daily_papers([1]), False),
        ('{"items": []}', True),
        ('{"error": "Bad date"}', False),
        (PAGE.format("<h3>Showing new listings</h3>\n<p>No updates today.</p>"), True),
        (PAGE.format("<p>Please log in.</p>"), False),
        ("", False),
    ],
)
def test_a_day_without_papers_is_told_from_other_answers(answer: str, is_nothing: bool) -> None:
    assert announces_nothing(answer.encode()) is is_nothing
