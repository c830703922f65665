"""Records from build to build: a base of all, and a delta of what differs since."""

from pathlib import Path

import pytest

from generator.engine.ledger import StateFolder
from generator.engine.record_cache import BASE, DELTA, RecordCache
from generator.library.record_files import RecordFile, read_records
from tests.support.digest import Write

MANY = 33


@pytest.fixture
def root(digest: Write) -> Path:
    return digest("".join(f"\n== content/papers/p{number}.yaml\ntitle: {number}\n" for number in range(MANY)))


def build(root: Path) -> dict[str, RecordFile]:
    """Read the records of a digest as a build does, and keep them."""
    cache = RecordCache(StateFolder(path=root / "state/site"))
    files = read_records(root, cache.files)
    cache.save(files)
    return files


def kept(root: Path) -> dict[str, RecordFile]:
    return dict(RecordCache(StateFolder(path=root / "state/site")).files)


def names(root: Path) -> set[str]:
    return {path.name for path in (root / "state/site").iterdir()}


def test_nothing_is_kept_before_the_first_build(root: Path) -> None:
    assert kept(root) == {}


def test_what_is_kept_is_what_was_read(root: Path) -> None:
    assert build(root) == kept(root) == read_records(root, {})
    assert names(root) == {BASE}


@pytest.mark.parametrize("edit", ["change", "add", "remove"])
def test_one_edit_writes_a_delta_and_leaves_the_base(root: Path, edit: str) -> None:
    build(root)
    base = (root / "state/site" / BASE).read_bytes()
    path = root / f"content/papers/{'new' if edit == 'add' else 'p7'}.yaml"
    path.unlink() if edit == "remove" else path.write_text("title: Other\n")
    build(root)
    assert kept(root) == read_records(root, {})
    assert names(root) == {BASE, DELTA}
    assert (root / "state/site" / BASE).read_bytes() == base


def test_a_record_that_comes_back_needs_no_delta_row(root: Path) -> None:
    build(root)
    path = root / "content/papers/p7.yaml"
    text = path.read_text()
    path.unlink()
    build(root)
    path.write_text(text)
    build(root)
    assert kept(root) == read_records(root, {})


@pytest.mark.parametrize(
    ("records", "edits", "removals", "written"),
    [
        (33, 2, 0, {BASE, DELTA}),
        (33, 3, 0, {BASE}),
        (32, 2, 0, {BASE}),
        (33, 1, 2, {BASE}),
    ],
)
def test_edits_of_one_record_in_sixteen_or_more_write_a_new_base(
    root: Path, records: int, edits: int, removals: int, written: set[str]
) -> None:
    papers = [root / f"content/papers/p{number}.yaml" for number in range(MANY)]
    for path in papers[records:]:
        path.unlink()
    build(root)
    for path in papers[:edits]:
        path.write_text("title: Other\n")
    for path in papers[edits : edits + removals]:
        path.unlink()
    build(root)
    assert kept(root) == read_records(root, {})
    assert names(root) == written


def test_all_records_may_go(root: Path) -> None:
    build(root)
    for path in (root / "content/papers").iterdir():
        path.unlink()
    assert build(root) == kept(root) == {}


@pytest.mark.parametrize("name", [BASE, DELTA])
def test_a_damaged_file_is_not_believed(root: Path, name: str) -> None:
    build(root)
    (root / "content/papers/p7.yaml").write_text("title: Other\n")
    build(root)
    path = root / "state/site" / name
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    assert build(root) == read_records(root, {})
    assert kept(root) == read_records(root, {})
