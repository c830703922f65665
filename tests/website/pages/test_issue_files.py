"""Issues to keep: whole, in one file that needs nothing beside it."""

import re
from pathlib import Path

import pytest
from lxml import html

from generator.commands.build import build
from generator.engine.page import EXPORTS, Page
from generator.library.library import Library
from generator.problem import has_error
from generator.website.pages import issue_files, issues
from generator.website.parts.pagination import PAGE_SIZE
from tests.support.builds import THREE
from tests.support.digest import Write, write_files
from tests.support.feed_documents import HOSTILE, read
from tests.support.libraries import (
    MONDAY,
    NOTES,
    SITE,
    TITLES,
    TUESDAY,
    library,
    paper,
    planned,
    texts,
    tree,
)

PAPERS = {
    "a": paper("A $x^2$", MONDAY, themes=("data",)),
    "b": paper("B", MONDAY, position=2, pick=True, note="Read [a](/papers/a/).", themes=("data",)),
    "c": paper("C", MONDAY, TUESDAY, arxiv="2410.12265"),
    "d": paper("D", TUESDAY),
}


def issue_file(found: Library, day: str = "2025-10-27") -> Page:
    return planned(found, issue_files.plan)[f"issues/{day}/issue.html"]


def test_it_has_the_nameplate_the_picks_the_themes_and_every_paper() -> None:
    page = issue_file(library(PAPERS))
    assert texts(page, "//h1") == ["The Digest"]
    assert texts(page, "//header/p") == ["Papers worth an hour.", "27 October 2025 3 papers, 1 picked"]
    assert texts(page, "//h2") == ["Picked", "In this issue", "Data 2", "Unsorted"]
    assert texts(page, TITLES) == ["B", "A x2", "C"]
    assert texts(page, NOTES) == ["Why it is here Read a."]


def test_abstracts_are_open_so_that_any_browser_finds_and_prints_their_words() -> None:
    assert texts(issue_file(library(PAPERS)), "//details[@open]/p") == ["An abstract."] * 3


def test_what_an_earlier_issue_has_already_is_at_the_end() -> None:
    page = issue_file(library(PAPERS), "2025-10-28")
    assert texts(page, "//section[@id='again']//h3") == ["C"]


def test_a_long_issue_is_in_one_file_all_the_same() -> None:
    many = {f"p{n}": paper(f"P{n}", position=n) for n in range(PAGE_SIZE + 1)}
    pages = planned(library(many), issue_files.plan)
    assert list(pages) == ["issues/2025-10-27/issue.html"]
    assert len(texts(pages["issues/2025-10-27/issue.html"], TITLES)) == PAGE_SIZE + 1


def test_each_part_of_an_issue_offers_the_file() -> None:
    many = {f"p{n}": paper(f"P{n}", position=n) for n in range(PAGE_SIZE + 1)}
    for page in list(planned(library(many), issues.plan).values())[1:]:
        [link] = tree(page).xpath("//a[@download]")
        assert link.get("href").endswith("/issues/2025-10-27/issue.html")
        assert link.get("download") == "issue-2025-10-27.html"


def hostile(tmp_path: Path) -> Library:
    write_files(tmp_path, HOSTILE)
    return read(tmp_path)


def test_every_link_leads_within_the_file_or_to_the_web(tmp_path: Path) -> None:
    for found in (library(PAPERS), hostile(tmp_path)):
        for page in planned(found, issue_files.plan).values():
            root = tree(page)
            anchors = {"top", *root.xpath("//@id")}
            for link in root.xpath("//@href"):
                assert link[1:] in anchors if link[0] == "#" else re.match("(https?|data|mailto):", link), (
                    link
                )
            assert len(root.xpath("//@id")) == len(set(root.xpath("//@id")))
            assert root.xpath("//@src | //script | //link[@rel='stylesheet']") == []


def test_the_links_of_a_note_lead_to_the_site() -> None:
    assert f"{SITE.url}papers/a/" in tree(issue_file(library(PAPERS))).xpath("//article//a/@href")


def test_no_word_of_others_becomes_markup(tmp_path: Path) -> None:
    for page in planned(hostile(tmp_path), issue_files.plan).values():
        root = tree(page)
        assert root.xpath("//script | //img | //iframe | //b | //i") == []
        assert root.xpath("//@*[starts-with(name(), 'on')] | //@style") == []


def test_it_never_holds_up_the_pages_for_readers() -> None:
    assert issue_file(library(PAPERS)).stage == EXPORTS


class TestStylesheet:
    """It is part of the file."""

    @pytest.mark.parametrize("style", ["a{#b { color: red } }", "a { content: '{{ x }} {% y %}' }"])
    def test_is_included_as_it_is_whatever_a_template_would_make_of_it(
        self, digest: Write, style: str
    ) -> None:
        root = digest(THREE + f"\n== templates/static/style.css\n{style}\n")
        assert not has_error(build(root, root.parent / "site").problems)
        page = html.document_fromstring(
            (root.parent / "site/issues/2025-10-30/issue.html").read_text("utf-8")
        )
        assert page.findtext(".//style").strip() == style

    def test_when_changed_changes_the_files_and_no_other_page(self, digest: Write) -> None:
        root = digest(THREE)
        build(root, root.parent / "site")
        digest("\n== templates/static/style.css\na { color: red }\n")
        report = build(root, root.parent / "site")
        assert dict(report.changes) == {
            "static/style.css": "what it shows changed",
            "404.html": "a template changed: 404.html",
            "issues/2025-10-30/issue.html": "a template changed: issue_file.html",
            "issues/2025-10-29/issue.html": "a template changed: issue_file.html",
        }
