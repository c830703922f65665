"""The four listings of the shipped digest, and the papers that they make."""

from pathlib import Path

import pytest

from generator.ingest.matching import Content, FiledListing
from generator.ingest.plan import merge
from generator.listings import issue_of, parse
from generator.model import Paper
from generator.records.codec import decode

SHIPPED = Path(__file__).resolve().parents[2] / "content/listings"


@pytest.fixture(scope="session")
def shipped_listings() -> dict[str, bytes]:
    """Return the shipped listings by name; skip where they are not at hand."""
    listings = {path.name: path.read_bytes() for path in sorted(SHIPPED.glob("*.txt"))}
    if not listings:
        pytest.skip(f"no listings in {SHIPPED}")
    return listings


@pytest.fixture(scope="session")
def shipped_papers(shipped_listings: dict[str, bytes]) -> list[Paper]:
    """Return the papers of the shipped listings, as ingest makes them."""
    filed = [
        FiledListing(name=name, issue=issue_of(name), parse=parse(data, name, issue_of(name)))
        for name, data in shipped_listings.items()
    ]
    plan = merge(Content(listings=tuple(filed), records=(), receipts={}, unread=frozenset()), ())
    papers = [decode(write.data, write.path, Paper)[0] for write in plan.made]
    return [paper for paper in papers if paper]
