"""Pages without what may be lacking: a fast line, scripts, styles, a window."""

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from tests.support.libraries import words
from tests.support.program import needed
from tests.support.serving import Served, visit

pytestmark = pytest.mark.slow

PAPER = 40_000
"""Bytes of a paper's page, at most."""
ISSUE = 3_500
"""Bytes of an issue's pages for each paper, its abstract included, at most."""
LIST = 2_000
"""Bytes of another long list's pages for each paper, at most."""
MANY = 20
"""Papers of a long list: on it the frame of the page costs little."""
FURNITURE = 200
"""Characters before the title of a page, at most: the digest's name, its sections, a paper's themes."""
LISTED = "IDEAL: Influence-Driven Selective Annotations Empower In-Context Learners in Large Language Models"


def paper_path(shipped: Served) -> str:
    titles = {path: words(parsed(shipped.site / path).find(".//h1")) for path in shipped.kinds["paper.html"]}
    return next(path for path, title in titles.items() if title == LISTED)


def text_of(path: Path) -> str:
    """Return the text of a page in the order of its source: what remains of it without styles."""
    return words(parsed(path).find("body"))


def parsed(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes().decode("utf-8"))


def in_order(text: str, *expected: str) -> bool:
    """Tell whether all that is expected is in a text, in that order."""
    place = 0
    for part in expected:
        place = text.find(part, place) + 1
        if not place:
            return False
    return True


def test_a_paper_is_a_small_page(served: Served) -> None:
    sizes = {path: (served.site / path).stat().st_size for path in served.kinds["paper.html"]}
    assert {path: size for path, size in sizes.items() if size > PAPER} == {}


def test_an_issue_costs_little_for_each_paper_with_its_abstract(shipped: Served) -> None:
    for path in shipped.kinds["issue.html"]:
        data = (shipped.site / path).read_bytes()
        assert len(data) / data.count(b"<article") <= ISSUE, path


def test_a_list_costs_little_for_each_paper_as_its_abstract_is_fetched(shipped: Served) -> None:
    for template in ("theme.html", "since.html", "paper_list.html", "picks.html"):
        for path in shipped.kinds[template]:
            data = (shipped.site / path).read_bytes()
            papers = data.count(b"<article")
            assert papers < MANY or len(data) / papers <= LIST, path


def test_the_text_begins_soon(served: Served) -> None:
    late = []
    for _, path in served.examples():
        tree = parsed(served.site / path)
        title = next(tree.iter("h1"))
        before = words(" ".join(tree.xpath("//body//text()[following::h1]")))
        if len(before) > FURNITURE or not words(title):
            late.append((path, before))
    assert late == []


def test_without_styles_a_paper_reads_from_its_title_to_its_facts(shipped: Served) -> None:
    text = text_of(shipped.site / paper_path(shipped))
    assert in_order(text, LISTED, "Abstract", "In-context learning", "Facts", "Published", "Listed")


@pytest.mark.browser
def test_without_scripts_every_page_has_its_text(served: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for template, path in served.examples():
        visit(page, served.url + path)
        assert page.locator("h1").first.is_visible(), path
        shown = words(page.locator("main, body").last.inner_text())
        assert len(shown) > 20, (template, path)
    context.close()


@pytest.mark.browser
def test_without_scripts_an_abstract_is_unfolded(shipped: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shipped.url + shipped.kinds["issue.html"][0])
    page.locator("article summary").first.click()
    assert page.locator("details p").first.is_visible()
    context.close()


@pytest.mark.parametrize(
    "command", [("w3m", "-dump", "-cols", "200"), ("lynx", "-dump", "-nolist", "-width=200")]
)
def test_a_text_browser_shows_titles_abstracts_and_facts_in_order(
    shipped: Served, command: tuple[str, ...]
) -> None:
    needed(shutil.which(command[0]), command[0])

    def dump(path: str) -> str:
        done = subprocess.run(
            [*command, str(shipped.site / path)],
            capture_output=True,
            check=True,
            timeout=60,
            env={"LC_ALL": "C.UTF-8", "HOME": str(shipped.site), "PATH": "/usr/bin:/bin"},
        )
        return words(done.stdout.decode("utf-8"))

    issue = next(path for path in shipped.kinds["issue.html"] if LISTED in text_of(shipped.site / path))
    assert in_order(dump("index.html"), "The Held-Out Set", "31 October 2025", "Why it is here", "Themes")
    assert in_order(dump(issue), "212 papers", "In this issue", LISTED, "Abstract", "In-context learning")
    paper = dump(paper_path(shipped))
    assert in_order(paper, LISTED, "In-context learning", "Published", "Listed")
