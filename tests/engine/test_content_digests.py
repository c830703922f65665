"""Digests of content: a file is read again only if its state changed, and whatever changes is seen."""

import os
from pathlib import Path

import pytest

from generator.engine import content_digests as module
from generator.engine.content_digests import content_digests
from generator.engine.ledger import FileState, StateFolder
from generator.files import digest, load
from generator.problem import Problem
from tests.support.builds import THREE
from tests.support.digest import Digest

PATH = "content/papers/a.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return Digest(tmp_path).write(THREE).root


def digests(root: Path) -> dict[str, bytes]:
    return content_digests(root, StateFolder(path=root.parent / "state"))


def read(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of the files that are read for their digests."""
    found: list[str] = []

    def noted(root: Path, path: str) -> bytes | Problem:
        found.append(path)
        return load(root, path)

    monkeypatch.setattr(module, "load", noted)
    now = digests(root)
    assert now == {path: digest((root / path).read_bytes()) for path in now}
    return found


def test_only_a_file_whose_state_changed_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLED", 0)
    assert PATH in read(root, monkeypatch)
    read(root, monkeypatch)  # by now, a tick has passed since the files were written
    assert read(root, monkeypatch) == []
    before = (root / PATH).stat()
    (root / PATH).write_text((root / PATH).read_text("utf-8").replace("Alpha", "Omega"), "utf-8")
    os.utime(root / PATH, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read(root, monkeypatch) == [PATH]
    (root / PATH).unlink()
    assert PATH not in digests(root)


def test_a_file_that_changes_twice_within_a_tick_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = FileState.of((root / PATH).stat())
    monkeypatch.setattr(module, "_state", lambda _: state)
    for name in ("Beta", "Zeta"):
        (root / PATH).write_text(f"title: {name}\n", "utf-8")
        assert PATH in read(root, monkeypatch)


def test_damage_is_no_digest(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLED", 0)
    digests(root)
    digests(root)
    kept = root.parent / "state/digests"
    kept.write_bytes(kept.read_bytes()[:-1] + b"#")
    assert PATH in read(root, monkeypatch)


def test_before_a_first_build_there_are_no_digests(root: Path) -> None:
    assert content_digests(root, StateFolder(path=root.parent / "none")) == {}
