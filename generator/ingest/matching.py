"""Record linkage: find the record that each entry of the listings belongs to, or why it has none."""

from collections import defaultdict
from collections.abc import Iterable, Set
from enum import Enum, auto
from itertools import chain

import msgspec

from generator.ingest.catalog import CatalogReceipt, CatalogRecord
from generator.ingest.identity import Identity, IdentityIndex, statement_digest
from generator.ingest.known_papers import KnownPapers
from generator.ingest.parsing import ParsedEntry, ParsedListing
from generator.ingest.slugs import slug_of
from generator.listings import Entry
from generator.model import Stated


class Outcome(Enum):
    """What an entry was matched to."""

    KNOWN = auto()
    """An existing record."""
    NEW = auto()
    """A record that is to be made."""
    DELETED = auto()
    """A record that an editor deleted, or merged into another."""
    UNREADABLE = auto()
    """A record whose file cannot be read, so that nothing is known of it now."""


class MatchedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and the record it was matched to."""

    listing: str
    """The listing's name."""
    entry: Entry
    stated: Stated
    """What it states, as receipts have it: with a digest in place of the abstract."""
    identity: Identity
    id: str
    """Id of the record."""
    outcome: Outcome


def by_listing(matched: Iterable[MatchedEntry]) -> defaultdict[str, list[MatchedEntry]]:
    """Return matched entries by the name of their listing."""
    found: defaultdict[str, list[MatchedEntry]] = defaultdict(list)
    for one in matched:
        found[one.listing].append(one)
    return found


def match(listings: Iterable[ParsedListing], known: KnownPapers) -> tuple[MatchedEntry, ...]:
    """Return the entries of listings, in order of the listings' names, each with its record."""
    in_order = sorted(listings, key=lambda listing: listing.name)
    entries = [(listing.name, one) for listing in in_order for one in listing.entries]
    if not entries:
        return ()
    matcher = _Matcher(known, {key for _, one in entries for key in one.identity.keys})
    ids = [matcher.first_id(listing, one) for listing, one in entries]
    return tuple(matcher.matched(listing, one, id_) for (listing, one), id_ in zip(entries, ids, strict=True))


class _Matcher:
    """Matches entries with the papers that records and receipts know, and with entries met before."""

    def __init__(self, known: KnownPapers, keys: Set[str]) -> None:
        """Prepare to match entries that have these keys. Papers that share no key are left out."""
        self._known = known
        self._new: set[str] = set()
        self._met: set[str] = set()
        self._taken = known.taken_slugs()
        identities: defaultdict[str, set[Identity]] = defaultdict(set)
        self._records = IdentityIndex(identities)
        self._receipts, self._deleted = IdentityIndex(identities), IdentityIndex(identities)
        self._own = defaultdict[str, IdentityIndex](lambda: IdentityIndex(identities))
        rows = chain[CatalogRecord | CatalogReceipt](known.records.values(), *known.receipts.values())
        candidates = {
            known.current_id(row.id) for row in rows if row.identity and row.identity.has_one_of(keys)
        }
        # sorted by id, so that of two records of one paper the same one wins, wherever their files are
        for id_ in sorted(candidates & known.records.keys()):
            if identity := known.records[id_].identity:
                self._records.add(identity, id_)
        for listing, receipts in sorted(known.receipts.items()):
            for receipt in receipts:
                if known.current_id(receipt.id) in candidates:
                    self._remember(listing, receipt.id, receipt.identity)

    def _remember(self, listing: str, id_: str, identity: Identity) -> None:
        """Remember that a listing names the paper of a record with this identity."""
        current = self._known.current_id(id_)
        if self._outcome(current) is Outcome.DELETED:
            self._deleted.add(identity, id_)
        else:
            self._own[listing].add(identity, current)
            self._receipts.add(identity, current)

    def first_id(self, listing: str, one: ParsedEntry) -> str:
        """Return the id of the record for an entry, old or new, given the entries met so far."""
        id_ = self._find(listing, one.identity)
        if not id_:
            id_ = slug_of(one.stated.title, one.stated.arxiv, statement_digest(one.stated), self._taken)
            if id_ in self._known.unreadable:
                return id_
            self._new.add(id_)
            self._taken.add(id_)
        self._met.add(id_)
        self._remember(listing, id_, one.identity)
        return id_

    def matched(self, listing: str, one: ParsedEntry, id_: str) -> MatchedEntry:
        """Return an entry with its record, after all entries were met.

        An entry of a deleted record may belong to a record that a later entry made.
        """
        if self._outcome(id_) is Outcome.DELETED:
            id_ = self._find(listing, one.identity) or id_
        outcome = self._outcome(id_)
        return MatchedEntry(listing=listing, id=id_, outcome=outcome, **one._asdict())

    def _find(self, listing: str, identity: Identity) -> str | None:
        """Return the id of the record that an entry belongs to; None if it belongs to none yet.

        An entry identical to one seen before keeps its record. Else an identifier is stronger than a title,
        whichever listing states it, and existing records come before deleted ones. The abstract comes last,
        for a record that no listing names: an editor changed its title before an undo.
        """
        sources = (self._own[listing], self._records, self._receipts, self._deleted)
        found = chain(
            (source.same(identity) for source in sources[:-1]),
            (source.identified(identity) for source in sources),
            (source.titled(identity) for source in sources),
        )
        return next(filter(None, found), None) or self._find_unlisted(identity)

    def _find_unlisted(self, identity: Identity) -> str | None:
        """Return the id of an unlisted record with the same abstract, unless an entry has it already."""
        id_ = self._known.unlisted.get(identity.abstract)
        known = self._known.records[id_].identity if id_ else None
        return None if id_ in self._met or (known and known.has_another_identifier(identity)) else id_

    def _outcome(self, id_: str) -> Outcome:
        if id_ in self._known.current_ids:
            return Outcome.KNOWN
        if id_ in self._new:
            return Outcome.NEW
        return Outcome.UNREADABLE if id_ in self._known.unreadable else Outcome.DELETED
