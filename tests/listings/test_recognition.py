"""What tells one format from another, and a listing from any other text."""

import datetime as dt

import pytest

from generator.listings import FORMATS, issue_of, parse
from generator.problem import Severity

PARAGRAPH = "A paragraph of some length, as people write them, with a full stop at its end. " * 5
SIMILAR_HEADER = "Get trending papers in your email inbox once a day!\n"
KNOWN = ", ".join(form.NAME for form in FORMATS)
DAILY = "Daily Papers\nA Title\nAn abstract.\n• 6 authors\n·\nApr 16, 2021\n"
SIMILAR = SIMILAR_HEADER + "SubscribeA Title\nAn abstract.\n"
DUMP = "An abstract.\n\narXiv:2411.00001\nCreated: 2024-11-03\n"

NO_LISTINGS = {
    "a README": "# Orchard\n\nTools for pears.\n\n## Daily Papers\n\n    pip install orchard\n\nSee docs.\n",
    "a glossary": "<dl>\n<dt>Pear</dt>\n<dd>A fruit that is ripe for a day.</dd>\n</dl>\n" * 5,
    "a poem": "The pears are ripe,\nthe pears are sweet,\n\nand nobody\nhas come to eat.\n",
    "source code": "import re\n\n\ndef ripe(pear: str) -> bool:\n    return bool(re.match('arXiv:', pear))\n",
    "a CSV": "title,authors,day\nOn Pears,6 authors,2021-04-16\nOn Apples,2 authors,2021-04-17\n",
    "log lines": "10:00:00 INFO arXiv:2411.00001\n10:00:01 INFO Created: 2024-11-03\n" * 5,
    "a chat": "ann 10:02\ndid you read it?\nbob 10:03\nnot yet, 40 pages\n·\nann 10:04\nwell.\n",
    "a note on a paper": "Read today:\narXiv:2411.00001\n\nIt was\nCreated: 2024-11-03\n",
    "an essay": "\n\n".join([PARAGRAPH] * 10),
    "an essay with headings": "\n".join(["Subscribe", "new", *(["A Heading", PARAGRAPH] * 10)]),
    "a poem under a page's header": SIMILAR_HEADER + "The pears are ripe,\nthe pears are sweet,\n" * 5,
    "an essay under a page's header": SIMILAR_HEADER + "\n".join([PARAGRAPH] * 10),
}


def text_of_problems(text: str, format_name: str | None = None) -> list[str]:
    return [problem.message for problem in parse(text.encode(), "page.txt", None, format_name).problems]


@pytest.mark.parametrize(
    ("text", "name"), [(DAILY, "hf-daily"), (SIMILAR, "hf-similar"), (DUMP, "arxiv-dump")]
)
def test_a_listing_is_recognised_by_its_content(text: str, name: str) -> None:
    parsed = parse(text.encode(), "page.txt", None)
    assert len(parsed.entries) == 1
    assert parsed == parse(text.encode(), "page.txt", None, name)


def test_a_page_whose_only_paper_is_cut_is_recognised_too() -> None:
    cut = SIMILAR_HEADER + "SubscribeA Title\nAn abstract that is cut in the mid"
    assert text_of_problems(cut) == ["This listing ends inside a paper: 'A Title' is not whole."]


@pytest.mark.parametrize("name", NO_LISTINGS)
def test_any_other_text_is_no_listing(name: str) -> None:
    parsed = parse(NO_LISTINGS[name].encode(), "page.txt", None)
    (problem,) = parsed.problems
    assert problem.severity is Severity.ERROR
    assert problem.message == f"Unknown format. Known formats: {KNOWN}."
    assert "--format NAME" in problem.hint
    assert parsed.entries == ()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("[]", "This answer has no papers: its list is empty."),
        ('{"meta": {"count": 0}, "results": []}', "This answer has no papers: its list is empty."),
        ('{"message": {"total-results": 0, "items": []}}', "This answer has no papers: its list is empty."),
        ('{"error": "Pears not found"}', "The service answered with an error: 'Pears not found'."),
    ],
)
def test_an_answer_without_papers_says_why(answer: str, said: str) -> None:
    assert text_of_problems(answer) == [said]


@pytest.mark.parametrize(("unknown", "papers"), [(4, 1), (5, 0)])
def test_one_of_the_first_five_values_of_json_tells_its_format(unknown: int, papers: int) -> None:
    answer = "[" + "null, " * unknown + '{"paperId": "a", "title": "Pears"}]'
    assert len(parse(answer.encode(), "page.json", None).entries) == papers


@pytest.mark.parametrize(("characters", "beginning"), [(10_000, "This answer"), (10_001, "Unknown format")])
def test_an_answer_without_papers_has_10_000_characters_at_most(characters: int, beginning: str) -> None:
    (said,) = text_of_problems("[]".rjust(characters))
    assert said.startswith(beginning)


def test_a_text_of_two_formats_names_them() -> None:
    assert text_of_problems(DAILY + DUMP) == ["This listing may be hf-daily and arxiv-dump."]


def test_a_page_in_html_is_not_taken_for_its_text() -> None:
    props = '{"dailyPapers":[{"paper":{"id":"2510.00001","title":"Pears"}}]}'.replace('"', "&quot;")
    page = f'<div data-target="DailyPapers" data-props="{props}">\nbyAK and the research community\n</div>'
    assert [entry.stated.title for entry in parse(page.encode(), "page.html", None).entries] == ["Pears"]


def test_a_named_format_is_taken_whatever_the_content() -> None:
    parsed = parse((DAILY + DUMP).encode(), "page.txt", None, "arxiv-dump")
    assert [entry.stated.arxiv for entry in parsed.entries] == ["2411.00001"]


def test_an_unknown_format_names_the_known_ones() -> None:
    (problem,) = parse(DAILY.encode(), "page.txt", None, "pears").problems
    assert problem.message == "There is no format 'pears'."
    assert problem.hint == f"Name one of {KNOWN}."


@pytest.mark.parametrize(
    "text", ["Daily Papers\n\nbyAK and the research community\n\nOct 30\n", SIMILAR_HEADER]
)
def test_a_page_that_states_no_paper(text: str) -> None:
    assert text_of_problems(text) == ["No papers were found in this listing."]


def test_names_of_formats_are_unique() -> None:
    assert len({form.NAME for form in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize(
    ("name", "issue"),
    [
        ("2025-10-30-hf-daily.txt", dt.date(2025, 10, 30)),
        ("2025-10-30-", dt.date(2025, 10, 30)),
        ("2025-13-45-page.txt", None),
        ("2025-10-30.txt", None),
        ("2025-10-3-page.txt", None),
        ("page-2025-10-30-.txt", None),
        ("page.txt", None),
        ("", None),
    ],
)
def test_the_issue_that_a_name_states(name: str, issue: dt.date | None) -> None:
    assert issue_of(name) == issue
