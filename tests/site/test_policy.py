"""The content security policy that each page states: none breaks it, and none asks another host."""

from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, ConsoleMessage

from tests.support.serving import Served, visit

WATCH = """
window.broken = []
addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
  broken.push(`${violatedDirective} ${blockedURI}`))
"""


def is_complaint(message: ConsoleMessage) -> bool:
    """Tell what a browser complains of; some ask for an icon that no page named, which is no page's fault."""
    return message.type in {"error", "warning"} and not message.location["url"].endswith("/favicon.ico")


STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
OTHERS = {
    "search.html": STRICT.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
    "404.html": STRICT.replace("style-src 'self'", "style-src 'unsafe-inline'"),
    "issue_file.html": "default-src 'none'; style-src 'unsafe-inline'; img-src data: {url}",
    "mail.html": "default-src 'none'; style-src 'unsafe-inline'; img-src {url}",
}
"""The policies of kinds that need more, or less: the last three are read away from the site."""
AT_ONCE = 8
"""Pages that are waited for together, for each must have asked for nothing for half a second."""


@pytest.mark.slow
def test_every_kind_of_page_states_its_policy_before_all_that_it_loads(served: Served) -> None:
    for template, path in served.examples():
        first, policy = html.parse(served.site / path).getroot().head[:2]
        assert first.get("charset"), path
        assert policy.get("http-equiv") == "Content-Security-Policy", path
        assert policy.get("content") == OTHERS.get(template, STRICT).format(url=served.url), path


@pytest.mark.browser
def test_every_kind_of_page_keeps_to_the_policy_and_to_its_host(served: Served, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script(WATCH)
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on(
        "response", lambda response: complaints.extend([response.url] if response.status >= 400 else [])
    )
    context.on("weberror", lambda flaw: complaints.append(str(flaw.error)))
    context.on(
        "console",
        lambda message: complaints.extend([message.text] if is_complaint(message) else []),
    )
    pages = [context.new_page() for _ in range(AT_ONCE)]
    paths = [path for _, path in served.examples()]
    for some in (paths[first : first + AT_ONCE] for first in range(0, len(paths), AT_ONCE)):
        shown = list(zip(pages, some, strict=False))
        for page, path in shown:
            visit(page, served.url + path)
        for page, path in shown:
            if page.locator("script").count():
                page.wait_for_load_state("networkidle")
            complaints += [f"{path}: {broken}" for broken in page.evaluate("broken")]
    context.close()
    assert complaints == []
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme != "data"}
    assert hosts == {urlsplit(served.url).netloc}


@pytest.mark.browser
def test_the_policy_is_in_force(shipped: Served, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(shipped.url)
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("broken.length")
    assert page.evaluate("broken") == ["style-src-attr inline"]
    context.close()


@pytest.mark.browser
def test_a_citation_in_the_page_is_saved_as_a_file_without_a_script(
    shipped: Served, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(next(shipped.url + path for _, path in shipped.examples() if path.startswith("papers/")))
    entry = page.locator("#bibtex").text_content()
    with page.expect_download() as saving:
        page.get_by_role("link", name="BibTeX").click()
    assert saving.value.suggested_filename.endswith(".bib")
    assert saving.value.path().read_text("utf-8") == entry
    context.close()
