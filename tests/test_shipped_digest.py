"""The digest that comes with Broadsheet: 342 papers of four listings, shelved by its editors."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from generator.commands.ingest import ingest
from generator.library.library import Library
from generator.library.snapshot import read_library
from generator.library.vectors import text_key
from generator.problem import Severity
from generator.related.embedding import MODEL
from generator.related.index import NOTHING
from generator.related.lazy_index import LazyIndex

ROOT = Path(__file__).parents[1]
LABELS = ROOT.parent / "shared/themes/labels.json"
LISTINGS = ROOT.parent / "shared/listings"


@pytest.fixture(scope="module")
def library() -> Library:
    reading = read_library(ROOT)
    assert [problem for problem in reading.problems if problem.severity is Severity.ERROR] == []
    assert reading.library
    return reading.library


def test_every_paper_is_there_and_on_a_theme(library: Library) -> None:
    assert len(library.cards) == 342
    assert all(card.themes for card in library.cards)
    assert [(str(issue.day), len(issue.cards) + len(issue.again)) for issue in library.issues] == [
        ("2025-10-31", 214),
        ("2025-10-30", 120),
        ("2024-11-20", 10),
    ]


def test_ingesting_again_changes_nothing() -> None:
    report = ingest(ROOT, dry_run=True)
    assert (report.entries, report.papers) == (344, 342)
    assert (report.plan.made, report.plan.edited, report.plan.receipts) == ((), (), ())


def test_each_pick_has_its_note(library: Library) -> None:
    picks = [library.records[card.slug].paper() for card in library.cards if card.pick]
    assert len(picks) == 20
    assert all(len(re.findall(r"[.?!](?: |$)", paper.note or "")) >= 2 for paper in picks)


def test_ten_papers_without_a_title_have_the_editors_headline(library: Library) -> None:
    assert sum(card.stated == "" for card in library.cards) == 10
    assert not any(card.provisional for card in library.cards)


def test_every_paper_has_its_vector(library: Library) -> None:
    keys = {text_key(record.paper()) for record in library.records.values()}
    assert (library.vectors.model, set(library.vectors.rows)) == (MODEL, keys)


def test_most_papers_have_related_ones_and_no_term_explains_many(library: Library) -> None:
    related = LazyIndex(library, lambda: NOTHING)
    found = {card.slug: related.of(card.slug) for card in library.cards}
    assert sum(map(bool, found.values())) / len(found) >= 0.6
    first = Counter(relation.shared[:1] for relations in found.values() for relation in relations)
    assert max(first.values()) <= 20
    flaws, monkeys = (
        "inference-scaling-scriptsizeflaws-the-limits-of-llm",
        "large-language-monkeys-scaling-inference-compute",
    )
    assert (found[flaws][0].slug, found[flaws][0].named) == (monkeys, "here")
    assert (found[monkeys][0].slug, found[monkeys][0].named) == (flaws, "there")


@pytest.mark.skipif(not LABELS.exists(), reason="the editors' labels are not at hand")
def test_the_editors_labels_stand_as_they_gave_them(library: Library) -> None:
    def key(title: str) -> str:
        plain = unicodedata.normalize("NFKC", title).lower()
        return re.sub(r"[^a-z0-9]+", " ", plain).strip()

    shelved = {}
    for card in library.cards:
        paper = library.records[card.slug].paper()
        shelved[paper.arxiv or key(paper.title or "")] = list(paper.themes)
    labels = json.loads(LABELS.read_text("utf-8"))
    assert {label["key"]: shelved[label["key"]] for label in labels} == {
        label["key"]: label["themes"] for label in labels
    }


@pytest.mark.skipif(not LISTINGS.exists(), reason="the listings as captured are not at hand")
def test_the_listings_are_kept_byte_for_byte() -> None:
    captured = {path.name: path.read_bytes() for path in LISTINGS.glob("*.txt")}
    assert {path.name: path.read_bytes() for path in (ROOT / "content/listings").iterdir()} == captured
