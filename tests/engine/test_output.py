"""The output's folder: what is in it is told apart from what a build wrote."""

from pathlib import Path

import pytest

from generator.engine.ledger import FileState, LedgerRow
from generator.engine.output import STAGING, Output
from generator.files import digest


@pytest.fixture
def output(tmp_path: Path) -> Output:
    """An output with the page `a/b/index.html`, and a file of somebody's next to its folder."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/index.html").write_text("page")
    (tmp_path / "a/mine.txt").write_text("mine")
    return Output(str(tmp_path))


def row(state: FileState | None) -> LedgerRow:
    assert state
    return LedgerRow(code=b"", template=b"", view=b"", content=b"", state=state)


def test_a_file_that_was_altered_or_is_gone_is_told(output: Output, tmp_path: Path) -> None:
    rows = {path: row(output.state(path)) for path in ("a/b/index.html", "a/mine.txt")}
    assert output.altered(rows) == {}
    assert output.bytes_of("a/mine.txt", rows["a/mine.txt"]) == b"mine"
    (tmp_path / "a/mine.txt").write_text("more")
    (tmp_path / "a/b/index.html").unlink()
    assert output.altered(rows) == {
        "a/b/index.html": "the file is gone",
        "a/mine.txt": "the file was altered",
    }
    assert [output.bytes_of(path, found) for path, found in rows.items()] == [b"", b""]


def test_it_is_empty_also_with_dotfiles(tmp_path: Path) -> None:
    output = Output(str(tmp_path / "site"))
    assert output.is_empty()
    (tmp_path / "site/.git").mkdir(parents=True)
    assert output.is_empty()
    (tmp_path / "site/CNAME").touch()
    assert not output.is_empty()


def test_only_a_file_with_the_bytes_of_a_build_is_its_own(output: Output, tmp_path: Path) -> None:
    contents = (digest(b"other"), digest(b"page"))
    (tmp_path / "linked").symlink_to("a")
    asked = ("a/b/index.html", "a/mine.txt", "a/b", "a/gone.html", "linked/b/index.html")
    assert [path for path in asked if output.is_ours(path, contents)] == ["a/b/index.html"]


@pytest.mark.parametrize(
    ("path", "blocker"),
    [("a/b/index.html", None), ("a/new/x.html", None), ("a/b", "a/b"), ("a/mine.txt/x/y.html", "a/mine.txt")],
)
def test_what_prevents_a_page_is_named(output: Output, path: str, blocker: str | None) -> None:
    assert output.blocker(path) == blocker


def test_a_page_that_is_removed_takes_the_folders_with_it_that_are_empty_then(
    output: Output, tmp_path: Path
) -> None:
    output.remove("a/b/index.html")
    output.remove("a/b/c/d/index.html")
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "mine.txt"]


def test_pages_that_are_put_in_place_tell_when(output: Output, tmp_path: Path) -> None:
    paths = ["a/b/index.html", "a/new/one.html", "a/new/two.html", "top.html"]
    states = {path: output.stage(path, path.encode()) for path in paths}
    changed = output.place(paths)
    assert {path: (tmp_path / path).read_text() for path in paths} == {path: path for path in paths}
    now = {path: found for path in paths if (found := output.state(path))}
    assert changed == {
        **{path: now[path].changed for path in ("a/b/index.html", "top.html")},
        "a/new/": (tmp_path / "a/new").stat().st_ctime_ns,
    }
    assert [now[path].inode == states[path].inode for path in paths] == [True] * 4
    output.sweep()
    assert not (tmp_path / STAGING).exists()


def test_a_page_makes_way_for_itself_where_a_build_had_a_file_or_only_folders_are_left(
    output: Output, tmp_path: Path
) -> None:
    (tmp_path / "a/b/index.html").unlink()
    (tmp_path / "a/b/c").mkdir()
    for path in ("a/b", "a/mine.txt/x.html"):
        output.stage(path, b"new")
        output.place([path])
        assert (tmp_path / path).read_bytes() == b"new"
