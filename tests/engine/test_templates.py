"""Templates: where they are found, and what counts as a change of one."""

from pathlib import Path

import jinja2
import pytest

from generator.engine.ledger import StateFolder
from generator.engine.render import Renderer
from generator.engine.templates import Templates, read_templates
from generator.engine.workers import compiling
from generator.processes import processes
from tests.support.digest import Write


def templates(**files: str) -> Templates:
    named = {name.replace("_html", ".html"): text.encode() for name, text in files.items()}
    return Templates(files=named, paths={name: name for name in named})


@pytest.mark.parametrize(
    "reference",
    [
        '{% extends "base.html" %}',
        "{% include 'base.html' %}",
        '{%- import "base.html" as parts %}',
        '{% from "base.html" import line with context %}',
    ],
)
def test_a_change_of_a_template_changes_those_that_use_it(reference: str) -> None:
    before = templates(page_html=reference, base_html="old", other_html="")
    after = templates(page_html=reference, base_html="new", other_html="")
    assert before.fingerprint("page.html") != after.fingerprint("page.html")
    assert before.fingerprint("other.html") == after.fingerprint("other.html")


def test_a_change_shows_through_a_template_between() -> None:
    chain = {"page_html": '{% extends "base.html" %}', "base_html": '{% include "foot.html" %}'}
    assert templates(**chain, foot_html="old").fingerprint("page.html") != templates(
        **chain, foot_html="new"
    ).fingerprint("page.html")


def test_a_name_that_is_computed_may_be_any_templates() -> None:
    page = "{% include view.choice %}"
    assert templates(page_html=page, any_html="old").fingerprint("page.html") != templates(
        page_html=page, any_html="new"
    ).fingerprint("page.html")


def test_templates_that_use_each_other_have_a_fingerprint() -> None:
    assert templates(page_html='{% import "page.html" as me %}').fingerprint("page.html")


def test_the_digests_own_come_before_the_shipped_ones(digest: Write) -> None:
    root: Path = digest("\n== templates/robots.txt\nMine\n== templates/static/mine.css\na {}\n")
    found = read_templates(root)
    assert found.files["robots.txt"] == b"Mine\n"
    assert found.paths["robots.txt"] == "templates/robots.txt"
    assert {"static/mine.css", "static/style.css", "paper.html"} <= found.files.keys()


def test_in_a_first_build_another_process_compiles_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = StateFolder(path=tmp_path)
    found = templates(page_html="{{ view }}", flawed_html="{% if %}")
    with compiling(state, found, processes(2)) as compiled:
        monkeypatch.delattr(jinja2.Environment, "compile")  # here, but no longer there
        renderer = Renderer(found, compiled)
        assert renderer.flaw("page.html") is None
        compiled.save()
    with compiling(state, found, processes(2)) as again:
        assert again.codes == compiled.codes
        assert not again.coming
    monkeypatch.undo()
    assert renderer.flaw("flawed.html")
