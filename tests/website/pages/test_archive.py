"""The archive: papers by the year and month of their publication, whatever issue listed them."""

import datetime as dt

from msgspec.structs import replace

from generator.engine.page import Page
from generator.model import Paper
from generator.website.pages import archive
from generator.website.parts.pagination import PAGE_SIZE
from tests.support.libraries import (
    HEAD,
    MONDAY,
    SITE,
    TITLES,
    TUESDAY,
    has,
    library,
    paper,
    planned,
    texts,
    tree,
)

YEARS = f"//table[{has('years')}]"


def archive_pages(papers: dict[str, Paper]) -> dict[str, Page]:
    return planned(library(papers), archive.plan)


def published(title: str, *day: int, position: int = 1) -> Paper:
    return paper(title, published=dt.date(*day), position=position)


def test_each_year_and_month_of_publication_has_a_page_newest_first() -> None:
    papers = {
        "a": published("A", 2024, 2, 29),
        "b": published("B", 2024, 11, 3),
        "c": published("C", 2019, 7, 1),
    }
    assert list(archive_pages(papers)) == [
        "archive/index.html",
        "archive/2024/index.html",
        "archive/2024/11/index.html",
        "archive/2024/02/index.html",
        "archive/2019/index.html",
        "archive/2019/07/index.html",
    ]


def test_the_index_is_a_table_of_years_and_months() -> None:
    papers = {
        "a": published("A", 2024, 2, 29),
        "b": published("B", 2024, 2, 1),
        "c": published("C", 2019, 12, 1),
    }
    page = archive_pages(papers)["archive/index.html"]
    assert texts(page, f"{YEARS}/thead//th") == [
        *(
            "Year",
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
            "Papers",
        )
    ]
    rows = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in tree(page).xpath(f"{YEARS}/tbody/tr")
    ]
    assert rows == [
        ["2024", "", "Feb 2", *[""] * 10, "2"],
        ["2019", *[""] * 11, "Dec 1", "1"],
    ]


def test_a_chart_shows_the_years_and_has_their_numbers_in_a_table() -> None:
    papers = {f"p{n}": published(f"P{n}", 2019 + n, 5, 1) for n in range(6)}
    papers |= {f"q{n}": published(f"Q{n}", 2024, 5, 1) for n in range(9)}
    page = archive_pages(papers)["archive/index.html"]
    assert texts(page, "//figure/figcaption") == ["Most papers were published in 2024"]
    assert texts(page, "//figure//details//tbody/tr") == [
        "2019 1",
        "2020 1",
        "2021 1",
        "2022 1",
        "2023 1",
        "2024 10",
    ]
    assert texts(page, "//figure//*[local-name()='text']") == ["2019", "2024", "10"]


def test_an_empty_archive_says_so() -> None:
    assert list(archive_pages({})) == ["archive/index.html"]
    page = archive_pages({})["archive/index.html"]
    assert texts(page, "//main//p") == [
        "Papers by the month in which they were published.",
        "There is no paper in this digest yet.",
    ]


def test_a_year_goes_by_month_and_a_month_by_day() -> None:
    papers = {
        "a": published("A", 2024, 2, 29),
        "b": published("B", 2024, 2, 1),
        "c": published("C", 2024, 1, 1),
    }
    pages = archive_pages(papers)
    year, month = pages["archive/2024/index.html"], pages["archive/2024/02/index.html"]
    assert texts(year, "//section/h2") == ["February 2", "January"]
    assert texts(year, TITLES) == ["A", "B", "C"]
    assert texts(month, "//h1 | //section/h2") == ["February 2024", "29 February", "1 February"]
    assert tree(month).xpath(f"{HEAD}/p/a/@href") == ["../../../archive/2024/"]
    assert tree(year).xpath(f"{HEAD}/p/a/@href") == ["../../archive/"]
    assert texts(month, "//nav[@aria-labelledby='months']//li") == ["February", "January"]


def test_papers_of_one_day_keep_the_order_of_lists() -> None:
    papers = {"a": published("A", 2024, 2, 1, position=2), "b": published("B", 2024, 2, 1, position=1)}
    assert texts(archive_pages(papers)["archive/2024/index.html"], TITLES) == ["B", "A"]


def test_papers_without_a_date_have_a_page_by_issue() -> None:
    pages = archive_pages({"a": paper("A", MONDAY), "b": paper("B", TUESDAY), "c": paper("C", None)})
    assert list(pages) == ["archive/index.html", "archive/undated/index.html"]
    page = pages["archive/undated/index.html"]
    assert texts(page, "//h1 | //section/h2") == [
        *("No date given", "28 October 2025", "27 October 2025", "No date given")
    ]
    assert texts(pages["archive/index.html"], "//main/div/p") == ["No date given: 3 papers."]


def test_a_long_year_fills_parts_numbered_from_the_oldest() -> None:
    papers = {f"p{n}": published(f"P{n}", 2024, 1 + n % 2, 1, position=n) for n in range(PAGE_SIZE + 1)}
    pages = archive_pages(papers)
    assert len(texts(pages["archive/2024/index.html"], TITLES)) == 1
    assert len(texts(pages["archive/2024/part-1/index.html"], TITLES)) == PAGE_SIZE
    assert "archive/2024/01/1/index.html" not in pages


def test_a_part_of_a_year_is_found_where_it_was_before() -> None:
    papers = {f"p{n}": published(f"P{n}", 2024, 1, 1, position=n) for n in range(PAGE_SIZE + 1)}
    pages = archive_pages(papers)
    former = tree(pages["archive/2024/1/index.html"])
    assert former.xpath("//main//a/@href") == ["../../../archive/2024/part-1/"]
    assert former.xpath("//link[@rel='canonical']/@href") == [f"{SITE.url}archive/2024/part-1/"]


def test_where_a_month_is_no_part_is_found() -> None:
    found = library({"a": published("A", 2024, 9, 1), "b": published("B", 2024, 10, 1, position=2)})
    september, october = found.cards
    cards = (6 * PAGE_SIZE + 1) * (september,) + 5 * PAGE_SIZE * (october,)
    pages = planned(replace(found, cards=cards), archive.plan)
    redirects = [path for path, page in pages.items() if page.template == "redirect.html"]
    assert redirects == [f"archive/2024/{number}/index.html" for number in (11, *range(9, 0, -1))]
