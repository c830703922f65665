"""Record linkage: the record that each entry of the listings belongs to, or why it has no record."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Set
from enum import Enum, auto
from itertools import chain
from typing import NamedTuple

import msgspec

from generator.ingest.catalog import Known, ReceiptHead, RecordHead
from generator.ingest.identity import Facts, Index, facts_of, statement_digest
from generator.ingest.receipts import Receipt, digested
from generator.ingest.slugs import slug_of
from generator.listings import Entry, Parse
from generator.model import Paper, Stated

LISTINGS = "content/listings"


class FiledListing(msgspec.Struct, frozen=True, kw_only=True):
    """A listing below `content/listings/`, parsed."""

    name: str
    issue: dt.date | None
    parse: Parse
    source: str = ""
    """The name of its format; empty where that cannot be told."""
    format_name: str | None = None
    """The format that a person named, where its content does not tell."""
    anyway: str | None = None
    """Why a person filed it, although something spoke against it."""

    @property
    def path(self) -> str:
        """Where it is, relative to the digest's folder."""
        return f"{LISTINGS}/{self.name}"


class SourceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record as its file has it."""

    path: str
    slug: str
    data: bytes
    paper: Paper

    @property
    def id(self) -> str:
        """What receipts know it by."""
        return self.paper.id or self.slug

    @property
    def stated(self) -> Stated:
        """That part of it which listings state."""
        return Stated(**{field: getattr(self.paper, field) for field in Stated.__struct_fields__})


class Outcome(Enum):
    """What an entry was matched to."""

    KNOWN = auto()
    """A record there is."""
    NEW = auto()
    """A record to be made."""
    DELETED = auto()
    """A record that an editor deleted, or merged into another."""
    UNREADABLE = auto()
    """A record whose file cannot be read, so that nothing is known of it now."""


class MatchedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and the record it was matched to."""

    listing: FiledListing
    entry: Entry
    receipt: Receipt
    """With the id of the record."""
    facts: Facts
    outcome: Outcome


def by_listing(matched: Iterable[MatchedEntry]) -> defaultdict[str, list[MatchedEntry]]:
    """Return matched entries by the name of their listing."""
    found: defaultdict[str, list[MatchedEntry]] = defaultdict(list)
    for one in matched:
        found[one.listing.name].append(one)
    return found


class _Unmatched(NamedTuple):
    listing: FiledListing
    entry: Entry
    stated: Stated
    facts: Facts


def match(listings: Iterable[FiledListing], known: Known) -> tuple[MatchedEntry, ...]:
    """Return the entries of listings, in their order, each with the record it was matched to."""
    unmatched = [
        _Unmatched(listing, entry, stated := digested(entry.stated), facts_of(stated))
        for listing in listings
        for entry in listing.parse.entries
    ]
    matcher = _Matcher(known, {key for one in unmatched for key in one.facts.keys if key})
    ids = [matcher.first_id(one) for one in unmatched]
    return tuple(matcher.matched(one, id_) for one, id_ in zip(unmatched, ids, strict=True))


class _Matcher:
    """The papers that records and receipts know, and those that are met on the way."""

    def __init__(self, known: Known, keys: Set[str]) -> None:
        """Prepare to match entries that are known by the keys; papers that share no key are left out."""
        self._known = known
        self._new: set[str] = set()
        self._taken = known.taken()
        facts: defaultdict[str, set[Facts]] = defaultdict(set)
        self._records, self._receipts, self._deleted = Index(facts), Index(facts), Index(facts)
        self._own = defaultdict[str, Index](lambda: Index(facts))
        heads = chain[RecordHead | ReceiptHead](known.records.values(), *known.receipts.values())
        candidates = {
            known.live(one.id) for one in heads if one.facts and not keys.isdisjoint(one.facts.keys)
        }
        # by id, so that of two records of one paper the same is taken, wherever their files are
        for id_ in sorted(candidates & known.records.keys()):
            if found := known.records[id_].facts:
                self._records.add(found, id_)
        for listing, receipts in sorted(known.receipts.items()):
            for receipt in receipts:
                if known.live(receipt.id) in candidates:
                    self._remember(listing, receipt.id, receipt.facts)

    def _remember(self, listing: str, id_: str, facts: Facts) -> None:
        """Remember that a listing knows the paper of a record by these facts."""
        if self._outcome(live := self._known.live(id_)) is Outcome.DELETED:
            self._deleted.add(facts, id_)
        else:
            self._own[listing].add(facts, live)
            self._receipts.add(facts, live)

    def first_id(self, one: _Unmatched) -> str:
        """Return the id of the record for an entry, be it a new one, as far as entries were met."""
        id_ = self._find(one)
        if not id_:
            id_ = slug_of(one.stated.title, one.stated.arxiv, statement_digest(one.stated), self._taken)
            if id_ in self._known.unread:
                return id_
            self._new.add(id_)
            self._taken.add(id_)
        self._remember(one.listing.name, id_, one.facts)
        return id_

    def matched(self, one: _Unmatched, id_: str) -> MatchedEntry:
        """Return an entry with its record, now that all entries are met.

        In the place of a deleted record another may have come, which a later entry made.
        """
        if self._outcome(id_) is Outcome.DELETED:
            id_ = self._find(one) or id_
        receipt = Receipt(
            id=id_,
            position=one.entry.position,
            stated=one.stated,
            votes=one.entry.votes,
            discussion=one.entry.discussion,
            format_name=one.listing.format_name,
            anyway=one.listing.anyway,
        )
        return MatchedEntry(
            listing=one.listing,
            entry=one.entry,
            receipt=receipt,
            facts=one.facts,
            outcome=self._outcome(id_),
        )

    def _find(self, one: _Unmatched) -> str | None:
        """Return the id of the record that an entry belongs to, None where nothing is known of it.

        An entry identical to one seen before keeps its record. Else an identifier is stronger than a title,
        no matter which listing states it, and a title leads to a record before it leads to a deleted one.
        """
        own, facts = self._own[one.listing.name], one.facts
        sources = (own, self._records, self._receipts, self._deleted)
        found = chain(
            (source.same(facts) for source in sources[:-1]),
            (source.identified(facts) for source in sources),
            (source.titled(facts) for source in sources),
        )
        return next(filter(None, found), None)

    def _outcome(self, id_: str) -> Outcome:
        if id_ in self._known.live_ids:
            return Outcome.KNOWN
        if id_ in self._new:
            return Outcome.NEW
        return Outcome.UNREADABLE if id_ in self._known.unread else Outcome.DELETED
