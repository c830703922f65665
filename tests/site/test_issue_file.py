"""An issue that a reader kept, opened from the disk in a real Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.serving import Served

ISSUE = "issues/2025-10-30/issue.html"


@pytest.fixture
def kept(site: Path, tmp_path: Path) -> Path:
    """Return the file by itself, as it is once it is downloaded."""
    return Path(shutil.copy(site / ISSUE, tmp_path / "issue-2025-10-30.html"))


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_no_issue_asks_for_anything_but_itself(served: Served, page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    formulas = 0
    for path in served.kinds["issue_file.html"]:
        kept = Path(shutil.copy(served.site / path, tmp_path / "kept.html"))
        page.goto(kept.as_uri(), wait_until="networkidle")
        assert (asked, said) == ([kept.as_uri()], [])
        assert page.locator("body").evaluate("body => getComputedStyle(body).maxWidth") == "1248px"
        formulas += page.locator("math").count()
        asked.clear()
    assert formulas > 0


@pytest.mark.browser
def test_it_holds_every_abstract_open_on_the_screen_and_on_paper(page: Page, kept: Path) -> None:
    page.goto(kept.as_uri())
    abstracts = page.locator("details > p")
    assert abstracts.count() >= 120
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        heights = abstracts.evaluate_all("found => found.map(each => each.getBoundingClientRect().height)")
        assert min(heights) > 0
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.browser
def test_the_browsers_own_search_finds_the_last_words_of_the_last_abstract(
    browser: Browser, kept: Path
) -> None:
    page = browser.new_page()
    page.goto(kept.as_uri())
    words = page.locator("details > p").last.inner_text()[-40:]
    assert page.evaluate("words => window.find(words)", words)
    assert not page.evaluate("window.find('words that are in no abstract')")
    page.close()


@pytest.mark.browser
def test_its_contents_lead_to_the_picks_and_the_themes(page: Page, kept: Path) -> None:
    page.goto(kept.as_uri())
    for link in (page.locator(".titles a").last, page.locator(".index a").last):
        target = link.get_attribute("href") or ""
        link.click()
        assert page.url == kept.as_uri() + target
        assert abs(page.locator(target).evaluate("target => target.getBoundingClientRect().top")) < 600
