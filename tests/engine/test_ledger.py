"""What is remembered of an output: whatever is in place of a file of it, a build goes on or says so."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.engine.ledger import StateFolder
from tests.support.builds import tree
from tests.support.digest import Write
from tests.support.program import Broadsheet

PAPER = """
== content/papers/a.yaml
title: Alpha
issue: 2025-10-30
themes: [data]
"""
DAMAGED = "The record of what the last build wrote here is damaged."


@pytest.fixture
def built(digest: Write, broadsheet: Broadsheet) -> Path:
    root = digest(PAPER)
    assert broadsheet("build", cwd=root).returncode == 0
    (root / "content/papers/a.yaml").write_text("title: Beta\nissue: 2025-10-30\n")
    return root


def state_files(root: Path) -> list[Path]:
    return [path for path in (root / ".broadsheet").rglob("*") if path.is_file()]


def replaced(root: Path, make: Callable[[Path], None]) -> None:
    for path in state_files(root):
        if path.name != "ledger":
            path.unlink()
            make(path)


def test_pipes_in_place_of_what_is_remembered_are_replaced(built: Path, broadsheet: Broadsheet) -> None:
    replaced(built, os.mkfifo)
    done = broadsheet("build", cwd=built)
    assert (done.returncode, done.stderr) == (0, "")
    assert {"records", "plan", "templates"} <= {path.name for path in state_files(built)}


def test_what_a_link_in_place_of_what_is_remembered_leads_to_stays(
    built: Path, broadsheet: Broadsheet
) -> None:
    (built / "precious").write_text("precious")
    replaced(built, lambda path: path.symlink_to(built / "precious"))
    assert broadsheet("build", cwd=built).returncode == 0
    assert (built / "precious").read_text() == "precious"


@pytest.mark.parametrize("name", ["lock", "records", "plan", "templates", "ledger"])
def test_a_folder_in_place_of_what_is_remembered_is_told(
    built: Path, broadsheet: Broadsheet, name: str
) -> None:
    place = StateFolder.of(built, built / "site").path / name
    place.unlink()
    (place / "folder").mkdir(parents=True)
    done = broadsheet("build", "--clean", cwd=built)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error  {place.relative_to(built)}\n")
    assert "The file system says: Is a directory." in done.stderr


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_ledger_that_cannot_be_read_is_damaged(
    built: Path, broadsheet: Broadsheet, make: Callable[[Path], None]
) -> None:
    before = tree(built / "site")
    ledger = StateFolder.of(built, built / "site").path / "ledger"
    ledger.unlink()
    make(ledger)
    assert DAMAGED in broadsheet("build", cwd=built).stderr
    assert tree(built / "site") == before


def test_a_pipe_in_place_of_a_page_is_replaced(built: Path, broadsheet: Broadsheet) -> None:
    for page in (built / "site/papers/a/index.html", built / "site/feeds/papers.json"):
        page.unlink()
        os.mkfifo(page)
        assert broadsheet("build", cwd=built).returncode == 0
        assert page.is_file()


@pytest.mark.parametrize("name", ["ingest.lock", "ingest.catalog"])
def test_ingest_waits_for_no_pipe(built: Path, broadsheet: Broadsheet, name: str) -> None:
    (built / ".broadsheet" / name).unlink(missing_ok=True)
    os.mkfifo(built / ".broadsheet" / name)
    assert broadsheet("ingest", cwd=built).returncode == 0
