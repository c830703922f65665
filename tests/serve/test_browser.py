"""The live server in a real Chromium: what an editor sees without touching the browser."""

import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.support.digest import write_files
from tests.support.live_server import ALPHA, Serve, edit, put, until

pytestmark = pytest.mark.browser
LONG = "".join(
    f"== content/papers/2024/p{number:03}.yaml\n"
    f"title: Paper {number}\nauthor_count: 1\npublished: 2024-01-01\nthemes: [models]\n"
    f"listed:\n- {{listing: z, issue: 2024-01-02, position: {number}}}\nabstract: Abstract {number}.\n"
    for number in range(1, 61)
)
"""An issue that is longer than a screen."""
ISSUE = "/issues/2024-01-02/"


def is_loaded_again(page: Page) -> bool:
    """Tell whether a page has lost its mark. `wait_for_function` would need a policy that allows it eval."""
    try:
        return not page.evaluate("window.stillHere")
    except Error:  # it is just being loaded
        return False


OVERLAY = "broadsheet-problems section"
MARK = "window.stillHere = true"


def reloaded(page: Page) -> bool:
    return not page.evaluate("window.stillHere")


def test_an_edit_shows_by_itself(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    edit(root / ALPHA, "it is short", "it is *long*")
    expect(page.get_by_text("Because it is long")).to_be_visible()
    page.evaluate(MARK)
    edit(root / "content/papers/2025/gamma.yaml", "title: Gamma", "title: Gammon")
    server.until_shows("/papers/gamma/", "Gammon")
    edit(root / ALPHA, "*long*", "<b>odd</b>")
    expect(page.get_by_text("Because it is <b>odd</b>")).to_be_visible()
    assert reloaded(page)


def test_an_edit_shows_in_a_browser_without_locks(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
    page.goto(f"{server.url}/papers/alpha/")
    edit(root / ALPHA, "it is short", "it is long")
    expect(page.get_by_text("Because it is long")).to_be_visible()


def test_an_edit_elsewhere_leaves_the_page_alone(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    page.evaluate(MARK)
    with page.expect_response(lambda response: "/-/status" in response.url):
        edit(root / "content/pages/about.md", "What this is", "What that is")
    with page.expect_response(lambda response: "/-/status" in response.url):
        edit(root / "content/pages/about.md", "What that is", "What it is")
    assert not reloaded(page)


def test_styles_are_swapped_without_a_reload(root: Path, serve: Serve, page: Page) -> None:
    style = root / "templates/static/style.css"
    style.parent.mkdir(parents=True)
    style.write_text("h1 { color: rgb(1, 1, 1); }")
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    page.evaluate(MARK)
    for shade in (2, 3, 4):
        style.write_text(f"h1 {{ color: rgb({shade}, 1, 1); }}")
        expect(page.locator("h1")).to_have_css("color", f"rgb({shade}, 1, 1)")
    expect(page.locator('link[rel="stylesheet"]')).to_have_count(2)  # the site's, and the editors'
    assert not reloaded(page)
    style.with_name("icon.svg").write_text("<svg/>")
    until("the page is loaded again", lambda: is_loaded_again(page))


def test_place_open_abstracts_and_focus_are_kept(root: Path, serve: Serve, page: Page) -> None:
    write_files(root, LONG)
    server = serve(root)
    page.goto(f"{server.url}{ISSUE}")
    page.evaluate(MARK)
    summaries = page.locator("summary")
    for number in (3, 40):
        summaries.nth(number).click()
    summaries.nth(41).focus()
    page.evaluate("scrollTo(0, 1234)")
    edit(root / "content/papers/2024/p050.yaml", "title: Paper 50", "title: Paper fifty")
    until("the page is loaded again", lambda: is_loaded_again(page))
    expect(page.get_by_text("Paper fifty")).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("scrollY") == 1234
    is_open = page.evaluate("[...document.querySelectorAll('details')].map((one) => one.open)")
    assert [number for number, one in enumerate(is_open) if one] == [3, 40]
    assert page.evaluate("document.activeElement === document.querySelectorAll('summary')[41]")
    assert page.evaluate("history.scrollRestoration") == "auto"


def test_a_problem_covers_the_last_good_page_until_it_is_fixed(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    page.evaluate(MARK)
    evil = "<img src=x onerror=alert(1)>"
    edit(root / ALPHA, "author_count: 2", f"author_count: {evil}")
    overlay = page.locator(OVERLAY)
    expect(overlay).to_contain_text(f"{ALPHA}:2:15")
    expect(overlay).to_contain_text("1 error")
    expect(overlay.locator("pre")).to_have_text(f"2 | author_count: {evil}")
    expect(overlay.locator(".at")).to_have_text("<")
    assert overlay.locator("img").count() == 0
    expect(page.locator("h1")).to_have_text("Alpha of the first kind")
    edit(root / "content/papers/2025/beta.yaml", "title: Beta", "titel: Beta")
    expect(overlay).to_contain_text("2 errors")
    edit(root / "content/papers/2025/beta.yaml", "titel: Beta", "title: Beta")
    expect(overlay).to_contain_text("1 error")
    edit(root / ALPHA, evil, "2")
    expect(overlay).to_have_count(0)
    assert not reloaded(page)


def test_an_error_in_a_template_covers_the_last_good_page(root: Path, serve: Serve, page: Page) -> None:
    own = root / "templates/paper.html"
    own.parent.mkdir()
    own.write_text("<body><h1>{{ view.card.title }}</h1></body>", "utf-8")
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    put(own, "<body>\n<h1>{{ view.cart.title }}</h1></body>")
    expect(page.locator(OVERLAY)).to_contain_text("templates/paper.html:2")
    expect(page.locator("h1")).to_have_text("Alpha of the first kind")
    put(own, "<body><h1>The {{ view.card.title }}</h1></body>")
    expect(page.locator("h1")).to_have_text("The Alpha of the first kind")
    expect(page.locator(OVERLAY)).to_have_count(0)


def test_escape_dismisses_problems_until_they_change(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    beta = root / "content/papers/2025/beta.yaml"
    edit(beta, "title: Beta", "title: [Beta")
    expect(page.locator(OVERLAY)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(OVERLAY)).to_have_count(0)
    page.evaluate(MARK)
    edit(root / ALPHA, "title: Alpha", "title: Alphabet")
    until("the page is loaded again", lambda: is_loaded_again(page))
    page.wait_for_load_state()
    expect(page.locator(OVERLAY)).to_have_count(0)
    edit(beta, "title: [Beta\nauthor_count: 1", "title: Beta\nauthor_count: [1")
    expect(page.locator(OVERLAY)).to_be_visible()
    page.locator(OVERLAY).get_by_role("button").click()
    expect(page.locator(OVERLAY)).to_have_count(0)


def test_a_page_that_goes_away_comes_back(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    text = (root / ALPHA).read_text("utf-8")
    (root / ALPHA).unlink()
    expect(page.locator("h1")).to_have_text("There is no page at this address")
    (root / ALPHA).write_text(text, "utf-8")
    expect(page.locator("h1")).to_have_text("Alpha of the first kind")


def test_an_open_page_survives_a_restart_of_the_server(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    page.evaluate(MARK)
    server.stop(signal.SIGKILL)
    edit(root / ALPHA, "it is short", "it is long")
    again = serve(root, "--port", str(server.port))
    expect(page.get_by_text("Because it is long")).to_be_visible()
    page.evaluate(MARK)
    again.stop()
    third = serve(root, "--port", str(server.port))
    with page.expect_response(lambda response: "/-/status" in response.url):
        pass
    assert not reloaded(page)
    edit(root / ALPHA, "it is long", "it is short")
    expect(page.get_by_text("Because it is short")).to_be_visible()
    third.stop()


def test_a_page_whose_scripts_come_only_after_a_while_follows_changes(
    root: Path, serve: Serve, page: Page
) -> None:
    server = serve(root)
    page.route("**/-/*s.js", lambda route: route.abort(), times=2)
    with page.expect_event("requestfailed"), page.expect_event("requestfailed"):
        page.goto(f"{server.url}/papers/alpha/")
    edit(root / ALPHA, "it is short", "it is long")
    expect(page.get_by_text("Because it is long")).to_be_visible()


def test_scripts_that_cannot_be_fetched_on_demand_fail_silently(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    for name in ("copying", "keys"):
        page.route(f"**/static/reader/{name}.js", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(f"{server.url}/papers/alpha/")
    with page.expect_event("requestfailed"):
        page.keyboard.press("j")
    expect(page.locator("[data-copy]")).to_be_hidden()


def test_a_search_finds_an_edited_title(root: Path, serve: Serve, page: Page, browser: Browser) -> None:
    server = serve(root)
    found = page.locator("article .title a")
    page.goto(f"{server.url}/search/?q=first")
    expect(found).to_have_text(["Alpha of the first kind"])
    edit(root / ALPHA, "title: Alpha of the first", "title: Omega of the best")
    server.until_shows("/papers/alpha/", "Omega")
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(f"{server.url}/search/?q=best")
        expect(other.locator("article .title a")).to_have_text(["Omega of the best kind"])
    page.get_by_label("Words").fill("gamma")  # with the index that it has
    expect(found).to_have_text(["Gamma"])
    page.goto(f"{server.url}/search/?q=first")
    expect(page.get_by_text("No papers")).to_be_visible()
    page.get_by_label("Words").fill("best")
    expect(found).to_have_text(["Omega of the best kind"])


def test_a_start_without_settings_shows_why_and_recovers(root: Path, serve: Serve, page: Page) -> None:
    edit(root / "content/site.yaml", "title: A Digest", "title: [A Digest")
    server = serve(root)
    page.goto(f"{server.url}/papers/alpha/")
    expect(page.locator(OVERLAY)).to_contain_text("content/site.yaml")
    edit(root / "content/site.yaml", "title: [A Digest", "title: A Digest")
    expect(page.locator("h1")).to_have_text("Alpha of the first kind")


def test_more_pages_than_a_browser_has_connections_are_all_live(
    root: Path, serve: Serve, browser: Browser
) -> None:
    server = serve(root)
    with browser.new_context() as context:
        pages = [context.new_page() for _ in range(8)]
        for page in pages:
            page.goto(f"{server.url}/papers/alpha/")
        for word in ("long", "longer"):
            edit(root / ALPHA, "title: ", f"title: {word} ")
            for page in pages:
                expect(page.locator("h1")).to_contain_text(f"{word} ")
            pages.pop(0).close()  # the one that listened for all
