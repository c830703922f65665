"""The command that lists, prints and copies the shipped templates."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import main
from generator.commands.build import build
from generator.engine.templates import SHIPPED
from tests.support.digest import Write

PAPER = "\n== content/papers/a.yaml\ntitle: Alpha\nlisted: [{listing: x, issue: 2025-10-30}]\n"


@pytest.fixture
def root(digest: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = digest(PAPER)
    monkeypatch.chdir(root)
    return root


def templates(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["templates", *arguments], catch_exceptions=False)


def test_all_are_listed_and_each_is_printed_as_it_is(root: Path) -> None:
    names = templates().stdout.splitlines()
    assert {"404.html", "base.html", "static/style.css"} <= {*names}
    files = (path for path in SHIPPED.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(SHIPPED).as_posix() for path in files)
    assert templates("base.html").stdout_bytes == (SHIPPED / "base.html").read_bytes()


def test_a_copy_is_the_digest_s_own_and_is_never_overwritten(root: Path) -> None:
    assert templates("404.html", "--copy").stdout == "templates/404.html\n"
    own = root / "templates/404.html"
    assert own.read_bytes() == (SHIPPED / "404.html").read_bytes()
    own.write_text("Mine.")
    again = templates("404.html", "--copy")
    assert (again.exit_code, own.read_text()) == (1, "Mine.")
    assert "The digest has this template already." in again.stderr


def test_a_template_can_extend_the_shipped_one_of_its_name(root: Path, tmp_path: Path) -> None:
    (root / "templates").mkdir()
    own = root / "templates/404.html"
    own.write_text('{% extends "shipped/404.html" %}{% block main %}Mine.{% endblock %}')
    build(root, tmp_path / "site")
    page = (tmp_path / "site/404.html").read_text()
    assert ("Mine." in page, "</html>" in page) == (True, True)
    assert not (tmp_path / "site/shipped").exists()
    own.write_text('{% extends "shipped/404.html" %}{% block main %}Changed.{% endblock %}')
    assert [path for path, _ in build(root, tmp_path / "site").changes] == ["404.html"]


def test_any_template_can_extend_any_shipped_one(root: Path, tmp_path: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates/404.html").write_text(
        '{% extends "shipped/base.html" %}{% block main %}Mine.{% endblock %}'
    )
    assert not build(root, tmp_path / "site").problems
    assert "Mine." in (tmp_path / "site/404.html").read_text()


def test_a_mistyped_name_is_told_with_those_near_it(root: Path) -> None:
    assert "There is no template 'fronnt.html'. Near it: front.html" in templates("fronnt.html").stderr
    assert "There is no template 'x'. `broadsheet templates` lists all." in templates("x").stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ view.titel }}", "FrameView has no 'titel'. It has: frame."),
        ("{{ titel }}", "'titel' is undefined. Every template has: view, capitals, cased, count."),
        ("{% include '404.html' %}", "This template includes or calls itself without end."),
        ("{{ ('x' * 10**18) | length }}", "This takes more memory than there is."),
        (
            "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
            "This template includes or calls itself without end.",
        ),
        ("{% for step in range(10 ** 9) %}x{% endfor %}", "range() has more than 100,000 steps."),
    ],
)
def test_a_mistake_in_a_template_is_told_and_stops(
    root: Path, tmp_path: Path, text: str, message: str
) -> None:
    (root / "templates").mkdir()
    (root / "templates/404.html").write_text(text)
    [problem] = build(root, tmp_path / "site").problems
    assert (str(problem.location), problem.message) == ("templates/404.html:1", message)
    assert problem.location.text == text
