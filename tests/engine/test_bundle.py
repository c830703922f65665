"""The parts of a bundle from build to build: only what differs is written, and what is gone is removed."""

from pathlib import Path

from generator.engine.bundle import read_parts, write_parts
from generator.engine.ledger import write_value


def test_parts_are_kept_and_only_those_that_differ_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    assert read_parts(folder) == {}
    write_parts(folder, {}, {name: memoryview(name.encode()) for name in "abc"})
    before = read_parts(folder)
    assert before == {"a": b"a", "b": b"b", "c": b"c"}
    inodes = {path.name: path.stat().st_ino for path in folder.iterdir()}
    write_parts(folder, before, {"a": before["a"], "b": memoryview(b"other"), "d": memoryview(b"d")})
    assert read_parts(folder) == {"a": b"a", "b": b"other", "d": b"d"}
    assert {path.name for path in folder.iterdir() if path.stat().st_ino == inodes.get(path.name)} == {"a"}


def test_parts_of_another_version_of_the_program_or_damaged_ones_are_not_taken(tmp_path: Path) -> None:
    write_parts(tmp_path, {}, {"a": memoryview(b"a")})
    write_value(tmp_path / "b", (b"another version", b"b"))
    (tmp_path / "c").write_bytes((tmp_path / "a").read_bytes()[:-1])
    assert read_parts(tmp_path) == {"a": b"a"}
