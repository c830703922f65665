"""A live session without a server: last good states, what an edit changes, and bugs of our own."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import wraps
from pathlib import Path

import pytest

from generator.commands.build import build
from generator.engine.page import Page, Planner, by_path, plan
from generator.engine.render import Renderer
from generator.engine.templates import assets
from generator.files import load, write_file
from generator.library import record_files
from generator.library.library import Library
from generator.problem import Problem
from generator.serve import file_changes, page_lookup
from generator.serve.editor import VSCODE, EditorLinks
from generator.serve.file_changes import FileChanges
from generator.serve.responses import page_status
from generator.serve.session import CACHED_PAGES, Log, Session
from generator.serve.state import State, changed_files, first_state, next_state
from generator.website.planners import PLANNERS
from tests.support.live_server import ALPHA, edit

pytestmark = pytest.mark.slow

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


def edit_in_place(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


class Editor:
    """A live session, and all that it logged and published."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self.reported: list[Problem] = []
        self.published = 0
        self.session = Session(root, Log(self.said.append, self._report), self._publish)

    def _report(self, problems: Iterable[Problem]) -> None:
        self.reported.extend(problems)

    def _publish(self) -> None:
        self.published += 1

    def update(self) -> None:
        self.session.update([self.root / "content", self.root / "templates"])

    def shown(self, path: str = "papers/alpha/index.html") -> tuple[str | None, str]:
        """Return the page's text, and its problem's message."""
        shown = self.session.serve(self.session.state, path)
        assert shown
        text = None if shown.body is None else shown.body.decode()
        return text, shown.problem.message if shown.problem else ""


def reads_of(module: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that the paths of the files that a module loads are added to."""
    paths: list[str] = []

    def note(root: Path, path: str) -> bytes | Problem:
        paths.append(path)
        return load(root, path)

    monkeypatch.setattr(f"{module}.load", note)
    return paths


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
    before = first_state(root, None)
    change(root)
    all_files = everything(root)
    after = next_state(root, before, all_files)
    assert list(changed_files(before, after, all_files)) == files
    was, now = (
        {path: s.templates.renderer.render(page) for path, page in site(s).items()} for s in (before, after)
    )
    assert (was != now) == differ


def everything(root: Path) -> FileChanges:
    """Return the changes of all files that exist or did."""
    names = (path.relative_to(root).as_posix() for path in (root / "content/papers").rglob("*.yaml"))
    return FileChanges(records=frozenset({*names, ALPHA}), others=True, templates=True)


def site(state: State) -> dict[str, Page]:
    """Return all pages of a state, as a build plans them; each must be found by its path."""
    assert state.content.library
    planned, clashes = by_path(plan(state.content.library, (*PLANNERS, assets(state.templates.files))))
    assert clashes == []
    for path, page in reversed(planned.items()):
        assert state.page_lookup.get(path) == page
    assert state.page_lookup.get("papers/nobody/index.html") is None
    return planned


def test_an_increment_equals_a_fresh_start(root: Path, own: Path) -> None:
    state = first_state(root, None)
    for number in range(4):
        edit(root / ALPHA, "title: ", f"title: {number} ")
        (own / "static/style.css").write_text(f"p {{ margin: {number}px; }}")
        new = f"content/papers/2025/new-{number}.yaml"
        (root / new).write_text(f"title: New {number}\n")
        state = next_state(
            root, state, FileChanges(records=frozenset({ALPHA, new}), others=False, templates=True)
        )
    fresh = first_state(root, None)
    assert (site(state), state.problems) == (site(fresh), fresh.problems)
    found, expected = state.templates, fresh.templates
    assert (found.styles, found.assets) == (expected.styles, expected.assets)


def test_an_edit_reads_one_file_and_plans_one_page(
    root: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = Editor(root)
    editor.shown()
    read = reads_of("generator.library.record_files", monkeypatch)
    monkeypatch.setattr(page_lookup, "PLANNERS", ())
    edit(root / ALPHA, "title: Alpha", "title: Alphabet")
    editor.session.update([root / ALPHA])
    assert (editor.shown()[0], read) == ("one Alphabet of the first kind", [ALPHA])
    assert list(editor.session.state.page_lookup._planned) == []


def test_a_planner_runs_only_until_the_page_asked_for(
    root: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[str] = []

    def noting(planner: Planner) -> Planner:
        @wraps(planner)
        def noted(library: Library) -> Iterator[Page]:
            for page in plan(library, (planner,)):
                planned.append(page.path)
                yield page

        return noted

    monkeypatch.setattr(page_lookup, "PLANNERS", tuple(noting(planner) for planner in PLANNERS))
    editor = Editor(root)
    editor.shown("issues/2025-10-30/index.html")
    assert planned == ["issues/index.html", "issues/2025-10-30/index.html"]
    edit(root / ALPHA, "title: Alpha", "title: Alphabet")
    editor.update()
    planned.clear()
    assert "Alphabet" in str(editor.shown("issues/2025-10-30/index.html"))
    assert planned == ["issues/index.html", "issues/2025-10-30/index.html"]


@pytest.mark.parametrize(("shard", "pools"), [(3, 0), (2, 1)])
def test_the_first_start_shares_two_shards_of_records_or_more_among_workers(
    root: Path, monkeypatch: pytest.MonkeyPatch, shard: int, pools: int
) -> None:
    monkeypatch.setattr(record_files, "SHARD", shard)
    write_file(root / "content/papers/late.yaml", b"title: Late")
    started: list[Executor] = []

    def workers() -> Executor:
        started.append(ThreadPoolExecutor(1))
        return started[-1]

    shared = first_state(root, workers).content.files
    assert (len(started), len(shared)) == (pools, 4)
    assert shared == first_state(root, None).content.files


def test_a_rescan_finds_what_no_event_reported(root: Path, own: Path) -> None:
    editor = Editor(root)
    for change in (
        lambda: edit(root / ALPHA, "title: Alpha", "title: Alphabet"),
        lambda: edit_in_place(root / ALPHA, "Alphabet", "Betaphal"),  # as long, and in the same moment
        lambda: (root / ALPHA).rename(root / "content/papers/alpha.yaml"),
        lambda: (own / "static/style.css").write_text("p { margin: 0; }"),
        lambda: edit(root / ABOUT, "What", "Who"),
    ):
        change()
        assert [None for _ in editor.session.rescan()] == []
        fresh = first_state(root, None)
        assert site(editor.session.state) == site(fresh)
    assert (editor.published, len(editor.said), editor.reported) == (5, 5, [])


def test_a_rescan_reads_only_changed_files(root: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_changes, "TIMESTAMP_STEP", -1)
    editor = Editor(root)
    read = reads_of("generator.serve.file_changes", monkeypatch)
    [*editor.session.rescan()]
    assert len(read) == 3
    [*editor.session.rescan()]
    assert len(read) == 3
    edit(root / ALPHA, "title: Alpha", "title: Alphabet")
    [*editor.session.rescan()]
    assert read[3:] == [ALPHA]


def test_an_edit_is_read_between_two_steps_of_a_rescan(
    root: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_changes, "BATCH", 1)
    editor = Editor(root)
    rescan = editor.session.rescan()
    for number, _ in enumerate(rescan):
        edit(root / ALPHA, "title: ", f"title: {number} ")
        editor.session.update([root / ALPHA])
        assert f"one {number} " in str(editor.shown())
    assert (editor.published, site(editor.session.state)) == (3, site(first_state(root, None)))


def test_styles_and_other_static_files_are_told_apart(root: Path, own: Path) -> None:
    before = first_state(root, None).templates
    (own / "static/style.css").write_text("p { margin: 0; }")
    styled = first_state(root, None).templates
    assert (styled.styles != before.styles, styled.assets) == (True, before.assets)
    (own / "static/icon.svg").write_text("<svg></svg>")
    drawn = first_state(root, None).templates
    assert (drawn.styles, drawn.assets != styled.assets) == (styled.styles, True)


def test_a_page_that_is_open_asks_for_itself_again_when_an_image_changes(root: Path) -> None:
    editor = Editor(root)
    image = root / "content/images/chart.gif"
    image.parent.mkdir()
    seen = [page_status(editor.session, "/").page]
    for text in ("GIF89a", "GIF89a.", "GIF89a."):
        image.write_text(text)
        editor.session.update([image])
        seen.append(page_status(editor.session, "/").page)
    assert len({*seen}) == 3
    image.write_text("<html>")
    editor.session.update([image])
    assert editor.shown("images/chart.gif") == ("GIF89a.", "")
    assert [problem.message[:24] for problem in page_status(editor.session, "/").problems] == [
        "This is not an image: it"
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("paper.html", "{% if %}", "Expected an expression"),
        ("paper.html", "{{ view.nothing }}", "has no 'nothing'"),
        ("paper.html", "{{ 1 / 0 }}", "division by zero"),
        ("paper.html", "{% include 'nowhere.html' %}", "There is no template 'nowhere.html'."),
        ("_own.html", "{% macro line() %}{% endmacro %}", "takes no"),
        ("_own.html", "{% macro line(text) %}", "The template ends, and {% macro %} is not closed."),
        ("_own.html", None, "There is no template '_own.html'."),
    ],
)
def test_a_page_is_shown_with_its_templates_last_good_state(
    root: Path, own: Path, name: str, text: str | None, message: str
) -> None:
    editor = Editor(root)
    (own / name).write_text("{% broken before anyone looks %}", "utf-8")
    editor.update()
    if text is None:
        (own / name).unlink()
    else:
        (own / name).write_text(text, "utf-8")
    edit(root / ALPHA, "title: Alpha", "title: Alphabet")
    editor.update()
    shown, problem = editor.shown()
    assert (shown, message in problem) == ("one Alphabet of the first kind", True), problem
    assert editor.shown("index.html")[1] == ""
    (own / name).write_text(
        OWN[name].replace("one", "two").replace("line(view", "line('two ' ~ view"), "utf-8"
    )
    editor.update()
    shown, problem = editor.shown()
    assert ("two" in (shown or ""), problem, editor.session.state.problems) == (True, "", ())


def test_a_page_that_fails_by_its_content_keeps_its_last_bytes(root: Path, own: Path) -> None:
    (own / "paper.html").write_text("{{ 12 / view.card.title|length }}{{ 1 / (view.card.title != 'No') }}")
    editor = Editor(root)
    good, problem = editor.shown()
    assert (good is not None, problem) == (True, "")
    edit(root / ALPHA, "title: Alpha of the first kind", "title: 'No'")
    editor.update()
    assert editor.shown() == (good, "division by zero.")
    assert [problem.message for problem in editor.reported] == ["division by zero."]


def test_a_page_that_was_never_good_has_no_bytes(root: Path, own: Path) -> None:
    (own / "paper.html").write_text("{{ view.nothing }}")
    text, problem = Editor(root).shown()
    assert (text, "nothing" in problem) == (None, True)


def test_a_bug_of_ours_while_rendering_is_shown_and_traced(
    root: Path, own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor = Editor(root)
    good, _ = editor.shown()

    def fail(renderer: Renderer, page: Page) -> bytes:
        raise ZeroDivisionError(page.path)

    monkeypatch.setattr(Renderer, "render", fail)
    edit(root / ALPHA, "title: Alpha", "title: Alphabet")
    editor.update()
    assert editor.shown() == (good, "This is a bug in Broadsheet.")
    assert "ZeroDivisionError: papers/alpha/index.html" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flaw", "told"),
    [
        (OSError(5, "Input/output error", "x"), ("x", "Cannot read this: Input/output error.")),
        (OSError(5, "Input/output error"), ("content", "Cannot read this: Input/output error.")),
        (MemoryError(), ("content", "This takes more memory than there is.")),
        (ZeroDivisionError(), ("content", "This is a bug in Broadsheet.")),
    ],
)
def test_a_failure_while_reading_keeps_the_last_state(
    root: Path,
    own: Path,
    flaw: Exception,
    told: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    editor = Editor(root)
    good = editor.shown()

    def fail(*_: object, others: bool) -> None:
        raise flaw

    with monkeypatch.context() as patch:
        patch.setattr("generator.serve.state.read_again", fail)
        for _ in range(3):
            editor.update()
            [problem] = editor.session.state.problems
            assert ((problem.location.path, problem.message), editor.shown()) == (told, good)
    assert ("Traceback" in capsys.readouterr().err) == isinstance(flaw, ZeroDivisionError)
    editor.update()
    assert (editor.session.state.problems, editor.said[-1], len(editor.reported)) == (
        (),
        "All errors are fixed.",
        1,
    )


def test_a_problem_is_logged_and_shown_once(root: Path, own: Path) -> None:
    editor = Editor(root)
    (own / "paper.html").write_text("{% if %}")
    edit(root / ALPHA, "title: Alpha", "title: [Alpha")
    editor.update()
    editor.shown()
    assert len(editor.reported) == 2
    shown = page_status(editor.session, "/papers/alpha/").problems
    assert [problem.location.path for problem in shown] == ["templates/paper.html", ALPHA]


def test_an_update_that_finds_no_change_logs_nothing(root: Path, own: Path) -> None:
    editor = Editor(root)
    edit(root / ALPHA, "title: Alpha", "title: [Alpha")
    editor.update()
    editor.update()
    assert (len(editor.said), editor.published, len(editor.reported)) == (1, 1, 1)


@pytest.mark.parametrize(("edited", "more"), [(3, []), (4, ["and 1 more"]), (5, ["and 2 more"])])
def test_many_edited_files_are_counted(root: Path, own: Path, edited: int, more: list[str]) -> None:
    editor = Editor(root)
    for number in range(edited):
        (root / f"content/papers/2025/new-{number}.yaml").write_text(f"title: New {number}\n")
    editor.update()
    names = [f"content/papers/2025/new-{number}.yaml" for number in range(3)]
    first, *others = editor.said[0].split("\n")
    assert first.startswith("changed, ")
    assert [first.split()[-1], *map(str.strip, others)] == [*names, *more]


@pytest.mark.parametrize(("errors", "shown"), [(20, 20), (21, 20), (23, 20)])
def test_a_page_shows_20_errors_and_how_many_more_there_are(root: Path, errors: int, shown: int) -> None:
    for number in range(errors):
        (root / f"content/papers/2025/broken-{number}.yaml").write_text("titel: x\n")
    session = Editor(root).session
    links = EditorLinks(root=root, address=VSCODE)
    for found, has_links in ((page_status(session, "/", links), True), (page_status(session, "/"), False)):
        assert (len(found.problems), found.more) == (shown, errors - shown)
        assert (len(found.links), found.has_sources) == (shown * has_links, has_links)


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
        editor.update()
    assert rendered == ["papers/alpha/index.html"]
    for path in list(site(editor.session.state)) * (CACHED_PAGES // 10):
        editor.session.serve(editor.session.state, path)
    assert len(editor.session._served) <= CACHED_PAGES


def test_what_was_published_and_would_vanish_is_shown_as_a_build_says_it(root: Path, tmp_path: Path) -> None:
    (root / "content/published.jsonl").write_text('{"url":"papers/alpha/"}\n{"url":"papers/gone/"}\n')
    editor = Editor(root)
    editor.session.find_losses()
    refused = build(root, tmp_path / "site").problems
    assert "papers/gone/ was published and would vanish" in refused[0].message
    assert tuple(editor.reported) == page_status(editor.session, "/").problems == refused
    assert editor.published == 1
    editor.session.find_losses()
    assert (len(editor.reported), editor.published) == (1, 1)
    edit(root / ALPHA, "title: Alpha", "title: [Alpha")
    editor.update()
    editor.session.find_losses()  # what has an error is not gone
    assert [found.location.path for found in page_status(editor.session, "/").problems] == [ALPHA]
    edit(root / ALPHA, "title: [Alpha", "title: Alpha")
    (root / "content/published.jsonl").write_text('{"url":"papers/alpha/"}\n')
    editor.update()
    editor.session.find_losses()
    assert page_status(editor.session, "/").problems == ()
