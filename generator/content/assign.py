"""Which record each entry of the listings goes to: one there is, a new one, or none."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from enum import Enum, auto

import msgspec

from generator.content.identity import Facts, Index, facts_of, statement_digest
from generator.content.receipts import Receipt, digested
from generator.content.slugs import slug_of
from generator.listings import Entry, Parse
from generator.model import Paper, Stated


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
        return f"content/listings/{self.name}"


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
    memory = _Memory(content)
    taken = _taken(content)
    new: set[str] = set()
    named: list[Named] = []
    for listing in content.listings:
        for entry in listing.parse.entries:
            stated = digested(entry.stated)
            facts = facts_of(stated)
            id_, fate = memory.recall(listing.name, facts) or (_slug(stated, taken), Fate.NEW)
            if id_ in content.unread:
                fate = Fate.UNREAD
            elif fate is Fate.NEW:
                new.add(id_)
                taken.add(id_)
            elif id_ in new:
                fate = Fate.NEW
            if fate in {Fate.KNOWN, Fate.NEW}:
                memory.live.add(facts, id_)
            receipt = Receipt(
                id=id_,
                position=entry.position,
                stated=stated,
                votes=entry.votes,
                discussion=entry.discussion,
                format_name=listing.format_name,
            )
            named.append(Named(listing=listing, entry=entry, fate=fate, receipt=receipt))
    return tuple(named)


class _Memory:
    """By what the papers are known that records and receipts speak of."""

    def __init__(self, content: Content) -> None:
        self.live, self._receipts, self._gone = Index(), Index(), Index()
        self._own: defaultdict[str, Index] = defaultdict(Index)
        for record in content.records:
            self.live.add(facts_of(digested(stated_of(record.paper))), record.id)
        alive = homes(content.records)
        for listing, receipts in sorted(content.receipts.items()):
            for receipt in receipts:
                facts = facts_of(receipt.stated)
                if home := alive.get(receipt.id):
                    self._own[listing].add(facts, home)
                    self._receipts.add(facts, home)
                else:
                    self._gone.add(facts, receipt.id)

    def recall(self, listing: str, facts: Facts) -> tuple[str, Fate] | None:
        """Return the record of a paper, None where nothing is known of it.

        The listing's own receipts are asked first, then the records, then receipts of other listings: so that
        an editor may change a title, or write a deleted record anew. What is gone makes no record again.
        """
        for index in (self._own[listing], self.live, self._receipts):
            if known := index.find(facts):
                return known, Fate.KNOWN
        gone = self._gone.find(facts)
        return (gone, Fate.GONE) if gone else None


def homes(records: Iterable[SourceRecord]) -> dict[str, str]:
    """Return where ids and former slugs lead: to the id of a record."""
    merged = {old: record.id for record in records for old in record.paper.formerly}
    return merged | {record.id: record.id for record in records}


def stated_of(paper: Paper) -> Stated:
    """Return that part of a record which listings state."""
    return Stated(**{field: getattr(paper, field) for field in Stated.__struct_fields__})


def _taken(content: Content) -> set[str]:
    """Return the names that no new record may have: those of records, also of deleted and renamed ones."""
    taken = {receipt.id for receipts in content.receipts.values() for receipt in receipts}
    for record in content.records:
        taken.update((record.slug.lower(), record.id, *record.paper.formerly))
    return taken


def _slug(stated: Stated, taken: Container[str]) -> str:
    return slug_of(stated.title, stated.arxiv, statement_digest(stated), taken)
