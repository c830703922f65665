"""The picks: all of them, with notes, by issue."""

import datetime as dt

from generator.model import Paper, Theme
from generator.website.pages import picks
from generator.website.parts.pagination import PAGE_SIZE
from tests.support.libraries import MONDAY, NOTES, TITLES, TUESDAY, has, library, paper, planned, texts, tree


def picked(title: str, position: int = 1) -> Paper:
    return paper(title, position=position, pick=True, note=f"On {title}.", themes=("data",))


def test_picks_are_listed_by_month_with_their_notes_and_themes() -> None:
    papers = {"a": picked("A"), "b": paper("B", TUESDAY, pick=True), "c": paper("C", MONDAY)}
    page = planned(library(papers), picks.plan)["picks/index.html"]
    assert texts(page, "//section/h2") == ["October 2025 2"]
    assert texts(page, TITLES) == ["B", "A"]
    assert texts(page, NOTES) == ["Why it is here On A."]
    assert texts(page, f"//article/p[{has('label')}] | //*[{has('picked')}]") == ["Pick", "Data"]


def test_years_link_to_where_they_begin_on_any_page() -> None:
    papers = {f"p{n:03}": picked(f"P{n}", n) for n in range(1, PAGE_SIZE + 1)}
    earlier = {"old": paper("Old", dt.date(2016, 2, 3), pick=True), "never": paper("N", None, pick=True)}
    page, older = planned(library(papers | earlier), picks.plan).values()
    assert not tree(older).xpath("//nav[@aria-label='Years']")
    assert tree(page).xpath("//nav[@aria-label='Years']//a/@href") == [
        *("../picks/#month-2025-10", "../picks/1/#month-2016-02", "../picks/1/#undated"),
    ]
    assert texts(page, "//nav[@aria-label='Years']//a") == ["2025", "2016", "No date given"]


def test_without_picks_the_page_says_so() -> None:
    page = planned(library({"a": paper("A")}), picks.plan)["picks/index.html"]
    assert texts(page, "//main//p") == ["The editors have picked no paper yet."]


def test_one_more_pick_than_a_page_holds_moves_one_page() -> None:
    papers = {f"p{n:03}": picked(f"P{n}", n) for n in range(1, PAGE_SIZE + 2)}
    before = planned(library(dict(list(papers.items())[1:])), picks.plan)
    after = planned(library(papers), picks.plan)
    assert list(before) == ["picks/index.html"]
    assert list(after) == ["picks/index.html", "picks/1/index.html"]
    assert texts(after["picks/index.html"], TITLES) == ["P1"]
    assert texts(after["picks/1/index.html"], TITLES) == texts(before["picks/index.html"], TITLES)
    how_many = [texts(page, f"//main//p[{has('sum')}]") for page in after.values()]
    assert how_many == [
        [f"{PAGE_SIZE + 1} papers that the editors recommend, and why."],
        [f"{PAGE_SIZE} papers that the editors recommend, and why."],
    ]
    assert texts(after["picks/1/index.html"], f"//nav[{has('parts')}]/p") == [
        "Part 1, counted from the oldest."
    ]


def test_the_chart_of_the_newest_page_counts_all_picks() -> None:
    themes = [Theme(slug=name, title=name) for name in "abcdef"]
    papers = {
        f"p{n:03}": paper(f"P{n}", position=n, pick=True, themes=(themes[n % 6].slug,))
        for n in range(PAGE_SIZE + 1)
    }
    newest, older = (page.view for page in picks.plan(library(papers, themes)))
    assert isinstance(newest, picks.PicksView)
    assert isinstance(older, picks.PicksView)
    assert newest.chart
    assert sum(theme.count or 0 for theme in newest.chart.themes) == PAGE_SIZE + 1
    assert older.chart is None
