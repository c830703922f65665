"""The index in an output: made where papers changed, the same on every run; foreign files stay."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from generator.commands.build import build
from generator.engine.output import Output
from generator.problem import has_error
from generator.website.search import pagefind
from generator.website.search.index import FOLDER
from tests.support.builds import THREE, clean, messages, tree
from tests.support.digest import Write

pytestmark = pytest.mark.slow


@pytest.fixture
def root(digest: Write) -> Path:
    return digest(THREE)


@pytest.fixture
def out(root: Path) -> Path:
    out = root.parent / "site"
    assert not has_error(build(root, out).problems)
    return out


def index(out: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(out).items() if path.startswith(f"{FOLDER}/")}


def states(out: Path) -> dict[str, tuple[int, int]]:
    found = ((path, path.stat()) for path in (out / FOLDER).rglob("*"))
    return {str(path): (stat.st_ino, stat.st_mtime_ns) for path, stat in found}


def append(path: Path, line: str) -> None:
    path.write_text(f"{path.read_text()}{line}\n")


def add(root: Path, title: str) -> None:
    (root / "content/papers/d.yaml").write_text(f"title: {title}\nabstract: Of deltas.\nthemes: [data]\n")


def test_an_index_has_what_a_browser_asks_for_and_a_piece_for_each_paper(out: Path) -> None:
    names = [Path(path).relative_to(FOLDER).as_posix() for path in index(out)]
    assert {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"} <= {*names}
    assert sum(name.startswith("fragment/") for name in names) == 3
    assert not [name for name in names if "ui" in name or "worker" in name]


def test_an_index_is_the_same_on_every_run(root: Path, out: Path) -> None:
    for _ in range(3):
        assert index(out) == {path: data for path, data in clean(root).items() if path.startswith(FOLDER)}


def test_nothing_is_done_where_no_paper_changed(root: Path, out: Path) -> None:
    before = states(out)
    build(root, out)
    append(root / "content/site.yaml", "mail: {address: digest@example.org}")
    assert build(root, out).changes
    assert states(out) == before


def test_a_build_that_has_nothing_to_do_does_not_import_what_indexes(root: Path, out: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from generator.commands.build import build\n"
        f"build(Path({str(root)!r}), Path({str(out)!r}))\n"
        "print({*sys.modules} & {'pagefind_bin', 'cbor2', 'generator.website.search.pagefind'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("edit", ["add", "change", "remove", "hide", "all gone"])
def test_after_an_edit_the_index_is_what_a_clean_build_makes(root: Path, out: Path, edit: str) -> None:
    paper = root / "content/papers/a.yaml"
    match edit:
        case "add":
            add(root, "Delta")
        case "change":
            paper.write_text(paper.read_text().replace("Alpha", "Omega"))
        case "remove":
            paper.unlink()
        case "hide":
            append(paper, "hide: true")
        case "all gone":
            for path in (root / "content/papers").glob("*"):
                path.unlink()
    assert not has_error(build(root, out).problems)
    assert tree(out) == clean(root)
    assert bool(index(out)) == (edit != "all gone")


def test_a_build_of_the_core_leaves_the_index_and_the_next_build_updates_it(root: Path, out: Path) -> None:
    before = index(out)
    add(root, "Delta")
    build(root, out, stage="core")
    assert index(out) == before
    build(root, out)
    assert tree(out) == clean(root)


def test_a_build_of_the_search_makes_only_the_index_and_its_page(root: Path) -> None:
    alone = root.parent / "alone"
    build(root, alone, stage="search")
    assert index(alone) == {path: data for path, data in clean(root).items() if path.startswith(FOLDER)}
    assert (alone / "search/index.html").exists()
    assert not (alone / "index.html").exists()


def test_a_file_of_the_index_that_is_gone_or_altered_is_made_again(root: Path, out: Path) -> None:
    before = index(out)
    first, second, *_ = sorted(before)
    (out / first).unlink()
    (out / second).write_bytes(b"altered")
    build(root, out)
    assert index(out) == before


def test_a_foreign_file_stays_and_one_in_the_way_is_reported(root: Path, out: Path) -> None:
    fresh = root.parent / "other"
    ours = min(index(out))
    (fresh / ours).parent.mkdir(parents=True)
    (fresh / ours).write_text("not ours")
    (fresh / FOLDER / "notes.txt").write_text("not ours either")
    report = build(root, fresh)
    assert "in the way" in " ".join(messages(report))
    assert (fresh / ours).read_text() == "not ours"
    assert not has_error(build(root, fresh, clean=True).problems)
    assert (fresh / ours).read_bytes() == index(out)[ours]
    assert (fresh / FOLDER / "notes.txt").read_text() == "not ours either"


@pytest.mark.parametrize("told", [False, True])
def test_a_folder_in_the_way_is_reported_and_stays(root: Path, out: Path, told: bool) -> None:
    path = out / min(index(out))
    path.unlink()
    path.mkdir()
    (path / "mine").write_text("mine")
    assert "in the way" in " ".join(messages(build(root, out, clean=told)))
    assert (path / "mine").read_text() == "mine"


def test_an_index_that_fails_leaves_the_site_as_it_is_and_is_made_by_the_next_build(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = index(out)
    add(root, "Delta")
    with monkeypatch.context() as patched:
        patched.setattr(pagefind, "get_executable", lambda: "/bin/true")
        report = build(root, out)
    assert [problem.message for problem in report.problems] == [
        "The search index was not made: Pagefind ended before its work was done."
    ]
    assert index(out) == before
    assert not (out / "papers/d/index.html").exists()
    assert not has_error(build(root, out).problems)
    assert tree(out) == clean(root)


def test_a_build_that_is_killed_while_it_puts_an_index_in_place_leaves_nothing_unknown(
    root: Path, out: Path
) -> None:
    add(root, "Delta")
    for number in range(3):
        code = (
            "import os\nfrom pathlib import Path\n"
            "from generator.commands import build\nfrom generator.engine import output\n"
            "place, left = output.Output.place, iter(range(1000))\n"
            "def dying(self, paths):\n"
            "    paths = list(paths)\n"
            "    if not any('pagefind' in path for path in paths): return place(self, paths)\n"
            "    for path in paths:\n"
            f"        if next(left) == {number}: os._exit(9)\n"
            "        place(self, [path])\n"
            "    return {}\n"
            "output.Output.place = dying\n"
            f"build.build(Path({str(root)!r}), Path({str(out)!r}))"
        )
        add(root, f"Delta {number}")
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    add(root, "Delta again")
    assert not has_error(build(root, out).problems)
    assert tree(out) == clean(root)


def test_the_entry_of_an_index_is_put_in_last(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[str] = []
    place = Output.place

    def recorded(self: Output, paths: Iterable[str]) -> dict[str, int]:
        found = list(paths)
        placed.extend(found)
        return place(self, found)

    monkeypatch.setattr(Output, "place", recorded)
    out = root.parent / "site"
    build(root, out)
    assert placed[-1] == f"{FOLDER}/pagefind-entry.json"
    entry = msgspec.json.decode((out / FOLDER / "pagefind-entry.json").read_bytes())
    assert entry["languages"]["en"]["page_count"] == 3
