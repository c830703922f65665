"""Snapshot again what changed gives what reading everything gives, whatever changed."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.files import load
from generator.library import overlay as patches
from generator.library.library import Library
from generator.library.overlay import differing, patched
from generator.library.record_files import read_records
from generator.library.snapshot import read_again, read_library
from generator.problem import Problem
from tests.support.digest import SITE, THEMES, Write, write_files

SLUGS = st.sampled_from(["a", "b", "c", "d"])
DAYS = st.sampled_from(["2025-10-29", "2025-10-30", "2025-11-01"])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "id": SLUGS,
        "title": st.sampled_from(["One", "Two"]),
        "published": DAYS,
        "issue": DAYS,
        "pick": st.just("true"),
        "hide": st.just("true"),
        "themes": st.lists(st.sampled_from(["data", "models", "modles"]), max_size=3),
        "formerly": st.lists(SLUGS, max_size=2),
        "abstract": st.sampled_from(["Words.", "Other words."]),
        "titel": st.just("a mistake"),
    },
)
ROWS = st.lists(st.tuples(DAYS, st.integers(1, 3)), max_size=2)
PATHS = st.builds("content/papers/{}{}.yaml".format, st.sampled_from(["", "2024/", "2025/x/"]), SLUGS)
EDITS = st.lists(
    st.dictionaries(PATHS, st.none() | st.tuples(FIELDS, ROWS), min_size=1, max_size=4), max_size=6
)


def written(root: Path, path: str, record: tuple[dict[str, Any], list[tuple[str, int]]] | None) -> None:
    """Write a record, or remove it."""
    file = root / path
    if record is None:
        file.unlink(missing_ok=True)
        return
    fields, rows = record
    lines = [f"{name}: {str(value).replace(chr(39), '')}" for name, value in fields.items()]
    lines += ["listed:"] if rows else []
    lines += [f"- {{listing: {day}, issue: {day}, position: {position}}}" for day, position in rows]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([*lines, ""]), "utf-8")


def plain(library: Library | None) -> dict[str, Any]:
    """Return all parts of a library, maps as dicts."""
    assert library
    parts = {name: getattr(library, name) for name in library.__struct_fields__}
    return parts | {"records": dict(library.records), "formerly": dict(library.formerly)}


@settings(max_examples=150)
@given(EDITS, st.sampled_from([1, 3, 500]))
@pytest.mark.slow
def test_reading_what_changed_equals_reading_everything(edits: list[dict[str, Any]], most: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(patches, "MOST", most)
        root = Path(folder)
        write_files(root, f"== content/site.yaml\n{SITE}\n== content/themes.yaml\n{THEMES}")
        reading = read_library(root)
        for changes in edits:
            for path, record in changes.items():
                written(root, path, record)
            reading = read_again(root, reading, changes.keys(), others=False)
            # a broken record keeps its last good state, so what was read before matters
            whole = read_library(root, read_records(root, dict(reading.files)))
            assert plain(reading.library) == plain(whole.library)
            assert reading.problems == whole.problems
            for part in ("files", "users", "flaws"):
                assert dict(getattr(reading, part)) == dict(getattr(whole, part))
            assert len(reading.files) == len(whole.files)


def test_site_files_are_read_again_where_they_may_have_changed(digest: Write) -> None:
    root = digest("\n== content/papers/a.yaml\nthemes: [data, models]\n")
    before = read_library(root)
    (root / "content/themes.yaml").write_text("- {slug: data, title: Data}\n", "utf-8")
    (root / "content/papers/a.yaml").write_text("title: Alpha\nthemes: [data, models]\n", "utf-8")
    assert read_again(root, before, ["content/papers/a.yaml"], others=True) == read_library(root)


def test_only_what_changed_is_read(digest: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = digest("\n== content/papers/a.yaml\ntitle: A\n== content/papers/b.yaml\ntitle: B\n")
    before = read_library(root)
    read: list[str] = []

    def note(root: Path, path: str) -> bytes | Problem:
        read.append(path)
        return load(root, path)

    monkeypatch.setattr("generator.library.record_files.load", note)
    assert read_again(root, before, ["content/papers/b.yaml"], others=False) is before
    assert read == ["content/papers/b.yaml"]


def test_a_start_without_settings_is_mended_by_them(digest: Write) -> None:
    root = digest("\n== content/papers/a.yaml\ntitle: A\n")
    site = (root / "content/site.yaml").read_text("utf-8")
    (root / "content/site.yaml").unlink()
    reading = read_library(root)
    (root / "content/papers/b.yaml").write_text("title: B\n", "utf-8")
    reading = read_again(root, reading, ["content/papers/b.yaml"], others=False)
    assert reading.library is None
    (root / "content/site.yaml").write_text(site, "utf-8")
    assert read_again(root, reading, [], others=True) == read_library(root)
    shutil.rmtree(root / "content/papers")
    gone = read_again(root, reading, reading.files.keys(), others=True)
    assert gone.library
    assert gone.library.cards == ()


@given(
    st.lists(st.dictionaries(SLUGS, st.none() | st.integers(0, 9)), max_size=5),
    st.dictionaries(SLUGS, st.integers(0, 9)),
)
def test_a_patched_map_is_a_changed_copy(changes: list[dict[str, int | None]], first: dict[str, int]) -> None:
    copy, found = dict(first), patched(first, {})
    for change in changes:
        before, was = found, dict(copy)
        found = patched(found, change)
        copy |= {key: value for key, value in change.items() if value is not None}
        copy = {key: value for key, value in copy.items() if change.get(key, 0) is not None}
        assert (dict(found), len(found), sorted(found)) == (copy, len(copy), sorted(copy))
        assert differing(before, found) == {key for key in {*was, *copy} if was.get(key) != copy.get(key)}
        assert dict(before) == was


def test_a_map_that_changed_in_hundreds_of_values_still_tells_which() -> None:
    before = patched({"kept": 1, "removed": 2}, {"added": 3})
    changes = {"removed": None, **{f"paper-{number}": number for number in range(1000)}}
    assert differing(before, patched(before, changes)) == changes.keys()
