"""What ingest decides from, and what it decides: values only."""

from collections.abc import Collection, Mapping

import msgspec

from generator.ingest.catalog import Known
from generator.ingest.gate import Filed
from generator.ingest.matching import FiledListing, MatchedEntry, SourceRecord
from generator.ingest.receipts import Receipt
from generator.problem import Problem


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """A file to be written, or removed."""

    path: str
    """Relative to the digest's folder, with forward slashes."""
    data: bytes | None
    """None where the file is to be removed."""
    before: bytes | None = None
    """What a record held that is edited or removed."""
    changes: tuple[str, ...] = ()
    """What is edited, in words."""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan follows from: listings that are new or have changed, and all that concerns their papers."""

    matched: tuple[MatchedEntry, ...]
    """The entries of the listings that are new or have changed."""
    listings: tuple[FiledListing, ...]
    """Those listings, in order of name."""
    unchanged: tuple[FiledListing, ...] = ()
    """Other listings of the same papers."""
    gone: frozenset[str] = frozenset()
    """Names of listings that have receipts and are gone."""
    renamed: Mapping[str, str] = {}
    """The former names of renamed listings."""
    records: tuple[SourceRecord, ...] = ()
    """In order of path: all that these listings name, or named."""
    receipts: Mapping[str, tuple[Receipt, ...]] = {}
    """Those of all these listings, by the names that they had."""
    known: Known
    accept: Mapping[str, Collection[str]] = {}
    """By the path of a record, the fields that follow the listings even where an editor has touched them."""

    def last_receipts(self, listing: str) -> tuple[Receipt, ...]:
        """Return the receipts that a listing has so far, be it under its former name."""
        return self.receipts.get(self.renamed.get(listing, listing), ())


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What ingest does, or would do."""

    filed: tuple[Write, ...] = ()
    """Listings that are filed or removed, which comes first."""
    made: tuple[Write, ...] = ()
    """New records."""
    edited: tuple[Write, ...] = ()
    """Records that change."""
    removed: tuple[Write, ...] = ()
    """Records that no listing names any more, and no editor touched."""
    receipts: tuple[Write, ...] = ()
    problems: tuple[Problem, ...] = ()
    of_listings: Mapping[str, tuple[Problem, ...]] = {}
    """What is wrong or worth knowing of listings as long as they stay as they are, by name."""
    tried_again: frozenset[str] = frozenset()
    """Ids of records that cannot be read or edited now, and so have to be tried again."""
    renamed: Mapping[str, str] = {}
    """The former names of renamed listings."""
    stopped: bool = False
    """Whether something stopped the writing."""
    filings: tuple[Filed, ...] = ()
    """What came of each file that was to be filed."""
    vanished: tuple[Problem, ...] = ()
    """Those of the problems that are of papers which listings no longer name."""
    older: tuple[Problem, ...] = ()
    """Problems of other files than those, where there are any: what was there before."""
    entries: int = 0
    """How many papers the listings name, a paper as often as they do."""
    papers: int = 0
    """How many records there then are."""
