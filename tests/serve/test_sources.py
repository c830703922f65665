"""From a page to its sources: where each field is written, and which listing states it."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.ingest.receipts import abstract_digest
from generator.library.snapshot import read_library
from generator.problem import Location
from generator.serve.editor import VSCODE, EditorLinks
from generator.serve.sources import FieldSource, sources
from tests.support.digest import Write
from tests.support.live_server import Serve, edit

PAPER = "content/papers/2025/alpha.yaml"
RECEIPT = "content/receipts/2025-10-30-x.txt.jsonl"
DIGEST = f"""
== {PAPER}
title: Alpha of the first kind
published: 2025-01-02
id: alpha
listed:
- {{listing: 2025-10-30-x.txt, issue: 2025-10-30, position: 7}}
themes: [data]
note: Because it is short.
abstract: An abstract of alpha, as edited.
== {RECEIPT}
{{"id":"omega","position":1,"stated":{{"title":"alpha"}}}}
{{"id":"alpha","position":7,"stated":{{"abstract":"sha256:0","published":"2025-01-02"}}}}
== content/issues/2025-10-30.md
Good morning.
== content/pages/about.md
# About
"""


@pytest.fixture
def root(digest: Write) -> Path:
    return digest(DIGEST)


def found(root: Path, page: str) -> list[FieldSource]:
    return list(sources(read_library(root), page, EditorLinks(root=root, address=VSCODE)))


def test_each_field_of_a_record_has_its_place_and_what_listings_state(root: Path) -> None:
    rows = [
        (source.field, source.place, [each.text for each in source.statements], source.remark)
        for source in found(root, "papers/alpha/")
    ]
    edited = "An editor's: no listing states it so."
    assert rows == [
        ("title", f"{PAPER}:1:8", [], edited),
        ("abstract", f"{PAPER}:8:11", ["another abstract"], edited),
        ("published", f"{PAPER}:2:12", ["2025-01-02"], ""),
        ("id", f"{PAPER}:3:5", [], "Written by ingest."),
        ("listed", f"{PAPER}:5:1", [], "Written by ingest."),
        ("themes", f"{PAPER}:6:9", [], "The editors' own."),
        ("note", f"{PAPER}:7:7", [], "The editors' own."),
        ("file", f"{PAPER}:1:1", [], ""),
        ("site title", "content/site.yaml:1:8", [], ""),
        ("site description", "content/site.yaml:4:14", [], ""),
    ]


def test_a_statement_names_its_listing_and_its_receipt(root: Path) -> None:
    [published] = [each for each in found(root, "papers/alpha/") if each.field == "published"]
    [statement] = published.statements
    assert (statement.listing, statement.position, statement.place) == ("2025-10-30-x.txt", 7, f"{RECEIPT}:2")


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ({"title": "x" * 200}, "x" * 200),
        ({"title": "x" * 201}, f"{'x' * 200} …"),
        ({"authors": ["Ann", "Bo"]}, '["Ann","Bo"]'),
        ({"abstract": abstract_digest("An abstract of alpha, as edited.")}, "this abstract"),
    ],
)
def test_what_a_listing_states_is_shown_up_to_200_characters(
    root: Path, stated: dict[str, object], shown: str
) -> None:
    record = root / PAPER
    record.write_text(record.read_text().replace("id: alpha\n", "authors: [Ann, Bo]\n"))
    receipt = json.dumps({"id": "alpha", "position": 7, "stated": stated})
    (root / RECEIPT).write_text(f'half a line "alpha"\n{receipt}\n')
    (root / "content/receipts/a-folder.jsonl").mkdir()
    [field] = stated
    [source] = [each for each in found(root, "papers/alpha/") if each.field == field]
    assert [(each.text, each.place) for each in source.statements] == [(shown, f"{RECEIPT}:2")]
    assert (source.remark == "") == (field != "title")


@pytest.mark.parametrize(
    ("page", "places"),
    [
        ("themes/data/", ["content/themes.yaml:2:10"]),
        ("issues/2025-10-30/", ["content/issues/2025-10-30.md:1:1"]),
        ("about/", ["content/pages/about.md:1:1"]),
        ("archive/", []),
        ("papers/nobody/", []),
        ("../../etc/passwd", []),
    ],
)
def test_other_pages_lead_to_what_is_theirs(root: Path, page: str, places: list[str]) -> None:
    assert [each.place for each in found(root, page) if "site.yaml" not in each.place] == places


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (VSCODE, "vscode://file/my%20digest/content/a.yaml:3:7"),
        ("idea://open?file={path}&line={line}", "idea://open?file=/my%20digest/content/a.yaml&line=3"),
    ],
)
def test_a_link_opens_a_place_in_a_text_editor(address: str, link: str) -> None:
    links = EditorLinks(root=Path("/my digest"), address=address)
    assert links.to(Location(path="content/a.yaml", line=3, column=7)) == link
    assert links.to(Location(path="content/a.yaml")) == link.replace("3", "1").replace("7", "1")


PANEL = "broadsheet-sources section"


@pytest.mark.browser
def test_alt_click_shows_where_a_field_is_written(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root, "--editor", "test:{path}:{line}:{column}")
    page.goto(f"{server.url}/papers/alpha/")
    panel = page.locator(PANEL)
    for selector, place in {
        "h1": "1:8",
        ".dt-published": "2:12",
        ".p-summary": "8:11",
        ".note p": "7:7",
        ".head .label a": "6:9",
    }.items():
        page.locator(selector).first.click(modifiers=["Alt"])
        first = panel.locator("article").first
        expect(first.get_by_role("link").first).to_have_text(f"{PAPER}:{place}")
        expect(first.get_by_role("link").first).to_have_attribute("href", f"test:{root}/{PAPER}:{place}")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.goto(f"{server.url}/issues/2025-10-30/")
    page.locator("article .dt-published").click(modifiers=["Alt"])
    expect(panel).to_contain_text(f"{PAPER}:2:12")
    expect(panel).to_contain_text("Paper 7 of 2025-10-30-x.txt states: 2025-01-02")
    edit(root / PAPER, "published: 2025-01-02", "published: soon")
    link = page.locator("broadsheet-problems section").get_by_role("link")
    expect(link).to_have_attribute("href", f"test:{root}/{PAPER}:2:12")
