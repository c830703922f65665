"""Cards: the few facts of a paper that lists show, at the borders of what fits."""

import datetime as dt
from typing import Any

import pytest

from generator.library.cards import byline, card_of, list_order
from generator.model import Listed, Paper

MONDAY, TUESDAY, FRIDAY = dt.date(2025, 10, 27), dt.date(2025, 10, 28), dt.date(2025, 10, 31)


@pytest.mark.parametrize(
    ("abstract", "heading"),
    [
        ("a" * 44 + " " + "b" * 45, "a" * 44 + " " + "b" * 45),
        ("a" * 45 + " " + "b" * 45, "a" * 45 + " …"),
        ("a" * 44 + ", " + "b" * 45, "a" * 44 + " …"),
        ("a" * 100, "a" * 90),
    ],
)
def test_a_heading_of_an_abstracts_first_words_has_ninety_characters(abstract: str, heading: str) -> None:
    assert card_of(Paper(abstract=abstract), "a").title == heading


def test_without_title_and_abstract_the_identifier_or_the_slug_is_the_heading() -> None:
    assert card_of(Paper(arxiv="2410.12265"), "a").title == "arXiv 2410.12265"
    assert card_of(Paper(), "a").title == "a"


@pytest.mark.parametrize(
    ("fields", "opening"),
    [
        ({"abstract": "It is so. That is not."}, "It is so."),
        ({"abstract": "a" * 700}, "a" * 600),
        ({"abstract": "First.\nIt is so."}, "First."),
        ({"abstract": "It is so.", "arxiv": "2410.12265"}, ""),
        ({"abstract": "It is so.", "author_count": 1}, ""),
        ({"abstract": "It is so.", "published": MONDAY}, ""),
        ({"abstract": "It is so.", "comment": "9 pages"}, ""),
        ({}, ""),
    ],
)
def test_an_abstract_opens_a_line_that_has_no_other_fact(fields: dict[str, Any], opening: str) -> None:
    assert card_of(Paper(title="A", **fields), "a").opening == opening
    assert card_of(Paper(headline="A", **fields), "a").opening == opening
    assert card_of(Paper(**fields), "a").opening == ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"authors": ("Ann", "Bob", "Cy")}, "Ann, Bob, Cy"),
        ({"authors": ("Ann", "Bob", "Cy", "Di")}, "Ann, Bob, Cy, et al."),
        ({"authors": ("Ann",), "organization": "The Lab"}, "The Lab"),
        ({"author_count": 1}, "1 author"),
        ({"author_count": 2}, "2 authors"),
        ({}, ""),
    ],
)
def test_a_byline_is_as_short_as_what_is_known(fields: dict[str, Any], expected: str) -> None:
    assert byline(Paper(**fields)) == expected


def test_a_card_says_what_its_paper_has() -> None:
    known = card_of(Paper(title="Pears", headline="On pears", abstract="Words.", organization="The Lab"), "a")
    assert (known.title, known.stated, known.provisional) == ("On pears", "Pears", False)
    assert (known.abstract, known.corporate) == (True, True)
    bare = card_of(Paper(title="Pears"), "a")
    assert (bare.title, bare.stated, bare.provisional) == ("Pears", None, False)
    assert (bare.abstract, bare.corporate) == (False, False)
    assert card_of(Paper(), "a").provisional
    assert card_of(Paper(headline="On pears"), "a").stated == ""


def test_a_paper_is_of_its_first_issue_at_its_first_place_there() -> None:
    rows = [(FRIDAY, 1), (TUESDAY, 9), (MONDAY, 5), (MONDAY, None), (MONDAY, 7), (None, 2)]
    listed = tuple(
        Listed(listing=f"{number}", issue=day, position=place) for number, (day, place) in enumerate(rows)
    )
    card = card_of(Paper(listed=listed), "a")
    assert (card.issue, card.issues, card.position) == (MONDAY, (MONDAY, TUESDAY, FRIDAY), 5)
    card = card_of(Paper(listed=listed, issue=TUESDAY), "a")
    assert (card.issue, card.issues, card.position) == (TUESDAY, (TUESDAY, FRIDAY), 9)
    card = card_of(Paper(formerly=("old", "older")), "a")
    assert (card.id, card.issue, card.issues, card.position) == ("old", None, (), None)


def test_lists_have_the_newest_issue_first_and_what_has_no_day_or_place_last() -> None:
    def card(slug: str, day: dt.date | None, place: int | None) -> Any:
        return card_of(Paper(listed=(Listed(listing="x", issue=day, position=place),)), slug)

    cards = [
        *(card("c", TUESDAY, 1), card("a", TUESDAY, 2), card("b", TUESDAY, None), card("d", TUESDAY, None)),
        *(card("e", MONDAY, 1), card("f", None, 1)),
    ]
    assert sorted(cards[3:] + cards[:3], key=list_order) == cards
