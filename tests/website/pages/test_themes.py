"""Themes: an index, a page each, and the pages of their years."""

import datetime as dt

from generator.engine.page import Page
from generator.model import Paper
from generator.website.pages import themes
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


def theme_pages(papers: dict[str, Paper]) -> dict[str, Page]:
    return planned(library(papers), themes.plan)


def data(papers: dict[str, Paper]) -> Page:
    return theme_pages(papers)["themes/data/index.html"]


def on_data(title: str, day: dt.date | None = MONDAY, position: int = 1, **fields: object) -> Paper:
    return paper(title, day, position=position, themes=("data",), **fields)


def test_an_empty_theme_has_a_page_and_no_years() -> None:
    assert list(theme_pages({})) == [
        "themes/index.html",
        "themes/data/index.html",
        "themes/models/index.html",
    ]
    assert texts(data({}), HEAD) == ["Theme Data How data are chosen. No papers."]


def test_unsorted_papers_have_a_theme_while_there_are_any() -> None:
    pages = theme_pages({"a": paper("A", themes=())})
    assert texts(pages["themes/unsorted/index.html"], "//h1") == ["Unsorted"]
    assert texts(pages["themes/unsorted/index.html"], TITLES) == ["A"]


def test_each_year_of_issues_has_a_page_and_so_have_the_papers_of_no_issue() -> None:
    papers = {
        "a": on_data("A", MONDAY),
        "b": on_data("B", dt.date(2024, 3, 1)),
        "c": on_data("C", None),
    }
    pages = theme_pages(papers)
    assert [path for path in pages if path.startswith("themes/data/")] == [
        "themes/data/index.html",
        "themes/data/2025/index.html",
        "themes/data/2024/index.html",
        "themes/data/undated/index.html",
    ]
    assert texts(pages["themes/data/2024/index.html"], "//h1 | //h2 | //h3") == [
        *("Data, 2024", "1 March 2024", "B"),
        "By year of issue",
    ]
    years = "//nav[@aria-labelledby='years']//li"
    assert texts(pages["themes/data/index.html"], years) == ["2025 1", "2024 1", "No date given 1"]


def test_a_paper_is_on_each_of_its_themes() -> None:
    pages = theme_pages({"a": paper("A", themes=("models", "data"))})
    assert texts(pages["themes/data/index.html"], TITLES) == ["A"]
    assert texts(pages["themes/models/index.html"], TITLES) == ["A"]


def test_picks_lead_with_their_notes_and_are_not_repeated_below() -> None:
    page = data(
        {
            "a": on_data("A", TUESDAY),
            "b": on_data("B", pick=True, note="Read it."),
            "c": on_data("C", pick=True),
        }
    )
    assert texts(page, "//section/h2") == ["Picks 2", "28 October 2025"]
    assert texts(page, TITLES) == ["B", "C", "A"]
    assert texts(page, NOTES) == ["Why it is here Read it."]
    assert texts(page, f"{HEAD}/p[3]") == ["3 papers, 2 picked. Cite all: BibTeX, RIS, CSL-JSON."]


def test_only_the_newest_picks_lead() -> None:
    page = data({f"p{n}": on_data(f"P{n}", position=n, pick=True) for n in range(1, 14)})
    assert texts(page, "//section/h2") == ["Picks 12 of 13", "27 October 2025"]


def test_a_long_theme_shows_its_newest_papers_and_leaves_the_others_to_the_years() -> None:
    papers = {f"p{n}": on_data(f"P{n}", position=n) for n in range(1, PAGE_SIZE + 2)}
    page = data(papers)
    assert len(texts(page, TITLES)) == PAGE_SIZE
    assert texts(page, f"//*[{has('empty')}]") == ["Older papers are on the pages of their years."]
    years = theme_pages(papers)
    assert texts(years["themes/data/2025/index.html"], TITLES) == ["P1"]
    assert len(texts(years["themes/data/2025/1/index.html"], TITLES)) == PAGE_SIZE


def test_the_index_shows_each_theme_with_its_size_and_its_newest_papers() -> None:
    page = theme_pages({f"p{n}": on_data(f"P{n}", position=n, pick=n == 1) for n in range(1, 6)})[
        "themes/index.html"
    ]
    assert texts(page, "//h2") == ["Data 5 papers, 1 picked", "Models & more no papers"]
    assert texts(page, f"//ul[{has('titles')}]/li") == ["P1", "P2", "P3"]
    assert tree(page).xpath("//h2/a/@href") == ["../themes/data/", "../themes/models/"]


def test_a_digest_without_themes_says_so() -> None:
    page = planned(library({}, themes=()), themes.plan)["themes/index.html"]
    assert texts(page, "//main//p") == ["This digest has no themes yet."]
