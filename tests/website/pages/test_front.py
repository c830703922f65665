"""The front page: the latest issue and its picks, then where everything else is."""

import datetime as dt

import pytest

from generator.engine.page import Page
from generator.model import Paper
from generator.website.pages import front
from tests.support.libraries import (
    MONDAY,
    NOTES,
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


def front_page(papers: dict[str, Paper]) -> Page:
    return planned(library(papers), front.plan)["index.html"]


def picked(title: str, day: dt.date = TUESDAY, position: int = 1) -> Paper:
    return paper(title, day, position=position, pick=True, note=f"On {title}.", themes=("data",))


def test_an_empty_digest_says_so_under_its_name() -> None:
    page = front_page({})
    assert texts(page, "//h1") == ["The Digest"]
    assert texts(page, f"//main//*[{has('body')}]") == ["There is no paper in this digest yet."]


def test_the_folio_states_the_day_and_the_size_of_the_latest_issue() -> None:
    page = front_page({"a": paper("A", TUESDAY), "b": picked("B"), "c": paper("C", MONDAY)})
    assert texts(page, f"//*[{has('folio')}]") == ["28 October 2025 2 papers, 1 picked"]


def test_the_latest_issue_is_the_newest_that_has_new_papers() -> None:
    page = front_page({"a": paper("A", MONDAY, TUESDAY)})
    assert texts(page, f"//*[{has('folio')}]") == ["27 October 2025 1 paper"]


def test_picks_of_the_latest_issue_lead_with_their_notes_and_themes() -> None:
    page = front_page({"a": paper("A", TUESDAY), "b": picked("B", position=2)})
    assert texts(page, TITLES) == ["B", "A"]
    assert texts(page, NOTES) == ["Why it is here On B."]
    assert texts(page, "//section[@class='leads']/article/p[1]") == ["Data"]


def test_all_counts_of_the_latest_issue_agree() -> None:
    papers = {f"p{n}": paper(f"P{n}", themes=("data",), position=n) for n in range(3, 6)}
    page = front_page(papers | {f"p{n}": picked(f"P{n}", dt.date(2025, 10, 27), n) for n in (1, 2)})
    assert texts(page, f"//*[{has('folio')}]/a") == ["27 October 2025", "5 papers, 2 picked"]
    assert {*tree(page).xpath(f"//*[{has('folio')}]/a/@href")} == {"./issues/2025-10-27/"}
    assert texts(page, "//section[@id]/h2") == ["Data 5 in this issue, 2 picked"]


def test_picks_that_do_not_lead_are_counted_and_among_their_themes() -> None:
    page = front_page({f"p{n}": picked(f"P{n}", position=n) for n in range(1, 14)})
    assert len(texts(page, NOTES)) == 12
    assert texts(page, "//section[@class='leads']/p") == ["1 more pick in the issue"]
    assert texts(page, f"//*[{has('picked')}]") == ["Pick"]


def test_each_theme_shows_its_first_papers_and_how_many_there_are() -> None:
    page = front_page({f"p{n}": paper(f"P{n}", themes=("models",), position=n) for n in range(1, 6)})
    assert texts(page, "//section[@id]/h2") == ["Models & more 5 in this issue"]
    assert texts(page, TITLES) == ["P1", "P2", "P3"]
    assert tree(page).xpath("//section[@id]/h2/a/@href") == ["./issues/2025-10-27/#theme-models"]


@pytest.mark.parametrize(("count", "anchor"), [(250, "#theme-models"), (251, "")])
def test_an_issue_in_parts_is_linked_without_an_anchor_since_a_theme_may_be_on_any_part(
    count: int, anchor: str
) -> None:
    page = front_page({f"p{n}": paper(f"P{n}", themes=("models",), position=n) for n in range(1, count + 1)})
    assert tree(page).xpath("//section[@id]/h2/a/@href") == [f"./issues/2025-10-27/{anchor}"]


def test_picks_of_earlier_issues_themes_issues_and_years_are_linked() -> None:
    page = front_page(
        {"a": paper("A", TUESDAY), "b": picked("B", MONDAY), "c": picked("C", dt.date(2024, 5, 6))}
    )
    side = f"//*[{has('side')}]"
    assert texts(page, f"{side}//h2") == ["Themes", "Earlier picks", "Issues", "Archive 3 papers, 2 picked"]
    assert tree(page).xpath(f"{side}//li/a/@href") == [
        *("./themes/data/", "./themes/models/", "./themes/unsorted/"),
        *("./papers/b/", "./papers/c/"),
        *("./issues/2025-10-28/", "./issues/2025-10-27/", "./issues/2024-05-06/"),
        "./archive/undated/",
    ]


def test_five_earlier_picks_and_ten_issues_are_linked() -> None:
    days = [TUESDAY - dt.timedelta(days=back) for back in range(11)]
    page = front_page({f"p{back}": picked(f"P{back}", day) for back, day in enumerate(days)})
    links = tree(page).xpath(f"//*[{has('side')}]//li/a/@href")
    assert [link for link in links if "papers/" in link] == [f"./papers/p{back}/" for back in range(1, 6)]
    assert [link for link in links if "issues/" in link] == [f"./issues/{day}/" for day in days[:10]]


def test_a_digest_of_papers_without_a_day_has_a_front_page() -> None:
    page = front_page({"a": paper("A", None)})
    assert texts(page, f"//*[{has('folio')}]") == ["No date given 1 paper"]


def test_the_description_of_the_site_is_its_motto() -> None:
    page = front_page({})
    assert texts(page, f"//*[{has('motto')}]") == [SITE.description]
    assert tree(page).xpath("//meta[@name='description']/@content") == [SITE.description]
