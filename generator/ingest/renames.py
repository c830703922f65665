"""Listings that were renamed, perhaps to another day: known by what they state."""

from collections.abc import Iterable, Mapping

from generator.ingest.matching import FiledListing
from generator.ingest.receipts import Receipt, digested
from generator.model import Stated


def renamed_listings(new: Iterable[FiledListing], gone: Mapping[str, Iterable[Receipt]]) -> dict[str, str]:
    """Return the former names of new listings: a listing that is gone stated three quarters of the same."""
    stated = {
        name: {_known_by(one.stated) for one in receipts if not one.vanished}
        for name, receipts in gone.items()
    }
    found: dict[str, str] = {}
    for listing in new:
        entries = {_known_by(digested(entry.stated)) for entry in listing.parse.entries}
        shares = {name: len(known & entries) / len(known) for name, known in stated.items() if known}
        former = max(sorted(shares), key=lambda name: shares[name], default="")
        if former and shares[former] >= SHARE:
            found[listing.name] = former
            del stated[former]
    return found


SHARE = 0.75
"""How much of what a listing stated another must state to be the same under a new name."""


def _known_by(stated: Stated) -> tuple[str | None, ...]:
    """Return what an entry states whatever the day: days without a year depend on it."""
    return stated.title, stated.abstract, stated.arxiv, stated.doi
