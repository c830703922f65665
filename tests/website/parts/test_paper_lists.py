"""Lists: lines, groups, and the parts that a long one fills."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library.cards import card_of
from generator.library.library import Record
from generator.model import Paper
from generator.website.parts.paper_lists import (
    LENGTHY,
    LIMIT,
    Line,
    by_issue,
    heading_html,
    parts,
    title_look,
)
from generator.website.urls import issue_link
from tests.support.libraries import MONDAY, TUESDAY, paper


def line(found: Paper, folded: bool = False) -> Line:
    return Line(card=card_of(found, "a"), record=Record.of(found, "a"), folded=folded)


def test_a_list_without_items_is_one_empty_part() -> None:
    none: tuple[int, ...] = ()
    [(path, items, part)] = parts("picks/", none)
    assert (path, items, part.number, part.of, part.others) == ("picks/index.html", (), 1, 1, ())


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(1, [1]), (LIMIT, [LIMIT]), (LIMIT + 1, [1, LIMIT]), (2 * LIMIT + 3, [3, LIMIT, LIMIT])],
)
def test_the_newest_part_stands_at_the_base_and_is_the_one_that_is_not_full(
    count: int, sizes: list[int]
) -> None:
    found = list(parts("picks/", tuple(range(count))))
    assert [len(items) for _, items, _ in found] == sizes
    older = [f"picks/{number}/index.html" for number in range(len(sizes) - 1, 0, -1)]
    assert [path for path, _, _ in found] == ["picks/index.html", *older]
    assert [item for _, items, _ in found for item in items] == list(range(count))


@given(st.integers(0, 4 * LIMIT))
def test_an_addition_moves_no_item_between_full_parts(count: int) -> None:
    before = {path: items for path, items, part in parts("x/", tuple(range(count))) if part.number < part.of}
    after = {path: items for path, items, part in parts("x/", (-1, *range(count))) if part.number < part.of}
    assert before.items() <= after.items()


def test_a_part_names_all_parts_newest_first() -> None:
    *_, (_, _, oldest) = parts("x/", tuple(range(2 * LIMIT + 1)))
    assert [(link.title, link.href) for link in oldest.others] == [
        ("Part 3", "x/"),
        ("Part 2", "x/2/"),
        ("Part 1", "x/1/"),
    ]


def test_lines_are_grouped_by_issue_the_undated_too() -> None:
    groups = by_issue(
        [
            line(paper("A", TUESDAY)),
            line(paper("B", MONDAY)),
            line(paper("C", MONDAY)),
            line(paper("D", None)),
        ]
    )
    assert [(group.id, group.title, group.href, group.total) for group in groups] == [
        ("issue-2025-10-28", "28 October 2025", "issues/2025-10-28/", 1),
        ("issue-2025-10-27", "27 October 2025", "issues/2025-10-27/", 2),
        ("issue-undated", "No date given", "issues/undated/", 1),
    ]


def test_the_issue_of_papers_without_a_day_has_an_address() -> None:
    assert (issue_link(None).href, issue_link(None).title) == ("issues/undated/", "No date given")
    assert issue_link(dt.date(2025, 1, 2)).href == "issues/2025-01-02/"


def test_a_line_shows_the_note_of_a_pick_alone() -> None:
    assert line(paper(note="Read it.", pick=True)).note("./") == "<p>Read it.</p>\n"
    assert line(paper(note="Read it.")).note("./") is None
    assert line(paper(pick=True)).note("./") is None
    assert Line(card=card_of(paper(note="Read it.", pick=True), "a")).note("./") is None


def test_a_line_shows_an_abstract_where_it_is_folded_alone() -> None:
    assert line(paper(abstract="A & b.\nC."), folded=True).abstract == ("A &amp; b.", "C.")
    assert line(paper(abstract="A & b.")).abstract == ()
    assert line(paper(abstract=None), folded=True).abstract == ()


def test_an_address_in_a_title_is_text_since_the_title_is_a_link() -> None:
    assert heading_html("See https://a.example/b & c") == "See https://a.example/b &amp; c"


def test_titles_of_unusual_length_or_origin_look_different() -> None:
    looks = [
        title_look(card_of(found, "a"))
        for found in (paper("A"), paper("x" * LENGTHY), paper("x" * (LENGTHY + 1)))
    ]
    assert looks == ["", "", "lengthy"]
    assert title_look(card_of(paper(None, abstract="Words."), "a")) == "provisional"
