"""Read what a change concerns: the listings to match, and the records and receipts of all their papers."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import msgspec

from generator.files import load
from generator.ingest.catalog import Known, ReceiptsHead, known_of
from generator.ingest.content import Content
from generator.ingest.inputs import Survey, read_listing, read_receipts, read_records
from generator.ingest.matching import LISTINGS, FiledListing, MatchedEntry, Outcome, match
from generator.ingest.renames import renamed_listings
from generator.ingest.working_set import (
    changed_records,
    claiming,
    ids_concerned,
    listings_of,
    listings_to_match,
)
from generator.problem import Problem

Read = Callable[[str], FiledListing]
"""Reads a listing by its name."""


def reader(root: Path, found: Survey, filed: Collection[FiledListing] = ()) -> Read:
    """Return what reads the listings there are, each once; those that are only to be filed are at hand."""
    read = {listing.name: listing for listing in filed}
    former = _same_bytes(found)

    def listing(name: str) -> FiledListing:
        if name not in read:
            data = load(root, f"{LISTINGS}/{name}")
            head = found.receipts.get(former.get(name, name), ReceiptsHead(b""))
            text = b"" if isinstance(data, Problem) else data
            read[name] = read_listing(name, text, head.format_name, head.anyway)
        return read[name]

    return listing


def gone(found: Survey) -> frozenset[str]:
    """Return the names of listings that have receipts and are gone; one that cannot be read is there."""
    unread = {problem.location.path.removeprefix(f"{LISTINGS}/") for problem in found.problems}
    return frozenset(found.receipts.keys() - found.listings.keys() - unread)


def _same_bytes(found: Survey) -> dict[str, str]:
    """Return the names of listings that are gone, by those of new ones that hold the very same."""
    former = {head.digest: name for name in gone(found) if (head := found.last.listings.get(name))}
    new = {name: digest for name, digest in found.listings.items() if name not in found.receipts}
    return {name: former[digest] for name, digest in new.items() if digest in former}


def load_content(
    root: Path, found: Survey, known: Known, read: Read, accept: Mapping[str, Collection[str]]
) -> Content:
    """Return the listings that are new or have changed, and all that concerns their papers."""
    left = gone(found)
    new = [name for name in found.listings if name not in found.receipts]
    renamed = renamed_listings(map(read, new), read_receipts(root, left)) if left and new else {}
    left -= frozenset(renamed.values())
    if renamed:
        names = {old: new for new, old in renamed.items()}
        receipts = {names.get(name, name): rows for name, rows in known.receipts.items()}
        known = msgspec.structs.replace(known, receipts=receipts)
    changed = changed_records(found)
    before = known_of(found.last.records.values(), found.last.receipts)[0] if changed else known
    to_match = listings_to_match(found, known, before, changed)
    listings, matched = _matched(found, known, read, to_match)
    ids = ids_concerned(matched, known, {*(one.name for one in listings), *left}, changed)
    ids |= {head.id for head in known.records.values() if head.path in accept} if accept else set()
    unchanged = sorted(listings_of(ids, known) - {one.name for one in listings} - left)
    named = [renamed.get(one.name, one.name) for one in listings]
    return Content(
        matched=matched,
        listings=listings,
        unchanged=tuple(map(read, unchanged)),
        gone=left,
        renamed=renamed,
        records=tuple(read_records(root, sorted(known.records[id_].path for id_ in ids))),
        receipts=read_receipts(root, [*named, *unchanged, *sorted(left)]),
        known=known,
        accept=accept,
    )


def _matched(
    found: Survey, known: Known, read: Read, names: set[str]
) -> tuple[tuple[FiledListing, ...], tuple[MatchedEntry, ...]]:
    """Return listings, matched; and others with a deleted paper that one of the new records may be of."""
    while True:
        listings = tuple(read(name) for name in sorted(names))
        matched = match(listings, known)
        new = (one.facts for one in matched if one.outcome is Outcome.NEW)
        more = claiming(found, known, names, new)
        if not more:
            return listings, matched
        names = names | more
