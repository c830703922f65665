"""Addresses: no two pages can meet at one, and the page of a paper is found without any other."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library.site_files import OWN_ADDRESSES
from generator.model import UNSORTED, Correction, Paper
from generator.website.pages import papers
from generator.website.parts.pagination import PAGE_SIZE
from tests.support.libraries import MONDAY, TUESDAY, library, paper, planned

pytestmark = pytest.mark.slow

SLUGS = st.sampled_from([f"paper-{number}" for number in range(8)])
PAPERS = st.builds(
    paper,
    st.sampled_from(["A title", "Another", None]),
    st.sampled_from([MONDAY, TUESDAY, None]),
    position=st.integers(1, 3),
    themes=st.lists(st.sampled_from(["data", "models", "unknown"]), max_size=3).map(tuple),
)


@given(st.dictionaries(SLUGS, PAPERS, max_size=8), st.dictionaries(st.sampled_from(["old", "older"]), SLUGS))
def test_a_papers_page_planned_by_itself_is_the_one_planned_among_all(
    found: dict[str, Paper], moved: dict[str, str]
) -> None:
    whole = library(found)
    formerly = {old: slug for old, slug in moved.items() if slug in found}
    digest = msgspec.structs.replace(whole, formerly=formerly)
    pages = planned(digest, papers.plan)
    assert {path: papers.page(digest, path) for path in pages} == pages
    for path in (
        "papers/nobody/index.html",
        "papers/index.html",
        "index.html",
        "papers/paper-0",
        "papers//index.html",
    ):
        assert papers.page(digest, path) == pages.get(path)


def test_the_sites_own_pages_are_in_folders_that_no_markdown_page_can_take() -> None:
    changes = (Correction(date=dt.date(2025, 11, 1), text="Better."),)
    many = {
        f"p{number}": paper(pick=True, themes=("data",), changes=changes) for number in range(PAGE_SIZE + 1)
    }
    digest = library(many | {"unsorted": paper(), "undated": paper("A", None, formerly=("old",))})
    folders = {path.split("/")[0] for path in planned(digest) if "/" in path}
    assert folders - OWN_ADDRESSES == set()
    assert OWN_ADDRESSES - folders == {"images", "static"}  # these have files of the digest
    assert digest.by_theme[-1].theme == UNSORTED


def test_no_two_pages_of_thirty_thousand_papers_in_four_years_have_one_address() -> None:
    first = dt.date(2020, 1, 1)
    days = (first + dt.timedelta(days=number % (4 * 365)) for number in range(30_000))
    many = {f"p{number}": paper("A", day, published=day) for number, day in enumerate(days)}
    assert {"archive/2020/10/index.html", "archive/2020/part-10/index.html"} <= planned(library(many)).keys()
