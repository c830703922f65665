"""Which record each entry of the listings goes to: one there is, a new one, or none."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from itertools import chain

import msgspec

from generator.ingest.identity import Facts, Index, facts_of, statement_digest
from generator.ingest.receipts import Receipt, digested
from generator.ingest.slugs import slug_of
from generator.listings import Entry, Parse
from generator.model import Paper, Stated

LISTINGS = "content/listings"


class FiledListing(msgspec.Struct, frozen=True, kw_only=True):
    """A listing below `content/listings/`, taken apart."""

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
    """A record as it stands in its file."""

    path: str
    slug: str
    data: bytes
    paper: Paper

    @property
    def id(self) -> str:
        """What receipts know it by."""
        return self.paper.id or self.slug


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


class Fate(Enum):
    """What kind of record an entry goes to."""

    KNOWN = auto()
    NEW = auto()
    GONE = auto()
    """An editor deleted it, or merged it into another."""
    UNREAD = auto()
    """Its file cannot be read, so nothing is known of it now."""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and the record it goes to."""

    listing: FiledListing
    entry: Entry
    fate: Fate
    receipt: Receipt


def assign(content: Content) -> tuple[Named, ...]:
    """Return all entries, in the order of the listings, each with the record it goes to."""
    register = _Register(content)
    entries = [(listing, entry) for listing in content.listings for entry in listing.parse.entries]
    statements = [digested(entry.stated) for _, entry in entries]
    ids = [
        register.enter(listing.name, stated) for (listing, _), stated in zip(entries, statements, strict=True)
    ]
    named: list[Named] = []
    for (listing, entry), stated, first_id in zip(entries, statements, ids, strict=True):
        id_ = register.settled(first_id, listing.name, stated)
        receipt = Receipt(
            id=id_,
            position=entry.position,
            stated=stated,
            votes=entry.votes,
            discussion=entry.discussion,
            format_name=listing.format_name,
        )
        named.append(Named(listing=listing, entry=entry, fate=register.fate(id_), receipt=receipt))
    return tuple(named)


class _Register:
    """The papers that records and receipts speak of, and those that are met on the way."""

    def __init__(self, content: Content) -> None:
        self._unread = content.unread
        self._homes = homes(content.records)
        self._new: set[str] = set()
        self._taken = {receipt.id for receipts in content.receipts.values() for receipt in receipts}
        facts: defaultdict[str, set[Facts]] = defaultdict(set)
        self._live, self._receipts, self._gone = Index(facts), Index(facts), Index(facts)
        self._own = defaultdict[str, Index](lambda: Index(facts))
        # by id, so that of two records of one paper the same is taken, wherever their files are
        for record in sorted(content.records, key=lambda record: record.id):
            self._taken.update((record.slug.lower(), record.id, *record.paper.formerly))
            self._live.add(facts_of(digested(stated_of(record.paper))), record.id)
        for listing, receipts in sorted(content.receipts.items()):
            for receipt in receipts:
                self._remember(listing, receipt)

    def _remember(self, listing: str, receipt: Receipt) -> None:
        facts = facts_of(receipt.stated)
        if home := self._homes.get(receipt.id):
            self._own[listing].add(facts, home)
            self._receipts.add(facts, home)
        else:
            self._gone.add(facts, receipt.id)

    def enter(self, listing: str, stated: Stated) -> str:
        """Return the id of the record for what a listing states, be it a new one."""
        facts = facts_of(stated)
        known = self._recall(listing, facts)
        if known:
            (self._gone if self.fate(known) is Fate.GONE else self._live).add(facts, known)
            return known
        made = slug_of(stated.title, stated.arxiv, statement_digest(stated), self._taken)
        if made not in self._unread:
            self._new.add(made)
            self._taken.add(made)
            self._live.add(facts, made)
        return made

    def settled(self, id_: str, listing: str, stated: Stated) -> str:
        """Return the id of the record, now that all are met: one may have come in the place of a gone one."""
        return self._recall(listing, facts_of(stated)) or id_ if self.fate(id_) is Fate.GONE else id_

    def _recall(self, listing: str, facts: Facts) -> str | None:
        """Return the id of the record that the facts lead to, None where nothing is known of them.

        What was known before, fact for fact, leads where it led. Else an identifier is stronger than a title,
        whoever states it, and a title leads to a record before it leads to a deleted one.
        """
        own = self._own[listing]
        sources = (own, self._live, self._receipts)
        found = chain(
            (own.same(facts), self._live.same(facts)),
            (source.identified(facts) for source in (*sources, self._gone)),
            (source.titled(facts) for source in (*sources, self._gone)),
        )
        return next(filter(None, found), None)

    def fate(self, id_: str) -> Fate:
        """Return what kind of record has the id."""
        if id_ in self._homes:
            return Fate.KNOWN
        if id_ in self._new:
            return Fate.NEW
        return Fate.UNREAD if id_ in self._unread else Fate.GONE


def homes(records: Iterable[SourceRecord]) -> dict[str, str]:
    """Return where ids and former slugs lead: to the id of a record."""
    merged = {old: record.id for record in records for old in record.paper.formerly}
    return merged | {record.id: record.id for record in records}


def stated_of(paper: Paper) -> Stated:
    """Return that part of a record which listings state."""
    return Stated(**{field: getattr(paper, field) for field in Stated.__struct_fields__})
