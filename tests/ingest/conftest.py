"""The four listings of the shipped digest."""

from pathlib import Path

import pytest

SHIPPED = Path(__file__).parents[2] / "content/listings"


@pytest.fixture(scope="session")
def shipped_listings() -> dict[str, bytes]:
    """Return the shipped listings by name."""
    return {path.name: path.read_bytes() for path in sorted(SHIPPED.glob("*.txt"))}
