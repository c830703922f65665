"""The desk in the live server: over HTTP, and by keys in a real Chromium."""

import json
import re
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.live_server import ALPHA, Serve, Server, edit
from tests.support.program import needed

INBOX = """\
title: Omega of the last kind
id: omega
themes: []
pick: false
note:
listed:
- {listing: x, issue: 2025-10-30, position: 3}
abstract: An abstract of omega.
"""
AXE = Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js"
OMEGA = "content/papers/2025/omega.yaml"


@pytest.fixture
def root(root: Path) -> Path:
    (root / OMEGA).write_text(INBOX)
    return root


def token_of(server: Server) -> str:
    found = re.search(rb'name="desk-token" content="([^"]+)"', server.get("/_desk/").body)
    assert found
    return found[1].decode()


def post(server: Server, what: str, body: Any, **headers: str) -> tuple[int, Any]:
    host = server.url.removeprefix("http://")
    connection = HTTPConnection(host, timeout=10)
    connection.request("POST", f"/_desk/{what}", json.dumps(body), headers)
    answer = connection.getresponse()
    found = answer.status, json.loads(answer.read())
    connection.close()
    return found


def papers(server: Server, name: str) -> list[Any]:
    found: list[Any] = json.loads(server.get(f"/_desk/papers?list={name}").body)["papers"]
    return found


def test_only_the_desk_s_own_page_may_write(root: Path, serve: Serve) -> None:
    server = serve(root)
    [paper] = papers(server, "unsorted")
    change = {"path": paper["path"], "version": paper["version"], "field": "pick", "value": True}
    own = {"Origin": server.url, "X-Desk-Token": token_of(server)}
    refused = [
        {},
        {"Origin": server.url},
        {"Origin": server.url, "X-Desk-Token": "another"},
        {"Origin": "https://evil.example", "X-Desk-Token": own["X-Desk-Token"]},
        {"X-Desk-Token": own["X-Desk-Token"]},
    ]
    for headers in refused:
        assert post(server, "edit", change, **headers)[0] == 403
    assert (root / OMEGA).read_text() == INBOX
    status, done = post(server, "edit", change, **own)
    assert (status, done["paper"]["pick"]) == (200, True)
    assert (root / OMEGA).read_text() == INBOX.replace("pick: false", "pick: true")
    assert post(server, "undo", done["edit"], **own)[0] == 200
    assert (root / OMEGA).read_text() == INBOX
    assert post(server, "edit", {"path": 1}, **own)[0] == 400


def test_an_edit_of_a_record_that_changed_meanwhile_gives_it_as_it_is(root: Path, serve: Serve) -> None:
    server = serve(root)
    [paper] = papers(server, "unsorted")
    edit(root / OMEGA, "note:", "note: Mine.")
    own = {"Origin": server.url, "X-Desk-Token": token_of(server)}
    change = {"path": paper["path"], "version": paper["version"], "field": "note", "value": "Yours."}
    status, done = post(server, "edit", change, **own)
    assert (status, done["problem"], done["paper"]["note"]) == (
        409,
        "The record was changed elsewhere.",
        "Mine.",
    )


def test_its_lists_are_the_inbox_the_themes_drafts_and_what_is_hidden(root: Path, serve: Serve) -> None:
    edit(root / ALPHA, "pick: true", "pick: true\nhide: true")
    edit(root / "content/papers/2025/beta.yaml", "title: Beta", "title: Beta\ndraft: true")
    server = serve(root)
    titles = {
        name: [paper["title"] for paper in papers(server, name)]
        for name in ("unsorted", "models", "drafts", "hidden")
    }
    assert titles == {
        "unsorted": ["Omega of the last kind"],
        "models": ["Gamma"],
        "drafts": ["Beta"],
        "hidden": ["Alpha of the first kind"],
    }


def test_a_list_keeps_its_papers_while_they_are_placed(root: Path, serve: Serve) -> None:
    for number in range(100):
        text = INBOX.replace("omega", f"p{number}").replace("position: 3", f"position: {number + 10}")
        (root / f"content/papers/2025/p{number}.yaml").write_text(text)
    server = serve(root)
    first = json.loads(server.get("/_desk/papers?list=unsorted").body)
    own = {"Origin": server.url, "X-Desk-Token": token_of(server)}
    for paper in first["papers"][:2]:
        change = {"path": paper["path"], "version": paper["version"], "field": "themes", "value": ["data"]}
        assert post(server, "edit", change, **own)[0] == 200
    rest = json.loads(server.get(f"/_desk/papers?number={first['number']}&from={first['asked']}").body)
    assert (first["asked"], rest["asked"], rest["total"]) == (100, 101, 101)
    assert len({paper["path"] for paper in (*first["papers"], *rest["papers"])}) == 101


def test_neither_it_nor_sources_are_there_for_other_machines(root: Path, serve: Serve) -> None:
    edit(root / OMEGA, "pick: false", "pick: perhaps")
    server = serve(root, "--host", "0.0.0.0")
    for path in ("/_desk/", "/_desk/papers", "/_desk/desk.js"):
        assert server.get(path).status == 404
    assert server.get("/-/sources?path=/papers/alpha/").text == "[]"
    status = json.loads(server.get("/-/status?path=/").body)
    assert (len(status["problems"]), status["links"], status["has_sources"]) == (1, [], False)


@pytest.mark.browser
def test_an_editor_decides_by_keys_alone(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.goto(f"{server.url}/_desk/")
    expect(page.locator("#papers > li[aria-current]")).to_contain_text("Omega of the last kind")
    page.keyboard.press("/")
    page.keyboard.type("models")
    page.keyboard.press("Enter")
    expect(page.locator("#papers .state")).to_have_text("Models & more")
    page.keyboard.press("p")
    expect(page.locator("#papers .state")).to_have_text("Models & more, pick")
    page.keyboard.press("n")
    page.keyboard.type("Read *this*.")
    expect(page.locator("#preview em")).to_have_text("this")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#papers .state")).to_have_text("Models & more, pick, note")
    decided = INBOX.replace("themes: []", "themes: [models]").replace("pick: false", "pick: true")
    assert (root / OMEGA).read_text() == decided.replace("note:\n", "note: >-\n  Read *this*.\n")
    for _ in range(3):
        page.keyboard.press("u")
    expect(page.locator("#papers .state")).to_have_count(0)
    assert (root / OMEGA).read_text() == INBOX


@pytest.mark.browser
def test_an_edit_in_a_text_editor_is_shown_beside_the_one_on_the_desk(
    root: Path, serve: Serve, page: Page
) -> None:
    server = serve(root)
    page.route("**/-/events", lambda route: route.abort())  # the desk has not heard of it yet
    page.goto(f"{server.url}/_desk/")
    expect(page.locator("#papers > li")).to_have_count(1)
    edit(root / OMEGA, "pick: false", "pick: true")
    page.keyboard.press("t")
    page.keyboard.type("mine")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_have_text(
        'The record was changed elsewhere. This is how it is now; you wanted: tags ["mine"]'
    )
    expect(page.locator("#papers .state")).to_have_text("pick")
    page.keyboard.press("n")
    page.keyboard.type("Ours.")
    edit(root / OMEGA, "note:", "note: Theirs.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#message")).to_have_text(
        'The note was changed elsewhere, to "Theirs.". This is how it is now; you wanted: note "Ours." '
        "(n goes on with it)"
    )


@pytest.mark.browser
def test_a_list_and_a_filter_are_chosen_by_keys(root: Path, serve: Serve, page: Page) -> None:
    server = serve(root)
    page.goto(f"{server.url}/_desk/")
    expect(page.locator("#papers > li")).to_have_count(1)
    page.keyboard.press("l")
    page.keyboard.type("m")
    expect(page.locator("#matches li")).to_have_text(["Models & more"])
    page.keyboard.press("Enter")
    expect(page.locator("#papers h2")).to_have_text(["Beta", "Gamma"])
    page.keyboard.press("j")
    expect(page.locator("#papers > li[aria-current]")).to_contain_text("Gamma")
    page.keyboard.press("f")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("picked")
    expect(page.locator("#empty")).to_have_text("No papers here.")


@pytest.mark.browser
def test_what_is_saved_elsewhere_appears_and_undo_outlives_a_reload(
    root: Path, serve: Serve, page: Page
) -> None:
    server = serve(root)
    page.goto(f"{server.url}/_desk/")
    expect(page.locator("#papers > li")).to_have_count(1)
    edit(root / OMEGA, "note:", "note: Mine.")
    expect(page.locator("#papers .state")).to_have_text("note")
    assert page.evaluate("({...localStorage})") == {}, "its preview marks no paper as seen"
    page.keyboard.press("p")
    expect(page.locator("#papers .state")).to_have_text("pick, note")
    page.reload()
    expect(page.locator("#papers .state")).to_have_text("pick, note")
    page.keyboard.press("u")
    expect(page.locator("#papers .state")).to_have_text("note")
    page.keyboard.press("n")
    page.keyboard.type(" Ours.")
    with page.expect_response(lambda response: "/_desk/paper?" in response.url):
        edit(root / OMEGA, "note: Mine.", "note: Theirs.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#message")).to_have_text(
        'The note was changed elsewhere, to "Theirs.". This is how it is now; you wanted: note '
        '"Mine. Ours." (n goes on with it)'
    )
    (root / OMEGA).unlink()
    expect(page.locator("#papers .state")).to_contain_text("This record is gone")
    page.keyboard.press("h")
    expect(page.locator("#line")).to_have_value("Omega of the last kind")
    page.keyboard.type("Omega")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_have_text(
        'The record is gone. You wanted: headline "Omega of the last kindOmega" (h goes on with it)'
    )
    page.keyboard.press("h")
    expect(page.locator("#line")).to_have_value("Omega of the last kindOmega")


@pytest.mark.browser
@pytest.mark.node
def test_axe_finds_no_violation_on_it(root: Path, serve: Serve, browser: Browser) -> None:
    axe = needed(AXE, "tests/node/node_modules (npm ci)").read_text("utf-8")
    server = serve(root)
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{server.url}/_desk/")
    expect(page.locator("#papers > li")).to_have_count(1)
    page.evaluate(axe)
    found = {}
    for key in ("k", "/", "t", "?"):  # the list, and what opens over it
        page.keyboard.press(key)
        violations = page.evaluate("axe.run(document, {iframes: false})")["violations"]
        found[key] = [(one["id"], one["nodes"][0]["html"]) for one in violations]
        page.keyboard.press("Escape")
    context.close()
    assert found == {"k": [], "/": [], "t": [], "?": []}
