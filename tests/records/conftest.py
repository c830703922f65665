"""The papers of the shipped digest."""

from pathlib import Path

import pytest

from generator.model import Paper
from generator.records.codec import decode

SHIPPED = Path(__file__).parents[2] / "content/papers"


@pytest.fixture(scope="session")
def shipped_papers() -> list[Paper]:
    """Return every record of the shipped digest."""
    papers = [decode(path.read_bytes(), path.name, Paper)[0] for path in sorted(SHIPPED.rglob("*.yaml"))]
    return [paper for paper in papers if paper]
