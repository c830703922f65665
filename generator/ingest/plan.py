"""What ingest is to write: decided here, from what was read, without touching a file."""

import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from generator.ingest.matching import Content, Fate, FiledListing, Named, assign, homes
from generator.ingest.receipts import Receipt, encode_receipts, receipts_path
from generator.ingest.statements import fields, fold, row_of, texts_of, told_by
from generator.ingest.three_way_merge import Update, update
from generator.model import Paper, Stated
from generator.problem import Location, Problem, has_error, notice
from generator.records.codec import encode


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
    told = told_by(named)
    listings = {one.listing.name: one.listing for one in named}
    rows = tuple(row_of(listings[name], receipts) for name, receipts in sorted(told.items()))
    values = {path: said.value for path, said in fold(told).items()}
    if abstract := values.get(("abstract",)):
        values["abstract",] = texts_of(named)[abstract]
    first = min((row.issue for row in rows if row.issue), default=None)
    folder = f"{first.year:04}" if first else "undated"
    paper = Paper(id=slug, listed=rows, **fields(values))
    return Write(path=f"content/papers/{folder}/{slug}.yaml", data=encode(paper).encode())


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


def _receipts(content: Content, named: Iterable[Named]) -> Iterator[Write]:
    """Yield the receipts that change.

    Those of entries that no longer occur are kept, and all of deleted records: nothing else tells of these.
    """
    alive = homes(content.records)
    now = told_by(named)
    for listing in content.listings:
        old = content.receipts.get(listing.name, ())
        rows = list(now.get(listing.name, ()))
        new: defaultdict[str, list[Stated]] = defaultdict(list)
        for receipt in rows:
            new[receipt.id].append(receipt.stated)
        for receipt in old:
            again = new[alive.get(receipt.id, receipt.id)]
            if not again or (receipt.id not in alive and receipt.stated not in again):
                rows.append(msgspec.structs.replace(receipt, format_name=listing.format_name))
        text = encode_receipts(rows)
        if text != encode_receipts(old):
            yield Write(path=receipts_path(listing.name), data=text.encode())


def _notices(listings: Iterable[FiledListing], named: Iterable[Named]) -> Iterator[Problem]:
    for listing in listings:
        if listing.issue is None:
            message = "The name begins with no day, so the papers are undated."
            yield notice(Location(path=listing.path), message, _UNDATED)
    seen: dict[tuple[str, str], int] = {}
    for one in named:
        span, name = one.entry.span, one.receipt.id
        place = Location(path=one.listing.path, line=span.first, last_line=span.last)
        if one.fate is Fate.GONE:
            yield notice(
                place, f"{_called(one)} is left out: its record {name!r} was deleted or merged.", _GONE
            )
        if one.fate is Fate.UNREAD:
            yield notice(
                place, f"{_called(one)} is left as it is: its record {name!r} cannot be read.", _UNREAD
            )
        first = seen.setdefault((one.listing.name, name), one.entry.position)
        if first != one.entry.position:
            yield notice(
                place, f"{_called(one)} is named twice: at place {first} and at {one.entry.position}.", _TWICE
            )


_UNDATED = "Begin it with the day of the issue, as in 2025-10-30-NAME, and ingest again."
_GONE = (
    "To have it back, restore its file; with `hide: true`, to keep it out without this notice. "
    "If it was merged, put its id into `formerly` of the other record."
)
_UNREAD = "Mend the file, and ingest again."
_TWICE = "It counts once, at its first place."


def _called(one: Named) -> str:
    stated = one.entry.stated
    known_by = stated.title or stated.arxiv or stated.doi or stated.abstract or "A paper"
    return f"'{textwrap.shorten(known_by, 80, placeholder=' ...')}'"
