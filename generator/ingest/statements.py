"""What listings say of a paper, value by value, and what they say together."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import msgspec

from generator.ingest.matching import FiledListing, Named
from generator.ingest.receipts import Receipt, digest_of
from generator.model import Listed, Stated
from generator.records.edit import FieldPath

Told: TypeAlias = Mapping[str, Sequence[Receipt]]
"""The receipts of one record, by the listing's name, each by position."""


class Said(NamedTuple):
    """A value, and the listing that states it."""

    value: Any
    listing: str


def fold(told: Told) -> dict[FieldPath, Said]:
    """Return what receipts say together: of a field, what the last listing says, by name, that states it.

    Of `links`, each kind is a field of its own.
    """
    return {
        path: Said(value, listing)
        for listing in sorted(told)
        for receipt in told[listing]
        for path, value in statements(receipt.stated).items()
    }


def statements(stated: Stated) -> dict[FieldPath, Any]:
    """Return the values that are stated, each by its path in a record."""
    values: dict[FieldPath, Any] = {
        (name,): value
        for name in Stated.__struct_fields__
        if (value := getattr(stated, name)) != _NOTHING[name] and name != "links"
    }
    return values | {("links", kind): url for kind, url in stated.links.items()}


_NOTHING = {name: getattr(Stated(), name) for name in Stated.__struct_fields__}


def fields(values: Mapping[FieldPath, Any]) -> dict[str, Any]:
    """Return the fields that hold the values: the inverse of `statements`."""
    links = {path[1]: value for path, value in values.items() if path[0] == "links"}
    return {"links": links} | {str(path[0]): value for path, value in values.items() if len(path) == 1}


def told_by(named: Iterable[Named]) -> dict[str, list[Receipt]]:
    """Return the receipts of entries that name one record, by listing."""
    told: defaultdict[str, list[Receipt]] = defaultdict(list)
    for one in named:
        told[one.listing.name].append(one.receipt)
    return dict(told)


def texts_of(named: Iterable[Named]) -> dict[str, str]:
    """Return the abstracts of entries by their digests, as which receipts hold them."""
    return {digest_of(text): text for one in named if (text := one.entry.stated.abstract)}


def row_of(listing: FiledListing, receipts: Sequence[Receipt]) -> Listed:
    """Return the row of `listed` for a listing, of its first receipt for the record."""
    return Listed(
        listing=listing.name,
        issue=listing.issue,
        position=receipts[0].position,
        votes=receipts[0].votes,
        discussion=receipts[0].discussion,
    )


def row_values(row: Listed) -> dict[str, Any]:
    """Return what a row of `listed` states, field by field."""
    values: dict[str, Any] = msgspec.to_builtins(row, builtin_types=(dt.date,))
    return values
