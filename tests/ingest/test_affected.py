"""Which papers and listings a change affects."""

from pathlib import Path

from generator.commands.ingest import ingest
from generator.ingest.affected import affected_papers
from generator.ingest.catalog import read_catalog
from generator.ingest.inputs import read_inputs
from generator.ingest.known_papers import known_papers
from generator.model import Stated
from tests.support.digest import Write
from tests.support.rows import listings_at, write_listings


def affected_by(root: Path) -> tuple[set[str], set[str]]:
    """Return the records and listings that the changes since the last ingest affect."""
    inputs = read_inputs(root, read_catalog(root))
    known = known_papers(inputs.records.values(), inputs.receipts)
    return affected_papers(inputs, {}, set(), known, ())


def test_a_record_that_is_gone_affects_its_listing_and_no_other_paper(digest: Write) -> None:
    root = digest("")
    papers = {name: Stated(title=f"Paper {name}", arxiv=f"2410.0000{name}") for name in "123"}
    write_listings(root, {f"2025-10-0{name}-listing": [paper] for name, paper in papers.items()})
    with listings_at():
        assert ingest(root).papers == 3
    assert affected_by(root) == (set(), set())
    (record,) = (root / "content/papers").rglob("paper-1.yaml")
    record.unlink()
    assert affected_by(root) == (set(), {"2025-10-01-listing"})
