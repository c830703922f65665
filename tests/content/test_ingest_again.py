"""Ingest, whatever happens: again, killed, on another disk, on any listings."""

import datetime as dt
import os
import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content import ingest as module
from generator.content.ingest import ingest
from generator.content.records import decode
from generator.listings import Entry, Parse, Span
from generator.model import Paper, Stated
from tests.content.strategies import LISTING_OWNED, stated


def content(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.fixture
def shipped(shipped_listings: dict[str, bytes], tmp_path: Path) -> Path:
    """Return a digest of the shipped listings, nothing ingested yet."""
    for name, data in shipped_listings.items():
        file = tmp_path / "digest/content/listings" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path / "digest"


def test_344_shipped_entries_are_342_papers(shipped: Path) -> None:
    plan = ingest(shipped)
    assert (plan.entries, plan.papers, len(plan.made), plan.problems) == (344, 342, 342, ())
    assert len(list((shipped / "content/papers").rglob("*.yaml"))) == 342


def test_ingesting_the_shipped_listings_again_changes_no_byte(shipped: Path) -> None:
    ingest(shipped)
    before = content(shipped)
    plan = ingest(shipped)
    assert (plan.made, plan.edited, plan.receipts, plan.problems) == ((), (), (), ())
    assert content(shipped) == before


def test_shipped_listings_one_by_one_in_any_order_make_the_same_papers(shipped: Path, tmp_path: Path) -> None: ...


def test_the_order_in_which_the_disk_names_files_does_not_matter(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    shutil.copytree(shipped, other)
    ingest(shipped)
    dice = random.Random(1)
    glob = Path.glob

    def shuffled(path: Path, pattern: str) -> list[Path]:
        found = list(glob(path, pattern))
        dice.shuffle(found)
        return found

    monkeypatch.setattr(Path, "glob", shuffled)
    ingest(other)
    assert content(other) == content(shipped)
    assert ingest(other).edited == ()
    assert content(other) == content(shipped)
