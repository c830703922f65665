"""Every kind of page, in a real Chromium: axe-core finds nothing, and nothing scrolls sideways."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.support.serving import Served, visit

LOOKS: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 390), ("dark", 1280))
"""Each colour scheme and each width once: no rule of axe is about both."""
TELEPHONE = 320
"""CSS pixels: a window of 1280 at 400 % (WCAG 2.2, 1.4.10)."""
RULES = {
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
"""Text has 7:1 (WCAG 2.2, 1.4.6), and what is clicked 24 pixels (2.5.8). To describe each element that keeps
a rule would take longer than to look at it."""
EXEMPT = {"mail.html": ("region",)}
"""A mail is read inside the page of a mail program, which has the landmarks."""
WIDTH = "document.documentElement.scrollWidth"
UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"
SPACED = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
} p { margin-bottom: 2em !important; }"""
"""What a reader may set (WCAG 2.2, 1.4.12)."""


@pytest.fixture(scope="module")
def axe(node_modules: Path) -> str:
    return (node_modules / "axe-core/axe.min.js").read_text("utf-8")


def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True, **options)
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.node
def test_axe_finds_no_violation(served: Served, browser: Browser, axe: str) -> None:
    found = []
    for page in opened(browser, reduced_motion="reduce"):
        for template, path in served.examples():
            visit(page, served.url + path)
            page.evaluate(UNFOLD)
            page.evaluate(axe)
            for scheme, width in LOOKS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                result = page.evaluate("rules => axe.run(document, rules)", RULES)
                assert result["passes"], path
                found += [
                    (path, width, scheme, violation["id"], violation["nodes"][0]["html"][:200])
                    for violation in result["violations"]
                    if violation["id"] not in EXEMPT.get(template, ())
                ]
    assert found == []


@pytest.mark.browser
def test_with_text_twice_as_large_no_page_scrolls_sideways_on_a_telephone(
    shipped: Served, browser: Browser
) -> None:
    large = browser.browser_type.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    )
    page = large.new_page(viewport={"width": 390, "height": 900})
    wide = []
    for template, paths in shipped.kinds.items():
        if template != "mail.html":
            visit(page, shipped.url + paths[0])
            wide += [paths[0]] if page.evaluate(WIDTH) > 390 else []
    large.close()
    assert wide == []


@pytest.mark.browser
def test_no_page_scrolls_sideways_on_the_narrowest_screen(served: Served, browser: Browser) -> None:
    wide = []
    for page in opened(browser, viewport={"width": TELEPHONE, "height": 900}):
        for _, path in served.examples():
            visit(page, served.url + path)
            page.evaluate(UNFOLD)
            as_it_is = page.evaluate(WIDTH)
            page.add_style_tag(content=SPACED)
            spaced_out = page.evaluate(WIDTH)
            if max(as_it_is, spaced_out) > TELEPHONE:
                wide.append((path, as_it_is, spaced_out))
    assert wide == []
