"""Ingest, whatever happens: again, killed, on another disk, with any listings, after any editor."""

import datetime as dt
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.commands.ingest import ingest
from generator.ingest.report import IngestReport
from generator.model import Stated
from tests.support.examples import MORE
from tests.support.rows import OTHER_FIELDS, confusing, content, listings_at, listings_of, write_listings

pytestmark = pytest.mark.slow

Listings = dict[str, list[Stated]]


def writes(report: IngestReport) -> int:
    plan = report.plan
    return sum(map(len, (report.filed, plan.made, plan.edited, plan.removed, plan.receipts)))


class TestTheShippedListings:
    @pytest.fixture
    def root(self, shipped_listings: dict[str, bytes], tmp_path: Path) -> Path:
        """Return a digest of the shipped listings, nothing ingested yet."""
        for name, data in shipped_listings.items():
            file = tmp_path / "digest/content/listings" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return tmp_path / "digest"

    def test_344_entries_are_342_papers(self, root: Path) -> None:
        report = ingest(root)
        assert (report.entries, report.papers, len(report.plan.made), report.problems) == (344, 342, 342, ())
        assert len(list((root / "content/papers").rglob("*.yaml"))) == 342

    def test_ingested_again_they_change_no_byte(self, root: Path) -> None:
        ingest(root)
        before = content(root)
        assert writes(ingest(root)) == 0
        assert content(root) == before

    def test_the_order_in_which_a_disk_names_files_does_not_matter(
        self, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = tmp_path / "other"
        shutil.copytree(root, other)
        ingest(root)
        dice, glob = random.Random(1), Path.glob

        def shuffled(path: Path, pattern: str) -> Iterator[Path]:
            found = list(glob(path, pattern))
            dice.shuffle(found)
            yield from found

        monkeypatch.setattr(Path, "glob", shuffled)
        ingest(other)
        assert content(other) == content(root)
        assert writes(ingest(other)) == 0

    @pytest.mark.slow
    def test_killed_by_the_system_and_run_again_they_end_the_same(self, root: Path, tmp_path: Path) -> None:
        fresh = tmp_path / "fresh"
        shutil.copytree(root, fresh)
        report = ingest(root)
        for number in (0, 200, len(report.plan.made), writes(report) - 1):
            other = tmp_path / str(number)
            shutil.copytree(fresh, other)
            killed(other, number)
            assert content(other) != content(root)
            ingest(other)
            assert content(other) == content(root)


INGEST_AND_DIE = """
import os, signal, sys
from pathlib import Path
from generator.commands.ingest import ingest

replace, left = Path.replace, iter(range(int(sys.argv[2])))

def replace_or_die(path, target):
    if next(left, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(path, target)

Path.replace = replace_or_die
ingest(Path(sys.argv[1]))
"""


def killed(root: Path, number: int) -> None:
    """Ingest in a process that is killed after so many writes, the next one begun."""
    command = [sys.executable, "-c", INGEST_AND_DIE, str(root), str(number)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


class Stopped(BaseException):
    """What no handler of errors catches."""


def stopped(root: Path, number: int) -> None:
    """Ingest as `killed` does, in this process: hundreds of times a second."""
    left = iter(range(number))
    replace = Path.replace

    def replace_or_stop(path: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise Stopped
        return replace(path, target)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Stopped):
        patch.setattr(Path, "replace", replace_or_stop)
        ingest(root)


@st.composite
def coherent(draw: st.DrawFn) -> Stated:
    """Return one of four papers: two always named by their titles, two by their arXiv identifiers."""
    number = draw(st.integers(0, 3))
    known: dict[str, Any] = {
        "title": ["A", "B", "CON", "日本"][number],
        "arxiv": f"2410.1226{number}",
        "doi": f"10.1234/{number}",
        "published": dt.date(2020 + number, 1, 1),
    }
    stated = draw(st.sets(st.sampled_from(sorted(known)))) | {["title", "arxiv"][number % 2]}
    others = draw(st.fixed_dictionaries({}, optional=OTHER_FIELDS))
    return Stated(**{name: known[name] for name in sorted(stated)}, **others)


TWINS = [Stated(title="A", abstract="One text."), Stated(arxiv="2410.12261", abstract="One text.")]
FEW = settings(max_examples=40 * MORE)


@FEW
@given(listings_of(confusing), listings_of(confusing))
def test_any_listings_ingested_again_change_no_byte(first: Listings, second: Listings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for listings in (first, first | second):
            with listings_at():
                write_listings(root, listings)
                ingest(root)
                before = content(root)
                assert writes(ingest(root)) == 0
                assert content(root) == before


def edited(root: Path, dice: random.Random) -> None:
    """Delete, retitle and move records, as the dice fall."""
    papers = root / "content/papers"
    for file in sorted(papers.rglob("*.yaml")):
        what = dice.random()
        if what < 0.2:
            file.unlink()
        elif what < 0.4:
            lines = [
                line
                for line in file.read_text("utf-8").splitlines(keepends=True)
                if not line.startswith("title")
            ]
            file.write_text("title: An editor's\n" + "".join(lines), "utf-8")
        elif what < 0.5:
            file.rename(papers / f"moved-{file.name}")


@FEW
@given(listings_of(coherent()), listings_of(coherent()), st.integers(0, 30), st.integers(0, 2**32))
@example({}, {"2025-10-30-a": TWINS}, 1, 0)
@pytest.mark.slow
def test_killed_anywhere_and_run_again_it_ends_the_same(
    first: Listings, second: Listings, number: int, seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, other = Path(folder, "one"), Path(folder, "other")
        with listings_at():
            write_listings(root, first)
            ingest(root)
        edited(root, random.Random(seed))
        with listings_at():
            write_listings(root, first | second)
            shutil.copytree(root, other)
            report = ingest(root)
            if writes(report):
                stopped(other, number % writes(report))
            ingest(other)
            assert content(other) == content(root)
            assert writes(ingest(root)) == 0
