"""Match the listings that changed to records, and read all else that the same papers concern."""

from collections.abc import Collection, Iterable, Mapping, Set
from pathlib import Path

import msgspec

from generator.ingest.affected import affected_papers, renamed_listings
from generator.ingest.captures import ParsedCapture
from generator.ingest.inputs import Inputs, SourceRecord, read_listings, read_receipts, read_source_records
from generator.ingest.known_papers import KnownPapers, known_papers
from generator.ingest.matching import MatchedEntry, match
from generator.ingest.parsing import ParsedListing
from generator.ingest.receipts import Receipt
from generator.library.paths import RECORD_SCHEMA


class MatchedPapers(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan follows from: all that a change concerns, with what ingest knows and last wrote of it."""

    listings: Mapping[str, ParsedListing]
    """By name: those that are new or have changed, and others of the same papers."""
    matched: tuple[MatchedEntry, ...]
    """All their entries."""
    gone: Set[str] = frozenset()
    """Names of listings that have receipts and are gone."""
    restored: Set[str] = frozenset()
    """Names of listings that are again as they were before a new capture replaced them."""
    renamed: Mapping[str, str] = {}
    """The former names of renamed listings."""
    known: KnownPapers
    records: tuple[SourceRecord, ...] = ()
    """In order of path: those of papers that a change concerns."""
    receipts: Mapping[str, tuple[Receipt, ...]] = {}
    """Those of all these listings, by the names that they had."""
    accept: Mapping[str, Collection[str]] = {}
    """By the path of a record, the fields that follow the listings even where an editor has touched them."""
    has_schema: bool = False
    """Whether the digest has a schema of records, to which new ones lead text editors."""

    def last_receipts(self, listing: str) -> tuple[Receipt, ...]:
        """Return the receipts that a listing has so far, be it under its former name."""
        return self.receipts.get(self.renamed.get(listing, listing), ())

    def is_undone(self, receipt: Receipt, listing: str) -> bool:
        """Tell whether a receipt is of a capture that the one before it takes the place of again."""
        return listing in self.restored and not receipt.vanished


def match_papers(
    root: Path,
    inputs: Inputs,
    changed: Mapping[str, ParsedListing],
    candidates: Iterable[ParsedCapture],
    accept: Mapping[str, Collection[str]],
    restored: Set[str] = frozenset(),
) -> MatchedPapers:
    """Match listings that changed, by name, and candidates; the rest as `MatchedPapers` has it."""
    listings = {**changed, **{one.listing.name: one.listing for one in candidates}}
    gone = inputs.gone - listings.keys()
    renamed = renamed_listings(listings.values(), inputs.receipts, gone)
    new_names = {former: name for name, former in renamed.items()}
    receipts = {new_names.get(name, name): row for name, row in inputs.receipts.items()}
    known = known_papers(inputs.records.values(), receipts)
    ids, names = affected_papers(inputs, listings, gone, known, accept)
    listings |= read_listings(root, (names & inputs.listings.keys()) - listings.keys(), inputs)
    return MatchedPapers(
        listings=listings,
        matched=match(listings.values(), known),
        gone=gone - new_names.keys(),
        restored=restored,
        renamed=renamed,
        known=known,
        records=tuple(read_source_records(root, sorted(known.records[id_].path for id_ in ids))),
        receipts=read_receipts(root, {renamed.get(name, name) for name in names}),
        accept=accept,
        has_schema=(root / RECORD_SCHEMA).is_file(),
    )
