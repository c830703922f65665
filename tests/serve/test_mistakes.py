"""The commonest mistakes, in `mistakes.txt`: each is one error that says where it is and what to do.

A block has the file, the line that is right, what is typed in its place, then the place, the message and what
to do. `serve` shows it, and `check` says the same.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from generator.commands.check import check
from generator.problem import Problem, Severity
from generator.serve.responses import page_status
from generator.serve.session import Log, Session
from tests.support.digest import write_files

DIGEST = """\
== content/site.yaml
title: A Digest
url: https://digest.example/
tag_authority: digest.example,2025
description: Papers worth reading.
== content/themes.yaml
- slug: data
  title: Data
- slug: models
  title: Models
== content/papers/alpha.yaml
title: Alpha of the first kind
published: 2025-01-02
themes: [models]
pick: true
note: Because it is short.
issue: 2025-10-30
== templates/paper.html
{% extends "shipped/paper.html" %}
{% block main %}
<h1>{{ view.card.title }}</h1>
{% endblock %}
"""
TABLE = Path(__file__).with_name("mistakes.txt").read_text("utf-8")


class Mistake(NamedTuple):
    path: str
    right: str
    """Lines that are there; empty for a file that is not."""
    typed: str
    told: list[str]


def mistake_of(block: str) -> Mistake:
    path, *lines = block.rstrip("\n").split("\n")
    right, typed = (
        "".join(f"{line[2:]}\n" for line in lines if line.startswith(sign)) for sign in ("- ", "+ ")
    )
    return Mistake(path, right, typed, [line for line in lines if not line.startswith(("- ", "+ "))])


MISTAKES = [mistake_of(block) for block in f"\n{TABLE}".split("\n== ")[1:]]


class Editor:
    """An editor of a digest who has it served, and reads what the overlay says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._session = Session(root, Log(lambda _: None, lambda _: None), lambda: None)

    def save(self, path: str, text: str) -> tuple[Problem, ...]:
        """Save a file, and return the errors that a page then shows."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")
        return self._shown(path)

    def remove(self, path: str) -> tuple[Problem, ...]:
        (self.root / path).unlink()
        return self._shown(path)

    def _shown(self, path: str) -> tuple[Problem, ...]:
        self._session.update([self.root / path])
        return page_status(self._session, "/papers/alpha/").problems


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Editor:
    root = tmp_path_factory.mktemp("mistakes")
    write_files(root, DIGEST)
    return Editor(root)


def told(problem: Problem, path: str) -> list[str]:
    """Return the lines of a block that say a problem: the place without the path, if it is the block's."""
    place = str(problem.location).removeprefix(f"{path}:")
    return [place, problem.message, *filter(None, [problem.hint])]


@pytest.mark.parametrize("mistake", MISTAKES, ids=[f"{one.path}: {one.typed[:40]}" for one in MISTAKES])
def test_a_mistake_is_one_error_that_says_what_to_do(editor: Editor, mistake: Mistake) -> None:
    path, right, typed, expected = mistake
    good = (editor.root / path).read_text("utf-8") if right else ""
    assert right in good
    [problem] = editor.save(path, good.replace(right, typed) if right else typed)
    assert told(problem, path) == expected
    assert (editor.save(path, good) if right else editor.remove(path)) == ()


@pytest.mark.parametrize("number", [28, 32])
def test_check_says_what_serve_shows(editor: Editor, number: int) -> None:
    path, right, typed, _ = MISTAKES[number]
    good = (editor.root / path).read_text("utf-8")
    shown = editor.save(path, good.replace(right, typed))
    assert shown == tuple(found for found in check(editor.root).problems if found.severity is Severity.ERROR)
    assert editor.save(path, good) == ()
