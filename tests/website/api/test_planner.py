"""Files for programs: what each holds, its address, and how few change."""

import json
import re
from typing import Any

import msgspec
import pytest

from generator.engine.page import EXPORTS, Page, ViewDigests
from generator.library.library import Library
from generator.settings import Outputs
from generator.website.api import planner
from generator.website.api.views import HOME
from generator.website.parts.pagination import PAGE_SIZE
from tests.support.libraries import MONDAY, SITE, TUESDAY, library, paper, planned, rendered

view_digest = ViewDigests().of

VARIED = {
    "a": paper("A", MONDAY, TUESDAY, themes=("data", "models"), pick=True, note="See [b](/papers/b/)."),
    "b": paper(None, TUESDAY, formerly=("b-before",), abstract="The first words."),
    "c": paper("C", None),
    "kept-back": paper("kept-back", MONDAY, hide=True),
}


def files(found: Library) -> dict[str, Any]:
    """Return what the files hold, by their paths below `api/v1/`."""
    return {
        path.removeprefix(HOME): json.loads(rendered(page))
        for path, page in planned(found, planner.plan).items()
        if path.endswith(".json")
    }


def many(count: int) -> dict[str, Any]:
    return {f"p{n}": paper(f"P{n}", position=n, themes=("data",)) for n in range(1, count + 1)}


def slugs(entries: list[Any]) -> list[str]:
    return [entry["slug"] for entry in entries]


def test_the_index_leads_to_all_else() -> None:
    index = files(library(VARIED))["index.json"]
    assert index == {
        "kind": "index",
        "version": 1,
        "title": "The Digest",
        "description": "Papers worth an hour.",
        "language": "en",
        "url": SITE.url,
        **{
            name: f"{SITE.url}api/v1/{file}"
            for name, file in {
                "schema": "schema.json",
                "papers": "papers.json",
                "dump": "papers.jsonl",
                "issues": "issues.json",
                "themes": "themes.json",
            }.items()
        },
    }


IN_ANY_CASE = {"", "papers/a/", "api/v1/papers.json", "issues/undated/", "themes/unsorted/"}


@pytest.mark.parametrize(
    ("outputs", "also"),
    [
        (Outputs(), {"api/v1/papers/a.json"}),
        (Outputs(paper_citations=True), {"api/v1/papers/a.json", "papers/a/cite.bib"}),
        (Outputs(paper_api=False), set()),
    ],
)
def test_every_address_is_that_of_a_planned_page(outputs: Outputs, also: set[str]) -> None:
    found = library(VARIED, site=msgspec.structs.replace(SITE, outputs=outputs))
    addresses = {page.removesuffix("index.html") for page in planned(found)}
    named = {
        address
        for page in planned(found, planner.plan).values()
        for address in re.findall(rf':\s?"{SITE.url}([^"]*)"', rendered(page))
    }
    assert IN_ANY_CASE | also <= named
    assert named - addresses == set()


def test_issues_and_themes_are_counted_and_list_their_papers() -> None:
    found = files(library(VARIED))
    assert [
        (issue.get("day"), issue["total"], issue["picks"]) for issue in found["issues.json"]["issues"]
    ] == [
        ("2025-10-28", 1, 0),
        ("2025-10-27", 1, 1),
        (None, 1, 0),
    ]
    tuesday = found["issues/2025-10-28.json"]
    assert (slugs(tuesday["papers"]), slugs(tuesday["again"])) == (["b"], ["a"])
    assert [(theme["slug"], theme["total"]) for theme in found["themes.json"]["themes"]] == [
        ("data", 1),
        ("models", 1),
        ("unsorted", 2),
    ]
    assert slugs(found["themes/unsorted.json"]["papers"]) == ["b", "c"]


def test_a_heading_is_plain_text_and_the_title_is_as_the_record_has_it() -> None:
    found = files(library({"x": paper("On $x^2$ & more", headline=None), "y": VARIED["b"]}))
    assert (found["papers/x.json"]["title"], found["papers/x.json"]["heading"]) == (
        "On $x^2$ & more",
        "On x² & more",
    )
    assert "title" not in found["papers/y.json"]
    assert (found["papers/y.json"]["heading"], found["papers/y.json"]["provisional"]) == (
        "The first words.",
        True,
    )


def test_the_links_of_a_note_lead_to_the_site() -> None:
    note = files(library(VARIED))["papers/a.json"]
    assert note["note"] == "See [b](/papers/b/)."
    assert note["note_html"] == f'<p>See <a href="{SITE.url}papers/b/">b</a>.</p>\n'


def test_a_former_address_tells_where_the_paper_is() -> None:
    moved = files(library(VARIED))["papers/b-before.json"]
    assert (moved["kind"], moved["slug"], moved["file"]) == ("moved", "b", f"{SITE.url}api/v1/papers/b.json")


def test_nothing_of_a_hidden_paper_is_in_any_file() -> None:
    for path, page in planned(library(VARIED), planner.plan).items():
        assert "kept-back" not in path + rendered(page)


def test_a_long_list_goes_on_in_files_numbered_from_the_oldest() -> None:
    found = files(library(many(PAGE_SIZE + 1)))
    for name in ("papers", "themes/data", "issues/2025-10-27"):
        assert slugs(found[f"{name}.json"]["papers"]) == ["p1"]
        assert found[f"{name}.json"]["older"] == f"{SITE.url}api/v1/{name}.1.json"
        assert len(found[f"{name}.1.json"]["papers"]) == PAGE_SIZE
        assert "older" not in found[f"{name}.1.json"]


def changed(before: dict[str, Page], after: dict[str, Page]) -> set[str]:
    return {
        path
        for path in after
        if path not in before or view_digest(before[path].view) != view_digest(after[path].view)
    }


def test_one_new_paper_changes_few_files_however_many_papers_there_are() -> None:
    before = many(2 * PAGE_SIZE + 1) | VARIED
    after = before | {"new": paper("New", TUESDAY, position=9, themes=("models",))}
    old, new = (planned(library(found), planner.plan) for found in (before, after))
    assert changed(old, new) == {
        f"api/v1/{name}"
        for name in (
            *("papers/new.json", "papers.json", "papers.jsonl"),
            *("issues.json", "issues/2025-10-28.json"),
            *("themes.json", "themes/models.json"),
        )
    }


def test_they_never_hold_up_the_pages_for_readers() -> None:
    assert {page.stage for page in planned(library(VARIED), planner.plan).values()} == {EXPORTS}
