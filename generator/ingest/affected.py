"""Find the listings and papers that a change affects. All others stay as they are.

If a listing was ingested whole, and neither it nor its receipts have changed, then each of its entries
belongs to the record that its receipt names. It is read again only if a changed listing or record may be
about one of its papers.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from itertools import chain

from generator.ingest.catalog import CatalogReceipt, CatalogReceipts, CatalogRecord
from generator.ingest.inputs import Inputs
from generator.ingest.known_papers import KnownPapers
from generator.ingest.parsing import ParsedListing

SHARE = 0.75
"""Share of a listing's papers that another must name to be the same listing, renamed or captured again."""


def changed_listings(inputs: Inputs) -> set[str]:
    """Return the names of listings that changed since the last ingest, or whose receipts did."""
    return {name for name in inputs.listings if not is_unchanged(name, inputs)}


def is_unchanged(name: str, inputs: Inputs) -> bool:
    """Tell whether a listing was ingested whole, and neither it nor its receipts have changed since."""
    row = inputs.last.listings.get(name)
    receipts = inputs.receipts[name].digest if name in inputs.receipts else b""
    return bool(row and row.digest == inputs.listings.get(name) and row.receipts == receipts)


def renamed_listings(
    new: Iterable[ParsedListing], receipts: Mapping[str, CatalogReceipts], gone: Iterable[str]
) -> dict[str, str]:
    """Return the former names of new listings that name the papers of a listing that is gone."""
    left = {name: receipts[name].receipts for name in sorted(gone)}
    found: dict[str, str] = {}
    for listing in new:
        shares = {name: share_named(rows, listing.keys) for name, rows in left.items()}
        former = max(shares, key=lambda name: shares[name], default="")
        if listing.name not in receipts and former and shares[former] >= SHARE:
            found[listing.name] = former
            del left[former]
    return found


def share_named(receipts: Iterable[CatalogReceipt], keys: Set[str]) -> float:
    """Return the share of a listing's papers that have one of the keys, from 0 to 1."""
    named = [not keys.isdisjoint(one.identity.keys) for one in receipts if not one.vanished]
    return sum(named) / len(named) if named else 0.0


def affected_papers(
    inputs: Inputs,
    changed: Mapping[str, ParsedListing],
    gone: Set[str],
    known: KnownPapers,
    accept: Collection[str],
) -> tuple[set[str], set[str]]:
    """Return the ids of papers with records, and the names of listings, that a change affects.

    Changes are: listings that changed or are gone, changed records, and records in `accept`.
    """
    records = _changed_records(inputs)
    names = changed.keys() | gone
    if not (records or names or accept):
        return set(), set()
    ids = {id_ for row in records for id_ in (row.id, row.slug.lower(), *row.aliases)}
    ids.update(receipt.id for name in names for receipt in known.receipts.get(name, ()))
    keys = set[str]().union(*(listing.keys for listing in changed.values()))
    # if a record is gone, its entries may go to another record that shares a key with one of them
    named = [receipt for receipts in known.receipts.values() for receipt in receipts if receipt.id in ids]
    concerned = chain[CatalogRecord | CatalogReceipt](records, named)
    keys.update(key for row in concerned if row.identity for key in row.identity.keys)
    abstracts = {one.identity.abstract for listing in changed.values() for one in listing.entries}
    ids.update(known.unlisted[abstract] for abstract in abstracts & known.unlisted.keys())
    rows = chain[CatalogRecord | CatalogReceipt](known.records.values(), *known.receipts.values())
    ids.update(row.id for row in rows if row.identity and row.identity.has_one_of(keys))
    ids.update(row.id for row in known.records.values() if row.path in accept)
    current = set(map(known.current_id, ids))
    naming = {
        name
        for name, receipts in known.receipts.items()
        if any(known.current_id(receipt.id) in current for receipt in receipts)
    }
    return current & known.records.keys(), naming | names


def _changed_records(inputs: Inputs) -> list[CatalogRecord]:
    """Return the rows of records that changed since the last ingest, both new and former rows."""
    now, last = inputs.records, inputs.last.records
    changed = [row for path, row in now.items() if last.get(path) is not row]
    return changed + [row for path, row in last.items() if now.get(path) is not row]
