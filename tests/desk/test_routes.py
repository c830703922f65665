"""The desk's answers, by the address that is asked: lists, papers, edits and who may make them."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from generator.desk.routes import Desk
from generator.library.snapshot import Snapshot, read_library
from tests.support.digest import Write

ROW = "listed: [{{listing: x, issue: 2025-10-{}, position: {}}}]\n"
DIGEST = f"""
== content/papers/alpha.yaml
title: Alpha of $x^2$
authors: [A. One, B. Two, C. Three]
abstract: "First & best.\\n\\nThen more."
comment: Accepted.
themes: [data]
pick: true
{ROW.format(30, 1)}
== content/papers/beta.yaml
title: Beta
authors: [A. One, B. Two, C. Three, D. Four]
themes: [models]
note: Read it.
headline: Beta, at last
tags: [short]
{ROW.format(30, 2)}
== content/papers/gamma.yaml
title: Gamma
organization: The Lab
issue: 2025-10-29
== content/papers/omega.yaml
abstract: Words of omega, which has no title.
themes: [data]
{ROW.format(28, 1)}
== content/papers/hidden.yaml
hide: true
== content/papers/draft.yaml
title: Draft
draft: true
"""
ALPHA = "content/papers/alpha.yaml"


class Editor:
    """A desk, the content that it shows, and the browser that asks it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.content: Snapshot = read_library(root)
        self._app = Starlette(routes=Desk(root, lambda: self.content).routes())
        found = re.search('name="desk-token" content="([^"]+)"', self.ask("").text)
        assert found
        self.own = {"Origin": "http://testserver", "X-Desk-Token": found[1]}

    def ask(self, what: str, body: Any = None, **headers: str) -> httpx.Response:
        """Return the answer to a GET, or to a POST of a body."""

        async def answer() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                if body is None:
                    return await client.get(f"/_desk/{what}")
                return await client.post(f"/_desk/{what}", json=body, headers=headers)

        with ThreadPoolExecutor(1) as pool:  # a browser of other tests may have the loop of this thread
            return pool.submit(asyncio.run, answer()).result()

    def papers(self, query: str = "") -> Any:
        reply = self.ask(f"papers?{query}")
        assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json")
        return reply.json()

    def titles(self, query: str) -> list[str]:
        return [paper["title"] for paper in self.papers(query)["papers"]]

    def post(self, what: str, body: Any, **headers: str) -> tuple[int, Any]:
        reply = self.ask(what, body, **(self.own | headers))
        return reply.status_code, reply.json()

    def change(self, field: str, value: object, path: str = ALPHA) -> tuple[int, Any]:
        version = self.content.files[path].digest.hex()
        return self.post("edit", {"path": path, "version": version, "field": field, "value": value})


@pytest.fixture
def editor(digest: Write) -> Editor:
    return Editor(digest(DIGEST))


def test_its_files_are_of_their_types(editor: Editor) -> None:
    types = {"": "text/html", "desk.js": "text/javascript", "desk.css": "text/css"}
    for name, kind in types.items():
        reply = editor.ask(name)
        assert (reply.status_code, reply.headers["content-type"]) == (200, f"{kind}; charset=utf-8")


def test_a_list_says_what_may_be_chosen_and_how_long_it_is(editor: Editor) -> None:
    found = editor.papers("list=data")
    assert [paper.pop("path") for paper in found.pop("papers")] == [ALPHA, "content/papers/omega.yaml"]
    assert found.pop("is_learning") in {True, False}
    themes = [["data", "Data"], ["models", "Models & more"]]
    others = [["all", "All papers"], ["drafts", "Drafts"], ["hidden", "Hidden"]]
    assert found == {
        "lists": [["unsorted", "Inbox"], *themes, *others],
        "themes": themes,
        "states": ["any", "picked", "not picked", "with a note"],
        "number": 1,
        "total": 2,
        "asked": 2,
    }
    assert editor.papers("list=data")["number"] == 2


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Gamma"]),
        ("list=nonsense", []),
        ("list=all", ["Alpha of x2", "Beta", "Gamma", "Words of omega, which has no title."]),
        ("list=all&state=picked", ["Alpha of x2"]),
        ("list=all&state=not+picked", ["Beta", "Gamma", "Words of omega, which has no title."]),
        ("list=all&state=with+a+note", ["Beta"]),
        ("list=all&state=nonsense", ["Alpha of x2", "Beta", "Gamma", "Words of omega, which has no title."]),
        ("list=drafts", ["Draft"]),
        ("list=hidden", ["hidden"]),
        ("list=all&number=x&from=3", ["Words of omega, which has no title."]),
        ("list=all&from=-1", ["Alpha of x2", "Beta", "Gamma", "Words of omega, which has no title."]),
    ],
)
def test_a_list_has_its_papers_newest_issue_first(editor: Editor, query: str, titles: list[str]) -> None:
    assert [re.sub("[²]", "2", title) for title in editor.titles(query)] == titles


def test_a_paper_has_its_facts_and_what_editors_wrote(editor: Editor) -> None:
    alpha, beta, gamma, _ = editor.papers("list=all")["papers"]
    assert alpha["facts"] == "A. One, B. Two, C. Three · listed 30 October 2025 · Accepted."
    assert beta["facts"] == "A. One, B. Two, C. Three and others · listed 30 October 2025"
    assert gamma["facts"] == "The Lab · listed 29 October 2025"
    assert (alpha["href"], alpha["abstract"]) == ("/papers/alpha/", ["First &amp; best.", "Then more."])
    assert (alpha["themes"], alpha["pick"], alpha["note"], alpha["headline"]) == (["data"], True, "", "")
    assert (beta["note"], beta["headline"], beta["tags"]) == ("Read it.", "Beta, at last", ["short"])


def test_themes_are_suggested_once_it_has_learned_and_learned_again_when_they_change(
    editor: Editor, digest: Write
) -> None:
    found = editor.papers("wait=1")
    assert not found["is_learning"]
    assert {slug for slug, *_ in found["papers"][0]["suggestions"]} <= {"data", "models"}
    assert editor.papers("list=data&wait=1")["papers"][0]["suggestions"] == []
    text = (editor.root / "content/themes.yaml").read_text()
    (editor.root / "content/themes.yaml").write_text(text.replace("models", "large-models"))
    for path in (editor.root / "content/papers").iterdir():
        path.write_text(path.read_text().replace("[models]", "[large-models]"))
    editor.content = read_library(editor.root)
    again = editor.papers("wait=1")["papers"][0]["suggestions"]
    assert {slug for slug, *_ in again} <= {"data", "large-models"}


def test_without_settings_or_themes_nothing_is_suggested(editor: Editor) -> None:
    (editor.root / "content/themes.yaml").write_text("")
    for site in (editor.root / "content/site.yaml").read_text(), "title: [":
        (editor.root / "content/site.yaml").write_text(site)
        editor.content = read_library(editor.root)
        found = editor.papers("list=data")
        assert (found["themes"], found["papers"], found["is_learning"]) == ([], [], False)
        assert editor.titles("list=drafts") == ["Draft"]


def test_the_32_newest_lists_are_kept(editor: Editor) -> None:
    for number in range(1, 34):
        assert editor.papers()["number"] == number
    assert editor.papers("number=2")["number"] == 2
    assert editor.papers("number=1")["number"] == 34


def test_a_paper_is_given_as_its_file_is_now(editor: Editor) -> None:
    record = editor.root / ALPHA
    record.write_text(record.read_text().replace("Accepted", "Rejected"))
    asked = {path: editor.ask(f"paper?path={path}").json()["paper"] for path in (ALPHA, "x", "")}
    assert asked[ALPHA]["facts"].endswith("Rejected.")
    assert (asked["x"], asked[""]) == (None, None)
    record.unlink()
    assert editor.ask(f"paper?path={ALPHA}").json() == {"paper": None}


def test_an_edit_is_answered_with_the_record_as_it_is_then(editor: Editor) -> None:
    status, done = editor.change("note", "Read *it*.")
    assert (status, done["problem"], done["edit"], done["paper"]["note"]) == (200, "", 1, "Read *it*.")
    status, done = editor.change("pick", False)
    assert (status, done["problem"], done["paper"]["pick"]) == (
        409,
        "The record was changed elsewhere.",
        True,
    )
    assert editor.change("title", "x") == (
        400,
        {"problem": "The desk does not edit `title`.", "edit": 0, "paper": None},
    )
    status, done = editor.post("undo", 1)
    assert (status, done["problem"], done["paper"]["note"]) == (200, "", "")
    assert editor.post("undo", "x") == (400, {"problem": "Expected `int`, got `str`."})
    assert editor.post("preview", "Read *it*.") == (200, {"html": "<p>Read <em>it</em>.</p>\n"})
    assert editor.post("preview", 1)[0] == 400
    (editor.root / "content/papers/.beta.yaml.new").mkdir()
    status, done = editor.change("pick", True, "content/papers/beta.yaml")
    assert (status, done["problem"]) == (
        400,
        "Not saved. The file system says: Is a directory. Correct that, then try again.",
    )


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        ({"Origin": "http://evil.example"}, "Only the desk itself may write."),
        ({"Origin": ""}, "Only the desk itself may write."),
        ({"X-Desk-Token": ""}, "Only the desk itself may write."),
        ({"X-Desk-Token": "another"}, "The server was started again. Load this page again."),
    ],
)
def test_only_its_own_page_may_write(editor: Editor, headers: dict[str, str], problem: str) -> None:
    for what in ("edit", "undo", "preview"):
        assert editor.post(what, 1, **headers) == (403, {"problem": problem})
