"""What the lines of bylines state, wherever a page puts its buttons and numbers."""

import datetime as dt

import pytest

from generator.listings import Entry, parse
from generator.problem import has_error

A = "We study how language models cite the sources that they are given, and find that they cite fewer."
B = "Long recordings are hard to transcribe, since a model sees a window of them. The errors fall."
HEAD = "Daily Papers\nbyAK and the research community\nOct 3\n"
DAY = dt.date(2025, 9, 1)


def votes(found: tuple[Entry, ...]) -> list[tuple[str | None, int | None]]:
    return [(entry.stated.title, entry.votes) for entry in found]


def discussions(found: tuple[Entry, ...]) -> list[tuple[str | None, int | None]]:
    return [(entry.stated.title, entry.discussion) for entry in found]


def entries(*items: str, between: str = "\n") -> tuple[Entry, ...]:
    text = HEAD + between + between.join(items) + "\n"
    return parse(text.encode(), "page.txt", dt.date(2025, 10, 3), "hf-daily").entries


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("count", ["  • 3 auteurs", "3 autores", "• 3 位作者", "3 Autoren"])
def test_a_count_of_authors_in_another_language(count: str, between: str) -> None:
    (entry,) = entries("Fine Title", A, f"{count}\n·\nSep 1, 2025", between=between)
    assert (entry.stated.author_count, entry.stated.organization) == (3, None)


def test_an_organization_may_begin_with_a_number() -> None:
    (entry,) = entries("Fine Title", A, "360 Research", "·", "Sep 1, 2025")
    assert (entry.stated.author_count, entry.stated.organization) == (None, "360 Research")


@pytest.mark.parametrize(
    ("byline", "authors", "organization"),
    [
        ("• 3 authors · Sep 1, 2025", 3, None),
        ("Orchard Labs · Sep 1, 2025", None, "Orchard Labs"),
        ("The lab that grows apples. · Sep 1, 2025", None, "The lab that grows apples."),
    ],
)
def test_a_byline_may_be_on_one_line(byline: str, authors: int | None, organization: str | None) -> None:
    (entry,) = entries("Fine Title", A, byline, between="\n\n")
    stated = entry.stated
    assert (stated.author_count, stated.organization, stated.published) == (authors, organization, DAY)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("of", ["• 3 authors", "Orchard Labs"])
@pytest.mark.parametrize("within", ["Upvote", "GitHub", "arXiv Page", "View PDF", "12", "Upvote\n4"])
def test_a_button_or_number_within_a_byline_hides_no_day(within: str, of: str, between: str) -> None:
    byline = f"{of}\n·\n{within}\nSep 1, 2025"
    found = entries("Fine Title", A, byline, "The Long Window", B, byline, between=between)
    assert [(entry.stated.title, entry.stated.published) for entry in found] == [
        ("Fine Title", DAY),
        ("The Long Window", DAY),
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("upvote", ["Upvote\n{}", "Upvote {}"])
def test_votes_above_the_first_title_are_of_the_papers_below(upvote: str, between: str) -> None:
    byline = "• 3 authors\n·\nSep 1, 2025"
    above = [upvote.format(votes).replace("\n", between) for votes in (4, 9)]
    found = entries(
        above[0], "Fine Title", A, byline, above[1], "The Long Window", B, byline, between=between
    )
    assert [(entry.stated.title, entry.votes) for entry in found] == [
        ("Fine Title", 4),
        ("The Long Window", 9),
    ]


@pytest.mark.parametrize(
    ("numbers", "voted", "discussed"),
    [
        (["5", "7", "4"], [5, 7, 4], [None, None, None]),
        (["", "7", "4"], [None, None, None], [7, 4, None]),
        (["", "7\n3", "4"], [None, 3, 4], [7, None, None]),
    ],
)
def test_lone_numbers_are_votes_if_one_is_above_the_first_title_or_two_are_between_papers(
    numbers: list[str], voted: list[int | None], discussed: list[int | None]
) -> None:
    byline = "• 3 authors\n·\nSep 1, 2025"
    papers = zip(numbers, ("Fine Title", "The Long Window", "A Better Map"), (A, B, A), strict=True)
    found = entries(*(text for paper in papers for text in (*paper, byline)))
    assert [entry.votes for entry in found] == voted
    assert [entry.discussion for entry in found] == discussed


def test_a_number_above_an_abstract_is_its_title() -> None:
    byline = ["• 3 authors", "·", "Sep 1, 2025"]
    found = entries("Fine Title", A, *byline, "2025", B, *byline)
    assert [(entry.stated.title, entry.discussion) for entry in found] == [
        ("Fine Title", None),
        ("2025", None),
    ]


def test_where_other_numbers_count_votes_a_number_above_an_abstract_is_in_doubt() -> None:
    byline = ["• 3 authors", "·", "Sep 1, 2025"]
    text = HEAD + "\n".join(["7", "Fine Title", A, *byline, "2025", B, *byline])
    parsed = parse(text.encode(), "page.txt", dt.date(2025, 10, 3), "hf-daily")
    assert discussions(parsed.entries) == [("Fine Title", None)]
    assert has_error(parsed.problems)


@pytest.mark.parametrize("count", [1, 3])
def test_votes_above_a_title_that_is_one_paragraph_with_its_abstract_are_no_title(count: int) -> None:
    papers = [("Fine Title", A), ("The Long Window", B), ("Gloves", f"{A} {B}")]
    blocks = [f"{len(title)}\n{title} {A} {B} {below}\n• 3 authors\n·\nSep 1\n" for title, below in papers]
    text = "".join(blocks[:count])
    parsed = parse((HEAD + text).encode(), "page.txt", dt.date(2025, 10, 3), "hf-daily")
    assert not parsed.entries
    assert has_error(parsed.problems)


def test_a_picture_says_nothing() -> None:
    (entry,) = entries("Fine Title", f"{A} ![](https://a.b/c.png) It helps.", "·", "Sep 1, 2025")
    assert entry.stated.abstract == f"{A} It helps."
