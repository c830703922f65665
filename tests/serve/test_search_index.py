"""The search index of the live server: built when asked for, once for the same papers; no page waits."""

import os
from collections.abc import Callable, Set
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from generator.library.library import Library
from generator.problem import Problem
from generator.serve import search_index
from generator.serve.search_index import SearchIndex
from generator.serve.session import Log
from generator.website.search.index import ENTRY, FOLDER, Cache, Files
from tests.support.libraries import library, paper
from tests.support.live_server import ALPHA, Reply, Serve, edit, until

SCRIPT = f"{FOLDER}/pagefind.js"


class Asked:
    """A search over papers that change, and what it said and reported."""

    def __init__(self) -> None:
        self.library: Library | None = None
        self.said: list[str] = []
        self.reported: list[Problem] = []
        log = Log(self.said.append, self.reported.extend)
        self.search = SearchIndex(lambda: self.library, log)

    def has(self, *titles: str) -> None:
        self.library = library({title.lower(): paper(title) for title in titles})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A search whose index holds a file for each title, in place of Pagefind's."""

    def made(found: Library, _: Cache, in_place: Set[str]) -> Files | str:
        titles = sorted(card.title for card in found.cards)
        if "Bad" in titles:
            return "Pagefind is ill."
        named = {f"{FOLDER}/fragment/{title}": title.encode() for title in titles}
        files: Files = {path: None if path in in_place else data for path, data in named.items()}
        return files and {SCRIPT: b"script", **files, ENTRY: " ".join(titles).encode()}

    monkeypatch.setattr(search_index, "made", made)
    return Asked()


def test_an_index_is_built_when_it_is_asked_for_and_once_for_the_same_papers(asked: Asked) -> None:
    assert (asked.search.read(ENTRY), asked.search.cached(ENTRY)) == (None, None)
    asked.has("A", "B")
    assert asked.said == []
    for _ in range(2):
        assert asked.search.read(ENTRY) == b"A B"
        assert asked.search.cached(f"{FOLDER}/fragment/A") == b"A"
        asked.has("A", "B")  # another library with the same papers
    assert len(asked.said) == 1
    asked.has("A", "C")
    assert len(asked.said) == 1
    assert asked.search.read(ENTRY) == b"A C"
    assert len(asked.said) == 2


def test_files_of_the_index_before_are_kept_with_the_new_ones(asked: Asked) -> None:
    for title in "ABC":
        asked.has(title)
        asked.search.read(ENTRY)
    cached = {title: asked.search.cached(f"{FOLDER}/fragment/{title}") for title in "ABC"}
    assert cached == {"A": None, "B": b"B", "C": b"C"}
    assert asked.search.cached(SCRIPT) == b"script"


def test_without_papers_there_is_no_index(asked: Asked) -> None:
    asked.has("A")
    assert asked.search.read(ENTRY)
    asked.has()
    assert asked.search.read(ENTRY) is None


def test_an_index_that_fails_is_reported_and_the_last_one_stays_until_it_can_be_made(asked: Asked) -> None:
    asked.has("Bad")
    assert asked.search.read(SCRIPT) is None
    [problem] = asked.reported
    assert (problem.location.path, problem.message) == (
        FOLDER,
        "Cannot build the search index: Pagefind is ill.",
    )
    asked.has("A")
    assert asked.search.read(ENTRY) == b"A"
    asked.has("A", "Bad")
    assert asked.search.read(ENTRY) == b"A"
    asked.has("A", "C")
    assert (asked.search.read(ENTRY), len(asked.reported)) == (b"A C", 2)


def test_a_system_without_pagefind(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "pagefind")

    monkeypatch.setattr(search_index, "made", absent)
    asked.has("A")
    assert asked.search.read(ENTRY) is None
    assert "No such file or directory." in asked.reported[0].message


Stand = Callable[[str], None]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    """Return a function that puts a shell script in Pagefind's place, for servers that start thereafter."""

    def put(script: str) -> None:
        program = tmp_path / "modules/pagefind_bin/pagefind"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        program.with_name("__init__.py").write_text(f"def get_executable():\n    return {str(program)!r}\n")
        monkeypatch.setenv("PYTHONPATH", str(program.parent.parent), prepend=os.pathsep)

    return put


def test_nothing_waits_for_an_index(root: Path, serve: Serve, stand_in: Stand) -> None:
    stand_in("cat > /dev/null  # until the server ends")
    server = serve(root)
    answered: list[Reply] = []

    def ask() -> None:
        with suppress(OSError):  # the server ends before it answers
            answered.append(server.get(f"/{ENTRY}"))

    for _ in range(60):
        Thread(target=ask, daemon=True).start()
    for word in ("long", "longer"):
        edit(root / ALPHA, "title: ", f"title: {word} ")
        server.until_shows("/papers/alpha/", f"{word} ")
    assert server.get("/search/").status == 200
    assert answered == []


def test_a_failure_of_pagefind_is_shown_in_the_terminal(root: Path, serve: Serve, stand_in: Stand) -> None:
    stand_in("exit 1")
    server = serve(root)
    assert server.get(f"/{SCRIPT}").status == 404
    until("it is shown", lambda: any("Pagefind ended before" in line for line in server.complained))
    assert server.get("/search/").status == 200
