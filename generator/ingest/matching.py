"""Record linkage: the record that each entry of the listings belongs to, or why there is none."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from enum import Enum, auto
from itertools import chain
from typing import NamedTuple

import msgspec

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
    format_name: str | None = None
    """The format that a person named, where its content does not tell."""

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


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What ingest has read."""

    listings: tuple[FiledListing, ...]
    """In order of name."""
    records: tuple[SourceRecord, ...]
    """In order of path; no two of the same id."""
    receipts: Mapping[str, tuple[Receipt, ...]]
    """By the listing's name, also of listings that are gone."""
    unread: frozenset[str]
    """Slugs and ids of files that may be records, but cannot be read."""

    def live_ids(self) -> dict[str, str]:
        """Return the ids of the records there are, by all ids that lead to them: former slugs too."""
        merged = {old: record.id for record in self.records for old in record.paper.formerly}
        return merged | {record.id: record.id for record in self.records}


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
    outcome: Outcome


class _Unmatched(NamedTuple):
    listing: FiledListing
    entry: Entry
    stated: Stated
    facts: Facts


def match(content: Content) -> tuple[MatchedEntry, ...]:
    """Return all entries, in the order of the listings, each with the record it was matched to."""
    matcher = _Matcher(content)
    unmatched = [
        _Unmatched(listing, entry, stated := digested(entry.stated), facts_of(stated))
        for listing in content.listings
        for entry in listing.parse.entries
    ]
    ids = [matcher.first_id(one) for one in unmatched]
    return tuple(matcher.matched(one, id_) for one, id_ in zip(unmatched, ids, strict=True))


class _Matcher:
    """The papers that records and receipts know, and those that are met on the way."""

    def __init__(self, content: Content) -> None:
        self._unread = content.unread
        self._live_ids = content.live_ids()
        self._new: set[str] = set()
        self._taken = {receipt.id for receipts in content.receipts.values() for receipt in receipts}
        facts: defaultdict[str, set[Facts]] = defaultdict(set)
        self._live, self._receipts, self._deleted = Index(facts), Index(facts), Index(facts)
        self._own = defaultdict[str, Index](lambda: Index(facts))
        # by id, so that of two records of one paper the same is taken, wherever their files are
        for record in sorted(content.records, key=lambda record: record.id):
            self._taken.update((record.slug.lower(), record.id, *record.paper.formerly))
            self._live.add(facts_of(digested(record.stated)), record.id)
        for listing, receipts in sorted(content.receipts.items()):
            for receipt in receipts:
                self._remember(listing, receipt.id, facts_of(receipt.stated))

    def _remember(self, listing: str, id_: str, facts: Facts) -> None:
        if live := self._live_ids.get(id_):
            self._own[listing].add(facts, live)
            self._receipts.add(facts, live)
        else:
            self._deleted.add(facts, id_)

    def first_id(self, one: _Unmatched) -> str:
        """Return the id of the record for an entry, be it a new one, as far as entries were met."""
        known = self._find(one)
        if known:
            index = self._deleted if self._outcome(known) is Outcome.DELETED else self._live
            index.add(one.facts, known)
            return known
        made = slug_of(one.stated.title, one.stated.arxiv, statement_digest(one.stated), self._taken)
        if made not in self._unread:
            self._new.add(made)
            self._taken.add(made)
            self._live.add(one.facts, made)
        return made

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
        )
        return MatchedEntry(listing=one.listing, entry=one.entry, receipt=receipt, outcome=self._outcome(id_))

    def _find(self, one: _Unmatched) -> str | None:
        """Return the id of the record that an entry belongs to, None where nothing is known of it.

        An entry identical to one seen before keeps its record. Else an identifier is stronger than a title,
        whoever states it, and a title leads to a record before it leads to a deleted one.
        """
        own, facts = self._own[one.listing.name], one.facts
        sources = (own, self._live, self._receipts, self._deleted)
        found = chain(
            (own.same(facts), self._live.same(facts)),
            (source.identified(facts) for source in sources),
            (source.titled(facts) for source in sources),
        )
        return next(filter(None, found), None)

    def _outcome(self, id_: str) -> Outcome:
        if id_ in self._live_ids:
            return Outcome.KNOWN
        if id_ in self._new:
            return Outcome.NEW
        return Outcome.UNREADABLE if id_ in self._unread else Outcome.DELETED
