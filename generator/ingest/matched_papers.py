"""Match changed listings to records, and read the other files that are about the same papers."""

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
    """All that a plan is made from: what a change affects, what is known of it, and what was written last."""

    listings: Mapping[str, ParsedListing]
    """By name: listings that are new or have changed, and others that name the same papers."""
    matched: tuple[MatchedEntry, ...]
    """All their entries."""
    gone: Set[str] = frozenset()
    """Names of listings that have receipts and are gone."""
    restored: Set[str] = frozenset()
    """Names of listings of which an earlier capture is restored."""
    renamed: Mapping[str, str] = {}
    """The former names of renamed listings."""
    known: KnownPapers
    records: tuple[SourceRecord, ...] = ()
    """Records of the papers that a change affects, in order of path."""
    receipts: Mapping[str, tuple[Receipt, ...]] = {}
    """Receipts of all these listings, by their former names."""
    accept: Mapping[str, Collection[str]] = {}
    """By the path of a record, the fields that follow the listings even where an editor has touched them."""
    has_schema: bool = False
    """Whether the digest has a schema of records, which the first line of a new record names."""

    def last_receipts(self, listing: str) -> tuple[Receipt, ...]:
        """Return the receipts that a listing has so far, maybe under its former name."""
        return self.receipts.get(self.renamed.get(listing, listing), ())

    def is_undone(self, receipt: Receipt, listing: str) -> bool:
        """Tell whether a receipt is of a capture that is replaced by the restored one."""
        return listing in self.restored and not receipt.vanished


def match_papers(
    root: Path,
    inputs: Inputs,
    changed: Mapping[str, ParsedListing],
    candidates: Iterable[ParsedCapture],
    accept: Mapping[str, Collection[str]],
    restored: Set[str] = frozenset(),
) -> MatchedPapers:
    """Match changed listings, given by name, and candidates. See `MatchedPapers` for the rest."""
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
