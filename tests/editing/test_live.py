"""The live site without a server: last good states, what an edit changes, and failures of our own."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from generator.editing.answers import news
from generator.editing.live import KEPT, Live
from generator.editing.state import State, advance, differing_pages, edited_files
from generator.problem import Problem
from generator.publishing.page import Page
from generator.publishing.render import Renderer
from tests.editing.conftest import ALPHA, edit

ABOUT = "content/pages/about.md"
THEMES = "content/themes.yaml"
STYLE = "templates/static/style.css"
OWN = {
    "paper.html": "{% from '_own.html' import line %}{{ line(view.card.title) }}",
    "_own.html": "{% macro line(text) %}one {{ text }}{% endmacro %}",
    "static/style.css": "p {}",
    "static/icon.svg": "<svg/>",
}


@pytest.fixture
def own(root: Path) -> Path:
    """Templates of the digest's own."""
    folder = root / "templates"
    for name, text in OWN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


class Editor:
    """A live site and all that it said, published and reported."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self.reported: list[Problem] = []
        self.published = 0
        self.live = Live(root, self.said.append, self._report)

    def _report(self, problems: Iterable[Problem]) -> None:
        self.reported.extend(problems)

    def _publish(self) -> None:
        self.published += 1

    def look(self) -> None:
        self.live.look([self.root / "content", self.root / "templates"], self._publish)

    def shown(self, path: str = "papers/alpha/index.html") -> tuple[str | None, str]:
        """Return the page's text, and its problem's message."""
        state = self.live.state
        shown = self.live.show(state, state.pages[path])
        text = None if shown.body is None else shown.body.decode()
        return text, shown.problem.message if shown.problem else ""


Change = Callable[[Path], object]


@pytest.mark.parametrize(
    ("change", "files", "differ"),
    [
        (lambda root: (root / ALPHA).touch(), [], False),
        (lambda root: edit(root / ALPHA, "pick:", "# why\npick:"), [ALPHA], False),
        (lambda root: edit(root / ALPHA, "abstract of", "abstract on"), [ALPHA], True),
        (lambda root: (root / ALPHA).unlink(), [ALPHA], True),
        (lambda root: edit(root / ABOUT, "What", "Who"), [ABOUT], True),
        (lambda root: edit(root / "content/site.yaml", "A Digest", "B"), ["content/site.yaml"], True),
        (lambda root: (root / THEMES).write_text("- ["), [THEMES], False),
        (lambda root: edit(root / THEMES, "title: Data", "title: Dates"), [THEMES], True),
        (lambda root: edit(root / "templates/_own.html", "one", "two"), ["templates/_own.html"], True),
        (lambda root: edit(root / STYLE, "p {}", "p { margin: 0; }"), [STYLE], True),
    ],
)
def test_what_an_edit_changes(root: Path, own: Path, change: Change, files: list[str], differ: bool) -> None:
    before = advance(root, State())
    change(root)
    after = advance(root, before)
    assert list(edited_files(before, after)) == files
    was, now = (
        {path: s.press.renderer.render(page) for path, page in s.pages.items()} for s in (before, after)
    )
    differing = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
    assert (len(differing) <= differing_pages(before, after), bool(differing)) == (True, differ)
    assert bool(differing_pages(before, after)) == differ


def test_an_increment_equals_a_fresh_start(root: Path, own: Path) -> None:
    state = advance(root, State())
    for number in range(4):
        edit(root / ALPHA, "title: ", f"title: {number} ")
        (own / "static/style.css").write_text(f"p {{ margin: {number}px; }}")
        (root / f"content/papers/2025/new-{number}.yaml").write_text(f"title: New {number}\n")
        state = advance(root, state)
    fresh = advance(root, State())
    assert (state.pages, state.problems) == (fresh.pages, fresh.problems)
    assert (state.styles, state.assets) == (fresh.styles, fresh.assets)


def test_styles_and_other_static_files_are_told_apart(root: Path, own: Path) -> None:
    before = advance(root, State())
    (own / "static/style.css").write_text("p { margin: 0; }")
    styled = advance(root, before)
    assert (styled.styles != before.styles, styled.assets) == (True, before.assets)
    (own / "static/icon.svg").write_text("<svg></svg>")
    drawn = advance(root, styled)
    assert (drawn.styles, drawn.assets != styled.assets) == (styled.styles, True)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("paper.html", "{% if %}", "Expected an expression"),
        ("paper.html", "{{ view.nothing }}", "has no attribute 'nothing'"),
        ("paper.html", "{{ 1 / 0 }}", "division by zero"),
        ("paper.html", "{% include 'nowhere.html' %}", "There is no such template."),
        ("_own.html", "{% macro line() %}{% endmacro %}", "takes no"),
        ("_own.html", "{% macro line(text) %}", "Unexpected end of template"),
        ("_own.html", None, "There is no such template."),
    ],
)
def test_a_page_is_shown_with_its_templates_last_good_state(
    root: Path, own: Path, name: str, text: str | None, message: str
) -> None:
    editor = Editor(root)
    (own / name).write_text("{% broken before anyone looks %}", "utf-8")
    editor.look()
    if text is None:
        (own / name).unlink()
    else:
        (own / name).write_text(text, "utf-8")
    edit(root / ALPHA, "title: Alpha", "title: Alphabet")
    editor.look()
    shown, problem = editor.shown()
    assert (shown, message in problem) == ("one Alphabet of the first kind", True), problem
    assert editor.shown("index.html")[1] == ""
    (own / name).write_text(
        OWN[name].replace("one", "two").replace("line(view", "line('two ' ~ view"), "utf-8"
    )
    editor.look()
    shown, problem = editor.shown()
    assert ("two" in (shown or ""), problem, editor.live.state.problems) == (True, "", ())


def test_a_page_that_fails_by_its_content_keeps_its_last_bytes(root: Path, own: Path) -> None:
    (own / "paper.html").write_text("{{ 12 / view.card.title|length }}{{ 1 / (view.card.title != 'No') }}")
    editor = Editor(root)
    good, problem = editor.shown()
    assert (good is not None, problem) == (True, "")
    edit(root / ALPHA, "title: Alpha of the first kind", "title: 'No'")
    editor.look()
    assert editor.shown() == (good, "division by zero")
    assert [problem.message for problem in editor.reported] == ["division by zero"]


def test_a_page_that_was_never_good_has_no_bytes(root: Path, own: Path) -> None:
    (own / "paper.html").write_text("{{ view.nothing }}")
    text, problem = Editor(root).shown()
    assert (text, "nothing" in problem) == (None, True)


def test_our_own_failure_while_rendering_is_shown_and_traced(
    root: Path, own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor = Editor(root)
    good, _ = editor.shown()

    def fail(renderer: Renderer, page: Page) -> bytes:
        raise ZeroDivisionError(page.path)

    monkeypatch.setattr(Renderer, "render", fail)
    edit(root / ALPHA, "title: Alpha", "title: Alphabet")
    editor.look()
    assert editor.shown() == (good, "Broadsheet itself failed here.")
    assert "ZeroDivisionError: papers/alpha/index.html" in capsys.readouterr().err


@pytest.mark.parametrize("flaw", [OSError(5, "Input/output error", "x"), ZeroDivisionError()])
def test_a_failure_while_reading_keeps_the_last_state(
    root: Path,
    own: Path,
    flaw: Exception,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    editor = Editor(root)
    good = editor.shown()

    def fail(*_: object) -> None:
        raise flaw

    with monkeypatch.context() as patch:
        patch.setattr("generator.editing.state.read_library", fail)
        for _ in range(3):
            editor.look()
            assert (len(editor.live.state.problems), editor.shown()) == (1, good)
    assert ("Traceback" in capsys.readouterr().err) == isinstance(flaw, ZeroDivisionError)
    editor.look()
    assert (editor.live.state.problems, editor.said[-1], len(editor.reported)) == (
        (),
        "No errors are left.",
        1,
    )


def test_a_problem_is_reported_and_shown_once(root: Path, own: Path) -> None:
    editor = Editor(root)
    (own / "paper.html").write_text("{% if %}")
    edit(root / ALPHA, "title: Alpha", "title: [Alpha")
    editor.look()
    editor.shown()
    assert len(editor.reported) == 2
    shown = news(editor.live, "/papers/alpha/").problems
    assert [problem.location.path for problem in shown] == ["templates/paper.html", ALPHA]


def test_a_look_that_finds_nothing_says_nothing(root: Path, own: Path) -> None:
    editor = Editor(root)
    edit(root / ALPHA, "title: Alpha", "title: [Alpha")
    editor.look()
    editor.look()
    assert (len(editor.said), editor.published, len(editor.reported)) == (1, 1, 1)


def test_many_edited_files_are_counted(root: Path, own: Path) -> None:
    editor = Editor(root)
    for number in range(5):
        (root / f"content/papers/2025/new-{number}.yaml").write_text(f"title: New {number}\n")
    editor.look()
    names = ", ".join(f"content/papers/2025/new-{number}.yaml" for number in range(3))
    assert editor.said[0].startswith(f"changed: {names} and 2 more, ")


def test_a_page_is_rendered_once_until_it_changes(
    root: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    render = Renderer.render

    def count(renderer: Renderer, page: Page) -> bytes | Problem:
        rendered.append(page.path)
        return render(renderer, page)

    monkeypatch.setattr(Renderer, "render", count)
    editor = Editor(root)
    for _ in range(3):
        editor.shown()
        edit(root / "content/papers/2025/gamma.yaml", "title: ", "title: x")
        editor.look()
    assert rendered == ["papers/alpha/index.html"]
    for path in list(editor.live.state.pages) * (KEPT // 10):
        editor.shown(path)
    assert len(editor.live._shown) <= KEPT
