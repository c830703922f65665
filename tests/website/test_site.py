"""All pages together: links that resolve under any base path, headings in order, no markup but our own."""

import datetime as dt
import posixpath
import re
from itertools import pairwise

import msgspec
import pytest
from lxml import html

from generator.model import Correction, Listed, MarkdownPage, Paper, Theme
from generator.settings import Site
from generator.website.pages import front, issues
from generator.website.parts.pagination import PAGE_SIZE
from tests.support.libraries import (
    MONDAY,
    SITE,
    TUESDAY,
    library,
    paper,
    planned,
    rendered,
    site_of,
    tree,
)

SCRIPT = "<script>alert(1)</script>"
ATTRIBUTE = "\"'><img src=x onerror=alert(1)>"
EVIL = f"{SCRIPT} {ATTRIBUTE} &lt;b&gt; </title></textarea> [x](javascript:alert(1)) http://a.example/'\""

VARIED = {
    "a": paper("A", MONDAY, TUESDAY, themes=("data", "models"), pick=True, note="Read [b](/papers/b/)."),
    "b": paper(None, TUESDAY, published=dt.date(2024, 2, 29), formerly=("b-before",), arxiv="2410.12265"),
    "c": paper("C", None, published=dt.date(2019, 12, 31), themes=("data",), withdrawn=True),
    "d": paper("A formula $x^2$ and https://a.example/page", MONDAY, position=2),
    "kept-back": paper("kept-back", MONDAY, hide=True),
    "kept-back-too": paper("kept-back-too", MONDAY, draft=True, pick=True, note="kept-back"),
}
PAGES = (MarkdownPage(slug="about", title="About", text="# Again\n\nSee [a](/papers/a/)."),)

HOSTILE = Paper(
    title=EVIL,
    abstract=f"{EVIL}\n\\href{{javascript:alert(1)}}{{x}} $\\text{{{SCRIPT}}}$",
    authors=(EVIL,),
    organization=EVIL,
    comment=EVIL,
    venue=EVIL,
    license=EVIL,
    categories=(EVIL,),
    tags=(EVIL,),
    note=f"{EVIL}\n\n<iframe src=x></iframe>\n\n![x](https://a.example/x.png)\n\n# Heading",
    changes=(Correction(date=MONDAY, text=EVIL),),
    doi="10.1234/<script>",
    links={"code": "https://a.example/?a='b'&c=d"},
    published=MONDAY,
    pick=True,
    themes=("data",),
    listed=(Listed(listing=EVIL, issue=MONDAY, position=1),),
)


@pytest.fixture(scope="module")
def varied() -> dict[str, str]:
    return site_of(library(VARIED, pages=PAGES))


@pytest.fixture(scope="module")
def hostile() -> dict[str, str]:
    site = Site(title=EVIL, description=EVIL, url=SITE.url, tag_authority=SITE.tag_authority)
    themes = (Theme(slug="data", title=EVIL, description=EVIL),)
    pages = (MarkdownPage(slug="about", title=EVIL, text=EVIL),)
    return site_of(library({"a": HOSTILE, "b": HOSTILE}, themes=themes, pages=pages, site=site))


def internal(link: str) -> bool:
    return not re.match(r"[a-z]+:", link) and not link.startswith("//")


def test_every_internal_link_and_anchor_resolves(varied: dict[str, str]) -> None:
    static = {"static/style.css", "static/custom.css", "static/icon.svg"}
    files = {*planned(library(VARIED, pages=PAGES)), *static}
    anchors = {
        path: set(html.document_fromstring(text).xpath("//@id")) | {"top"} for path, text in varied.items()
    }
    dead = []
    for path, text in varied.items():
        for link in filter(internal, html.document_fromstring(text).xpath("//@href")):
            target, _, anchor = link.partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            found = posixpath.join(found, "index.html") if target.endswith("/") else found
            found = found.removeprefix("./")
            if found not in files or (anchor and anchor not in anchors.get(found, ())):
                dead.append((path, link))
    assert dead == []


def test_links_stay_below_the_root_whatever_it_is(varied: dict[str, str]) -> None:
    for path, text in varied.items():
        for link in filter(internal, html.document_fromstring(text).xpath("//@href")):
            assert not link.startswith("/")
            assert link.count("../") <= path.count("/")


def test_ids_are_unique_and_headings_run_in_order_from_one_first(varied: dict[str, str]) -> None:
    for path, text in varied.items():
        page = html.document_fromstring(text)
        ids = page.xpath("//@id")
        assert len(set(ids)) == len(ids), path
        levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_a_hidden_paper_is_in_no_page_and_in_no_view(varied: dict[str, str]) -> None:
    for path, page in planned(library(VARIED, pages=PAGES)).items():
        assert "kept-back" not in path
        assert b"kept-back" not in msgspec.msgpack.encode(page.view, enc_hook=lambda paper: paper.packed), (
            path
        )


def test_window_titles_are_unlike_each_other_and_short(varied: dict[str, str]) -> None:
    titles = [html.document_fromstring(text).xpath("string(//title)") for text in varied.values()]
    assert max(map(len, titles)) <= 60
    assert titles.count("The Digest") == 1


def test_no_word_of_others_becomes_markup(hostile: dict[str, str]) -> None:
    for path, text in hostile.items():
        page = html.document_fromstring(text)
        assert page.xpath("//img | //iframe | //textarea | //b") == [], path
        assert page.xpath("//script[not(@src) and not(@type='application/ld+json')]") == [], path
        assert page.xpath("//@*[starts-with(name(), 'on')] | //@style") == [], path
        assert [
            link
            for link in page.xpath("//@href")
            if not re.match(r"https?://|\.|#|data:[a-z./+-]+;charset=utf-8;base64,", link)
        ] == [], path
        assert page.xpath("count(//title)") == 1, path


def test_words_of_others_are_shown_as_they_are(hostile: dict[str, str]) -> None:
    page = html.document_fromstring(hostile["papers/a/index.html"])
    assert SCRIPT in page.xpath("string(//h1)")
    assert "&lt;b&gt;" in page.xpath("string(//h1)")


def test_nothing_is_loaded_from_elsewhere(varied: dict[str, str], hostile: dict[str, str]) -> None:
    for text in [*varied.values(), *hostile.values()]:
        page = html.document_fromstring(text)
        loaded = page.xpath("//@src | //link[@rel != 'canonical']/@href")
        assert all(internal(link) or link.startswith(SITE.url) for link in loaded)


def test_a_title_with_an_address_stays_one_link() -> None:
    page = tree(planned(library(VARIED), issues.plan)["issues/2025-10-27/index.html"])
    [title] = [h3 for h3 in page.xpath("//h3") if "formula" in h3.text_content()]
    assert title.xpath(".//a/@href") == ["../../papers/d/"]
    assert title.xpath(".//*[local-name()='math']") != []


@pytest.mark.parametrize("count", [0, 1, PAGE_SIZE + 1])
def test_digests_of_any_size_have_all_their_pages(count: int) -> None:
    papers = {f"p{n}": paper(f"P{n}", position=n, themes=("data",)) for n in range(count)}
    pages = planned(library(papers))
    assert {"index.html", "404.html", "issues/index.html", "themes/index.html", "picks/index.html"} <= set(
        pages
    )
    assert sum(path.startswith("papers/") and path.endswith("index.html") for path in pages) == count
    for path in ("index.html", "themes/data/index.html", "archive/index.html"):
        assert rendered(pages[path]).endswith("</html>\n")


def test_an_empty_front_page_has_no_heading_without_a_list() -> None:
    page = tree(planned(library(themes=()), front.plan)["index.html"])
    assert [heading.text_content() for heading in page.iter("h2")] == []
