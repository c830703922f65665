"""What is new since a day: a page for each of the last issues."""

import datetime as dt
from typing import Any

import msgspec

from generator.engine.page import Page
from generator.website.pages import since
from generator.website.parts.pagination import PAGE_SIZE
from tests.support.libraries import (
    HEAD,
    MONDAY,
    NOTES,
    TITLES,
    TUESDAY,
    has,
    library,
    paper,
    planned,
    texts,
    tree,
)

WEDNESDAY = dt.date(2025, 10, 29)
PAPERS = {
    "a": paper("A", MONDAY),
    "b": paper("B", TUESDAY, pick=True, note="Read it."),
    "c": paper("C", WEDNESDAY, position=2),
    "d": paper("D", WEDNESDAY, position=1),
    "again": paper("Again", MONDAY, WEDNESDAY),
    "undated": paper("Undated", None),
}


def pages(papers: dict[str, Any]) -> dict[str, Page]:
    return planned(library(papers), since.plan)


def test_a_page_is_an_issue_of_what_came_after_its_day() -> None:
    papers = {slug: msgspec.structs.replace(one, themes=("data",)) for slug, one in PAPERS.items()}
    monday = pages(papers)["since/2025-10-27/index.html"]
    assert texts(monday, "//section/h2") == ["Picks 1", "Data 2 of 3"]
    assert texts(monday, TITLES) == ["B", "D", "C"]
    assert texts(monday, NOTES) == ["Why it is here Read it."]
    assert texts(monday, f"{HEAD}/*") == ["New since", "27 October 2025", "3 papers, 1 picked, by theme.", ""]
    assert texts(monday, "//nav[@aria-labelledby='themes']//li") == ["Picks 1", "Data 3"]
    assert texts(monday, f"//*[{has('body')}]/*[last()]") == ["You are up to date."]


def test_nothing_is_newer_than_the_newest_issue() -> None:
    newest = pages(PAPERS)["since/2025-10-29/index.html"]
    assert texts(newest, "//main//p") == [
        "New since",
        "Nothing is newer than this issue. You are up to date.",
    ]


def test_abstracts_are_fetched_not_listed() -> None:
    monday = pages(PAPERS)["since/2025-10-27/index.html"]
    assert texts(monday, "//details//p") == []
    assert tree(monday).xpath(f"//article/a[{has('unfold')}]/@href")[0] == "../../papers/b/#abstract"


def test_a_long_page_says_on_its_last_part_that_the_reader_is_up_to_date() -> None:
    many = PAPERS | {f"p{n}": paper(f"P{n}", TUESDAY, position=n + 1) for n in range(1, PAGE_SIZE)}
    found = pages(many)
    ends = {path: texts(page, f"//*[{has('end')}]") for path, page in found.items() if "10-27" in path}
    assert ends == {
        "since/2025-10-27/index.html": [],
        "since/2025-10-27/1/index.html": [],
        "since/2025-10-27/2/index.html": ["You are up to date."],
    }


def test_the_index_says_how_much_is_newer_than_each_issue() -> None:
    index = pages(PAPERS)["since/index.html"]
    assert texts(index, "//main//li") == [
        "29 October 2025 nothing newer",
        "28 October 2025 2 newer papers",
        "27 October 2025 3 newer papers",
    ]
    assert tree(index).xpath("//main//li/a/@href")[0] == "../since/2025-10-29/"


def test_an_empty_digest_has_an_index_that_says_so() -> None:
    assert texts(pages({})["since/index.html"], "//main//p")[-1] == "There is no issue yet."


def test_only_the_last_30_issues_have_a_page() -> None:
    days = [WEDNESDAY - dt.timedelta(days=back) for back in range(31)]
    assert [*pages({str(day): paper("A", day) for day in days})] == [
        *(f"since/{day}/index.html" for day in days[:30]),
        "since/index.html",
    ]


def test_their_addresses_go_in_time_but_for_the_index() -> None:
    assert {path for path, page in pages(PAPERS).items() if page.lasting} == {"since/index.html"}
