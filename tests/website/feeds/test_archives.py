"""Archives: whoever walks by them reaches every paper, and none of them ever holds anything else."""

import datetime as dt
import random

import pytest

from generator.engine.page import EXPORTS, Page, plan
from generator.library.library import Library, LibraryItem, with_papers
from generator.model import Paper
from generator.website.feeds import planner
from generator.website.feeds.items import FeedItem
from generator.website.feeds.view import FeedView
from generator.website.parts.feed_catalogue import PAPERS, Feed
from tests.support.feed_documents import slugs
from tests.support.libraries import SITE, THEMES, item_of, library, paper

pytestmark = pytest.mark.slow

Views = dict[str, FeedView]


def views(found: Library) -> Views:
    """Return what the feed of everything and its archives see, by their address without the suffix."""
    every = [page.view for page in plan(found, (planner.plan,)) if isinstance(page.view, FeedView)]
    return {view.place.base: view for view in every if view.feed == PAPERS}


def archives(found: Library) -> list[Page]:
    return [page for page in plan(found, (planner.plan,)) if page.path.startswith("feeds/archive/")]


def walk(found: Views, known: set[str]) -> set[str]:
    """Return the papers from the feed back to the first archive that a reader knows (RFC 5005, 4.2)."""
    papers: set[str] = set()
    place: Feed | None = PAPERS
    while place and place.base not in known:
        papers |= {*slugs(found[place.base])}
        if place != PAPERS:
            known.add(place.base)
        place = found[place.base].previous
    return papers


def issue(day: dt.date, size: int) -> dict[str, Paper]:
    return {f"p-{day}-{n}": paper(f"Paper {n}", day, position=n) for n in range(size)}


def days(start: str, *steps: int) -> list[dt.date]:
    found = [dt.date.fromisoformat(start)]
    for step in steps:
        found.append(found[-1] + dt.timedelta(days=step))
    return found


def test_months_that_are_over_have_one_and_issues_of_the_running_month_have_their_own() -> None:
    papers = {
        slug: found for day in days("2025-09-29", 1, 1, 1, 30) for slug, found in issue(day, 30).items()
    }
    assert {
        base: (len(slugs(view)), view.previous and view.previous.base)
        for base, view in views(library(papers)).items()
    } == {
        "feeds/papers": (60, "feeds/archive/2025-10"),
        "feeds/archive/2025-10": (60, "feeds/archive/2025-09"),
        "feeds/archive/2025-10-01": (30, "feeds/archive/2025-09"),
        "feeds/archive/2025-10-02": (30, "feeds/archive/2025-10-01"),
        "feeds/archive/2025-09": (60, None),
        "feeds/archive/2025-09-29": (30, None),
        "feeds/archive/2025-09-30": (30, "feeds/archive/2025-09-29"),
    }


def test_what_comes_next_leads_back_to_where_one_came_from() -> None:
    papers = {
        slug: found for day in days("2025-09-29", 9, 9, 30, 1, 1) for slug, found in issue(day, 60).items()
    }
    found = views(library(papers))
    place, chain = found["feeds/papers"].previous, []
    while place:
        chain.append(place.base)
        place = found[place.base].previous
    assert [base.removeprefix("feeds/archive/") for base in chain] == [
        "2025-11-17",
        "2025-11-16",
        "2025-10",
        "2025-09",
    ]
    following = [found[base].next for base in chain]
    assert [after and after.base for after in following] == [None, *chain[:-1]]


def test_json_has_only_those_to_which_its_feed_leads() -> None:
    papers = {slug: found for day in days("2025-09-29", 1, 1, 1) for slug, found in issue(day, 1).items()}
    pages = {page.path: page.lasting for page in archives(library(papers)) if "json" in page.path}
    assert pages == {"feeds/archive/2025-09.json": True, "feeds/archive/2025-10-01.json": False}


def test_papers_without_a_date_and_the_only_issue_have_no_archive() -> None:
    assert [*views(library({"a": paper("A"), "b": paper("B", None)}))] == ["feeds/papers"]
    assert [*views(library({}))] == ["feeds/papers"]


def test_they_hold_up_no_editor() -> None:
    pages = archives(library(issue(dt.date(2025, 9, 1), 1) | issue(dt.date(2025, 10, 1), 1)))
    assert {page.stage for page in pages} == {EXPORTS}
    assert [page.path for page in pages] == [
        "feeds/archive/2025-09.xml",
        "feeds/archive/2025-09.atom.xml",
        "feeds/archive/2025-09.json",
        "feeds/archive/2025-09-01.xml",
        "feeds/archive/2025-09-01.atom.xml",
    ]


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 12))])
def test_readers_who_come_and_go_miss_nothing_and_archives_stay_as_they_are(seed: int) -> None:
    rng = random.Random(seed)
    papers: dict[str, LibraryItem] = {}
    day = dt.date(2024, 11, 1)
    archives: dict[str, tuple[FeedItem, ...]] = {}
    readers: list[tuple[set[str], set[str]]] = [(set(), set()) for _ in range(4)]
    for _ in range(60):
        day += dt.timedelta(days=rng.choice([1, 1, 1, 2, 9, 31]))
        new = issue(day, rng.choice([1, 3, 20, 60]))
        papers |= {slug: item_of(found, slug) for slug, found in new.items()}
        found = views(with_papers(Library(site=SITE, themes=THEMES), papers.values()))
        for base, held in archives.items():
            assert found[base].items == held
        archives = {base: view.items for base, view in found.items() if view.archive}
        for archives_known, papers_known in readers:
            if rng.random() < 0.3:
                papers_known.update(walk(found, archives_known))
                assert papers_known == papers.keys()


def test_a_paper_that_is_hidden_leaves_the_others_where_they_are() -> None:
    papers = {
        slug: found for day in days("2025-09-29", 1, 1, 1, 30) for slug, found in issue(day, 25).items()
    }
    before = views(library(papers))
    gone = "p-2025-10-01-7"
    after = views(library({slug: found for slug, found in papers.items() if slug != gone}))
    assert {base: slugs(view) for base, view in after.items()} == {
        base: tuple(slug for slug in slugs(view) if slug != gone) for base, view in before.items()
    }
