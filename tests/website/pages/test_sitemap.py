"""What crawlers read."""

import msgspec
import pytest
from lxml import etree

from generator.engine.page import Page
from generator.website.pages import sitemap
from tests.support.libraries import library, paper, planned, rendered


def urls(page: Page) -> list[str]:
    root = etree.fromstring(rendered(page).encode())
    return [found.text.removeprefix("https://digest.example/base/") for found in root.iter("{*}loc")]


def test_the_sitemap_names_the_pages_a_reader_may_look_for() -> None:
    found = library({"a": paper("A", themes=("data",)), "b": paper("B", position=2, formerly=("c",))})
    named = urls(planned(found, sitemap.plan)["sitemap.xml"])
    assert {"", "issues/", "themes/", "picks/", "archive/"} <= set(named)
    assert named[-6:] == [
        "issues/2025-10-27/",
        *("themes/data/", "themes/models/", "themes/unsorted/"),
        *("papers/b/", "papers/a/"),
    ]


def test_a_sitemap_that_is_too_long_is_split_under_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = urls(planned(library({"a": paper("A")}), sitemap.plan)["sitemap.xml"])
    monkeypatch.setattr(sitemap, "SITEMAP_LIMIT", len(whole) - 1)
    pages = planned(library({"a": paper("A")}), sitemap.plan)
    assert urls(pages["sitemap.xml"]) == ["sitemap-1.xml", "sitemap-2.xml"]
    assert urls(pages["sitemap-1.xml"]) == whole[:-1]
    assert urls(pages["sitemap-2.xml"]) == ["papers/a/"]


@pytest.mark.parametrize(
    ("urls", "paths"),
    [(50_000, ["sitemap.xml"]), (50_001, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"])],
)
def test_a_sitemap_holds_50_000_addresses(urls: int, paths: list[str]) -> None:
    [card] = library({"a": paper("A")}).cards
    found = msgspec.structs.replace(library(), cards=(urls - 8) * (card,))
    assert [*planned(found, sitemap.plan)][:-1] == paths


def test_robots_txt_allows_everything_and_names_the_sitemap() -> None:
    text = rendered(planned(library(), sitemap.plan)["robots.txt"])
    assert text.splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        "Sitemap: https://digest.example/base/sitemap.xml",
    ]
