"""Issues: one page each, by theme; one index."""

import datetime as dt

import msgspec

from generator.engine.page import Page
from generator.model import Opening, Paper
from generator.website.pages import issue_files, issues
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


def issue_pages(papers: dict[str, Paper]) -> dict[str, Page]:
    return planned(library(papers), issues.plan)


def monday(papers: dict[str, Paper]) -> Page:
    return issue_pages(papers)["issues/2025-10-27/index.html"]


def many(count: int) -> dict[str, Paper]:
    return {f"p{n:03}": paper(f"P{n}", position=n, themes=("data",)) for n in range(1, count + 1)}


def test_each_issue_has_a_page_and_so_have_the_papers_of_no_issue() -> None:
    papers = {"a": paper("A", MONDAY), "b": paper("B", TUESDAY), "c": paper("C", None)}
    assert list(issue_pages(papers)) == [
        "issues/index.html",
        "issues/2025-10-28/index.html",
        "issues/2025-10-27/index.html",
        "issues/undated/index.html",
    ]


def test_the_index_lists_issues_by_month_newest_first_with_their_sizes_and_lead_picks() -> None:
    page = issue_pages(
        {
            "a": paper("A", MONDAY, pick=True),
            "b": paper("B", MONDAY),
            "c": paper("C", dt.date(2024, 2, 29)),
            "d": paper("D", None),
        }
    )["issues/index.html"]
    assert texts(page, "//h2") == ["October 2025", "February 2024", "No date given"]
    assert texts(page, "//nav[@aria-label='Years']//a") == ["2025", "2024", "No date given"]
    assert texts(page, "//section//li") == [
        "27 October 2025 2 papers, 1 picked A",
        "29 February 2024 1 paper",
        "No date given 1 paper",
    ]


def test_the_index_of_an_empty_digest_says_so() -> None:
    assert texts(issue_pages({})["issues/index.html"], "//main//p") == ["There is no issue yet."]


def test_papers_are_grouped_by_main_theme_in_the_order_of_themes_the_unsorted_last() -> None:
    page = monday(
        {
            "a": paper("A", themes=()),
            "b": paper("B", themes=("models", "data")),
            "c": paper("C", themes=("data",)),
        }
    )
    assert texts(page, "//section/h2") == ["Data", "Models & more", "Unsorted"]
    assert texts(page, TITLES) == ["C", "B", "A"]


def test_the_index_of_an_issue_leads_to_its_themes_and_counts_them() -> None:
    page = monday({"a": paper("A", themes=("data",)), "b": paper("B", themes=("data",)), "c": paper("C")})
    index = "//nav[@aria-labelledby='themes']//li"
    assert texts(page, index) == ["Data 2", "Unsorted 1"]
    assert tree(page).xpath(f"{index}/a/@href") == ["#theme-data", "#theme-unsorted"]


def test_a_theme_without_papers_of_the_day_is_left_out() -> None:
    assert texts(monday({"a": paper("A", themes=("data",))}), "//section/h2") == ["Data"]


def test_a_pick_leads_its_theme_and_shows_its_note() -> None:
    page = monday({"a": paper("A", position=1), "b": paper("B", position=2, pick=True, note="Read it.")})
    assert texts(page, TITLES) == ["B", "A"]
    assert texts(page, NOTES) == ["Why it is here Read it."]


def test_a_note_without_a_pick_is_not_shown_in_lists() -> None:
    assert texts(monday({"a": paper("A", note="Not yet.")}), NOTES) == []


def test_abstracts_are_folded_and_each_paragraph_is_one() -> None:
    page = monday({"a": paper("A", abstract="One.\nTwo."), "b": paper("B", abstract=None)})
    assert texts(page, "//article/details[not(@open)]") == ["Abstract One. Two."]
    assert texts(page, "//details/p") == ["One.", "Two."]


def test_one_line_of_facts_says_what_is_known() -> None:
    known = paper(
        None,
        pick=True,
        withdrawn=True,
        organization="Stanford NLP",
        published=dt.date(2024, 2, 25),
        arxiv="2410.12265",
        comment="13 pages",
    )
    facts = f"//*[{has('facts')}]"
    assert texts(monday({"a": known}), facts) == [
        "Pick · Withdrawn · No title given · Stanford NLP · 25 February 2024 · arXiv 2410.12265 · 13 pages"
    ]
    assert texts(monday({"a": paper("A")}), facts) == []


def test_a_provisional_heading_looks_different_and_says_that_no_title_is_given() -> None:
    page = monday({"a": paper(None, abstract="The first words of the abstract.")})
    assert texts(page, f"//h3[{has('provisional')}]") == ["The first words of the abstract."]
    assert texts(page, f"//*[{has('facts')}]") == ["No title given"]


def test_papers_that_an_earlier_issue_has_already_are_listed_apart() -> None:
    pages = issue_pages({"a": paper("A", MONDAY, TUESDAY), "b": paper("B", TUESDAY)})
    page = pages["issues/2025-10-28/index.html"]
    assert texts(page, f"{HEAD}/p[2]") == ["1 paper; 1 listed again."]
    assert texts(page, "//section[@id='again']//h3") == ["A"]
    assert texts(pages["issues/2025-10-27/index.html"], TITLES) == ["A"]


def test_earlier_and_later_issues_are_linked_but_never_those_without_a_day() -> None:
    pages = issue_pages({"a": paper("A", MONDAY), "b": paper("B", TUESDAY), "c": paper("C", None)})
    around = {path: texts(page, f"//nav[{has('pages')}]//a") for path, page in pages.items()}
    assert around == {
        "issues/index.html": [],
        "issues/2025-10-28/index.html": ["Earlier: 27 October 2025"],
        "issues/2025-10-27/index.html": ["Later: 28 October 2025"],
        "issues/undated/index.html": [],
    }


LONG = {
    **{f"d{n:03}": paper(f"D{n}", position=n, themes=("data",)) for n in range(1, 152)},
    **{f"m{n:03}": paper(f"M{n}", position=n, themes=("models",)) for n in range(1, 152)},
    "pick": paper("Pick", position=300, themes=("models",), pick=True, note="Read it."),
}
"""An issue of two themes that do not fit on one page together."""


def test_a_long_issue_leads_with_its_picks_and_goes_on_by_whole_themes() -> None:
    pages = issue_pages(LONG)
    first, second = pages["issues/2025-10-27/index.html"], pages["issues/2025-10-27/1/index.html"]
    assert texts(first, "//section/h2") == ["Picks 1", "Data 151"]
    assert texts(first, TITLES)[:2] == ["Pick", "D1"]
    assert texts(second, "//section/h2") == ["Models & more 151 of 152"]
    assert set(pages) == {
        *("issues/index.html", "issues/2025-10-27/index.html", "issues/2025-10-27/1/index.html")
    }


def test_the_contents_of_a_long_issue_count_all_of_it_on_each_page() -> None:
    pages = issue_pages(LONG)
    contents = "//nav[@aria-labelledby='themes']//li"
    first, second = pages["issues/2025-10-27/index.html"], pages["issues/2025-10-27/1/index.html"]
    assert texts(first, contents) == texts(second, contents) == ["Picks 1", "Data 151", "Models & more 152"]
    assert tree(first).xpath(f"{contents}/a/@href") == [
        *("#picks", "#theme-data", "../../issues/2025-10-27/1/#theme-models"),
    ]
    assert tree(second).xpath(f"{contents}/a/@href") == [
        *("../../../issues/2025-10-27/#picks", "../../../issues/2025-10-27/#theme-data", "#theme-models"),
    ]


def test_a_long_issue_says_where_it_continues() -> None:
    pages = issue_pages(LONG)
    first, second = pages["issues/2025-10-27/index.html"], pages["issues/2025-10-27/1/index.html"]
    parts = f"//nav[{has('parts')}]"
    assert texts(first, f"{parts}/p") == ["Continued on further pages, by theme."]
    assert texts(second, f"{parts}/p") == ["Continued."]
    assert texts(first, f"{parts}//a") == ["The beginning", "Models & more"]
    assert texts(first, "//main//a[@rel='next']") == ["Continued: Models & more"]
    assert texts(second, "//main//a[@rel='next']") == []


def test_only_a_theme_that_no_page_could_hold_goes_over_two() -> None:
    pages = issue_pages(many(PAGE_SIZE + 1))
    first, second = pages["issues/2025-10-27/index.html"], pages["issues/2025-10-27/1/index.html"]
    assert (len(texts(first, TITLES)), texts(second, TITLES)) == (PAGE_SIZE, [f"P{PAGE_SIZE + 1}"])
    assert texts(first, "//section/h2") == [f"Data {PAGE_SIZE} of {PAGE_SIZE + 1}"]
    assert texts(first, f"//nav[{has('parts')}]//a") == ["The beginning", "Data (2)"]


def test_what_is_listed_again_is_at_the_end_of_the_last_page() -> None:
    again = {"old": paper("Old", dt.date(2025, 10, 1), MONDAY)}
    pages = issue_pages(many(PAGE_SIZE + 1) | again)
    assert texts(pages["issues/2025-10-27/index.html"], "//section[@id='again']") == []
    assert texts(pages["issues/2025-10-27/1/index.html"], "//section[@id='again']//h3") == ["Old"]


def test_the_editors_words_are_at_the_head_of_the_first_part_and_of_the_file() -> None:
    opening = Opening(text="Read [P1](/papers/p001/) *first*.")
    found = msgspec.structs.replace(library(many(PAGE_SIZE + 1)), openings={MONDAY: opening})
    first, second, file = (
        planned(found, issues.plan, issue_files.plan)[f"issues/2025-10-27/{name}"]
        for name in ("index.html", "1/index.html", "issue.html")
    )
    body = f"//*[{has('body')}]/section[1]"
    assert texts(first, body) == ["From the editors Read P1 first."]
    assert tree(first).xpath(f"{body}//a/@href") == ["../../papers/p001/"]
    assert texts(file, body) == ["From the editors Read P1 first."]
    assert "From the editors" not in texts(second, "//main")[0]
