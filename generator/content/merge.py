"""What ingest is to write: decided here, from what was read, without touching a file."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from generator.content.assign import Content, Fate, FiledListing, Named, assign, homes
from generator.content.fold import fields, fold, listed_row
from generator.content.receipts import Receipt, digest_of, encode_receipts
from generator.content.records import encode
from generator.content.update import Update, update
from generator.model import Paper
from generator.problem import Location, Problem, has_error, notice


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """A file to be written."""

    path: str
    """Relative to the digest's folder, with forward slashes."""
    data: bytes
    before: bytes | None = None
    """What stood in a record that is edited."""
    changes: tuple[str, ...] = ()
    """What is edited, in words."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What ingest does, or would do."""

    made: tuple[Write, ...] = ()
    """New records."""
    edited: tuple[Write, ...] = ()
    """Records that change."""
    receipts: tuple[Write, ...] = ()
    copied: tuple[Write, ...] = ()
    """The listing that is filed first, where one is."""
    problems: tuple[Problem, ...] = ()
    entries: int = 0
    """How many papers the listings name, a paper as often as they do."""
    papers: int = 0
    """How many records there then are."""


def merge(content: Content, accept: Collection[str]) -> Plan:
    """Return what is to be written, so that records and receipts hold what the listings say.

    `accept` names fields that follow the listings even where an editor has touched them.
    """
    named = assign(content)
    made = tuple(_made(slug, those) for slug, those in _by_id(named, Fate.NEW).items())
    updates = _updates(content, _by_id(named, Fate.KNOWN), accept)
    edited = tuple(
        Write(path=record.path, data=update.data, before=record.data, changes=update.changes)
        for record in content.records
        if (update := updates.get(record.id)) and update.changes
    )
    failed = {name for name, update in updates.items() if has_error(update.problems)}
    remembered = [one for one in named if one.fate is not Fate.UNREAD and one.receipt.id not in failed]
    problems = [
        *chain.from_iterable(listing.parse.problems for listing in content.listings),
        *chain.from_iterable(update.problems for update in updates.values()),
        *_notices(content.listings, named),
    ]
    return Plan(
        made=made,
        edited=edited,
        receipts=tuple(_receipts(content, remembered)),
        problems=tuple(sorted(problems, key=lambda problem: problem.order)),
        entries=len(named),
        papers=len(content.records) + len(made),
    )


def _by_id(named: Sequence[Named], fate: Fate) -> dict[str, list[Named]]:
    found: defaultdict[str, list[Named]] = defaultdict(list)
    for one in named:
        if one.fate is fate:
            found[one.receipt.id].append(one)
    return found


def _made(slug: str, named: Sequence[Named]) -> Write:
    """Return a new record, of the entries that name it."""
    first = {one.listing.name: one for one in reversed(named)}
    rows = [listed_row(name, first[name].listing.issue, first[name].receipt) for name in sorted(first)]
    ...


def _updates(
    content: Content, known: Mapping[str, Sequence[Named]], accept: Collection[str]
) -> dict[str, Update]:
    """Return what becomes of the records that entries name, by their ids."""
    alive = homes(content.records)
    told: defaultdict[str, defaultdict[str, list[Receipt]]] = defaultdict(lambda: defaultdict(list))
    for listing, receipts in content.receipts.items():
        for receipt in receipts:
            told[alive.get(receipt.id, receipt.id)][listing].append(receipt)
    return {
        record.id: update(record, told[record.id], known[record.id], accept)
        for record in content.records
        if record.id in known
    }
