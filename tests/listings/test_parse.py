"""What holds for listings of every format."""

import pytest

from generator.listings import parse
from generator.problem import Severity

PAGE = """\
Daily Papers

A First Paper

The first abstract.

  • 2 authors
·
Jul 1, 2024

A Second Paper

The second abstract, on fruit.

  • 3 authors
·
Jul 2, 2024
"""


def titles(data: bytes) -> list[str | None]:
    return [entry.stated.title for entry in parse(data, "page.txt", None).entries]


@pytest.mark.parametrize("line_break", ["\r\n", "\r"])
def test_line_breaks_change_nothing(line_break: str) -> None:
    with_breaks = PAGE.replace("\n", line_break).encode()
    assert parse(with_breaks, "page.txt", None) == parse(PAGE.encode(), "page.txt", None)


def test_a_byte_order_mark_changes_nothing() -> None:
    with_mark = PAGE.encode("utf-8-sig")
    assert parse(with_mark, "page.txt", None) == parse(PAGE.encode(), "page.txt", None)


def test_a_paper_with_bytes_that_are_not_utf8_is_left_out_and_named() -> None:
    data = PAGE.encode().replace(b"fruit", b"\xff")
    parsed = parse(data, "page.txt", None)
    assert [entry.stated.title for entry in parsed.entries] == ["A First Paper"]
    (problem,) = parsed.problems
    assert (str(problem.location), problem.message, problem.hint) == (
        "page.txt:13:25",
        "Bytes that are not UTF-8, at 13:25.",
        "Save the file as UTF-8. Left out until then: 'A Second Paper'.",
    )


@pytest.mark.parametrize(
    ("papers", "named"),
    [(3, "'Pears 1', 'Pears 2', 'Pears 3'"), (4, "'Pears 1', 'Pears 2', 'Pears 3', 1 more")],
)
def test_of_many_papers_with_bytes_that_are_not_utf8_three_are_named(papers: int, named: str) -> None:
    data = "\n".join(f"@misc{{a{n}, title = {{Pears {n}}}, author = {{\xff}}}}" for n in range(1, papers + 1))
    (problem,) = parse(data.encode("latin-1"), "a.bib", None).problems
    assert problem.hint == f"Save the file as UTF-8. Left out until then: {named}."


def test_a_paper_without_a_title_is_named_by_its_first_line() -> None:
    dump = "".join(
        f"{text}\n\narXiv:2411.00001\nCreated: 2024-11-03\n\n" for text in ("The first.", "  The \xff.")
    )
    (problem,) = parse(dump.encode("latin-1"), "a.txt", None).problems
    assert problem.hint == "Save the file as UTF-8. Left out until then: 'The \ufffd.'."


@pytest.mark.parametrize(
    "text",
    [
        PAGE[: PAGE.index("fruit")] + "ü",
        "@misc{a, title = {Pears}}\n@misc{b, title = {Mü",
        '[{"paper": {"id": "2410.00001", "title": "Pears"}},\n {"paper": {"id": "2410.00002", "title": "Mü',
    ],
)
def test_a_file_that_ends_within_a_character_is_told_to_be_cut_and_no_more(text: str) -> None:
    parsed = parse(text.encode()[:-1], "page.txt", None)
    assert len(parsed.entries) == 1
    (problem,) = parsed.problems
    assert "UTF-8" not in problem.message


def test_bytes_that_are_not_utf8_are_told_unless_an_error_tells_of_their_line() -> None:
    def told(text: str) -> list[tuple[int, str]]:
        problems = parse(text.encode("latin-1"), "a.bib", None, "bibtex").problems
        return [(problem.location.line, problem.message) for problem in problems]

    assert told("@misc{a, title = {Pears}}\n@misc{b \xff}\n") == [
        (2, "This record states nothing of a paper.")
    ]
    assert told("@misc{a, title = {Pears}}\n@misc{b c}\n\xff\n") == [
        (2, "This record states nothing of a paper."),
        (3, "Bytes that are not UTF-8, at 3:1."),
    ]


def test_a_paper_keeps_its_place_when_one_above_is_left_out() -> None:
    data = PAGE.encode().replace(b"first abstract", b"first \xff")
    (entry,) = parse(data, "page.txt", None).entries
    assert (entry.position, entry.stated.title) == (2, "A Second Paper")


def test_an_unprintable_character_keeps_its_paper() -> None:
    data = PAGE.encode().replace(b"fruit", b"fr\x07uit")
    assert titles(data) == ["A First Paper", "A Second Paper"]


def test_a_problem_shows_its_line_whole() -> None:
    data = PAGE.replace("Jul 2, 2024", "  Jul 32, 2024").encode()
    (problem,) = parse(data, "page.txt", None).problems
    assert str(problem.location) == "page.txt:17:3"
    assert problem.location.text == "  Jul 32, 2024"


def test_problems_are_in_the_order_of_the_file() -> None:
    data = PAGE.replace("Jul 2", "Jul 32").replace("first abstract", "first\x07abstract").encode()
    lines = [problem.location.line for problem in parse(data, "page.txt", None).problems]
    assert lines == [5, 17]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"A text that is no listing."])
def test_what_cannot_be_read_is_one_error_that_says_what_to_do(data: bytes) -> None:
    parsed = parse(data, "page.txt", None)
    (problem,) = parsed.problems
    assert problem.severity is Severity.ERROR
    assert str(problem.location) == "page.txt:1"
    assert problem.hint
