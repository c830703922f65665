"""Listings that were renamed, perhaps to another day: known by what they state, entry for entry."""

from collections.abc import Iterable, Mapping
from typing import Any

from generator.ingest.matching import FiledListing
from generator.ingest.receipts import Receipt, digested
from generator.model import Stated


def renamed_listings(new: Iterable[FiledListing], gone: Mapping[str, Iterable[Receipt]]) -> dict[str, str]:
    """Return the former names of new listings: a listing that is gone stated the same, entry for entry."""
    former = {
        frozenset(_known_by(one.position, one.stated) for one in receipts if not one.vanished): name
        for name, receipts in sorted(gone.items(), reverse=True)
    }
    found: dict[str, str] = {}
    for listing in new:
        entries = listing.parse.entries
        stated = frozenset(_known_by(one.position, digested(one.stated)) for one in entries)
        if stated and stated in former:
            found[listing.name] = former.pop(stated)
    return found


def _known_by(position: int, stated: Stated) -> tuple[Any, ...]:
    """Return what an entry states whatever the day: days without a year depend on it."""
    return position, stated.title, stated.abstract, stated.arxiv, stated.doi
