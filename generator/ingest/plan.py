"""What ingest is to write: decided here, from what was read, without touching a file."""

import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from generator.ingest.matching import Content, FiledListing, MatchedEntry, Outcome, match
from generator.ingest.receipts import Receipt, encode_receipts, receipts_path
from generator.ingest.statements import Mention, Mentions, combined, fields, rows
from generator.ingest.three_way_merge import merge
from generator.model import Paper, Stated
from generator.problem import Location, Problem, has_error, notice
from generator.records.codec import encode


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """A file to be written."""

    path: str
    """Relative to the digest's folder, with forward slashes."""
    data: bytes
    before: bytes | None = None
    """What a record held that is edited."""
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


def plan_of(content: Content, accept: Collection[str]) -> Plan:
    """Return what is to be written, so that records and receipts hold what the listings say.

    `accept` names fields that follow the listings even where an editor has touched them.
    """
    matched, live_ids = match(content), content.live_ids()
    now = _mentions((one.receipt.id, one.listing.name, _mention(one)) for one in matched)
    before = _mentions(
        (live_ids.get(receipt.id, receipt.id), listing, Mention(receipt))
        for listing, receipts in content.receipts.items()
        for receipt in receipts
    )
    new = dict.fromkeys(one.receipt.id for one in matched if one.outcome is Outcome.NEW)
    made = tuple(_made(id_, now[id_]) for id_ in new)
    merged = {
        record.id: merge(record, before[record.id], {**before[record.id], **now[record.id]}, accept)
        for record in content.records
        if record.id in now
    }
    edited = tuple(
        Write(path=record.path, data=found.data, before=record.data, changes=found.changes)
        for record in content.records
        if (found := merged.get(record.id)) and found.changes
    )
    failed = {id_ for id_, found in merged.items() if has_error(found.problems)}
    kept = [one for one in matched if one.outcome is not Outcome.UNREADABLE and one.receipt.id not in failed]
    problems = [
        *chain.from_iterable(listing.parse.problems for listing in content.listings),
        *chain.from_iterable(found.problems for found in merged.values()),
        *_notices(content.listings, matched),
    ]
    return Plan(
        made=made,
        edited=edited,
        receipts=tuple(_receipts(content, kept, live_ids)),
        problems=tuple(sorted(problems, key=lambda problem: problem.order)),
        entries=len(matched),
        papers=len(content.records) + len(made),
    )


def _mention(one: MatchedEntry) -> Mention:
    return Mention(one.receipt, one.entry.stated.abstract or "")


def _mentions(
    named: Iterable[tuple[str, str, Mention]],
) -> Mapping[str, Mapping[str, Sequence[Mention]]]:
    """Return mentions by the id of their record, and then by their listing."""
    found: defaultdict[str, dict[str, list[Mention]]] = defaultdict(dict)
    for id_, listing, mention in named:
        found[id_].setdefault(listing, []).append(mention)
    return found


def _made(slug: str, mentions: Mentions) -> Write:
    """Return a new record, of the entries that name it."""
    listed = tuple(rows(mentions))
    first = min((row.issue for row in listed if row.issue), default=None)
    folder = f"{first.year:04}" if first else "undated"
    paper = Paper(id=slug, listed=listed, **fields(combined(mentions)))
    return Write(path=f"content/papers/{folder}/{slug}.yaml", data=encode(paper).encode())


def _receipts(
    content: Content, matched: Iterable[MatchedEntry], live_ids: Mapping[str, str]
) -> Iterator[Write]:
    """Yield the receipts that change.

    Those of entries that no longer occur are kept, and all of deleted records: nothing else tells of these.
    """
    now: defaultdict[str, list[Receipt]] = defaultdict(list)
    for one in matched:
        now[one.listing.name].append(one.receipt)
    for listing in content.listings:
        old, new = content.receipts.get(listing.name, ()), now[listing.name]
        stated: defaultdict[str, list[Stated]] = defaultdict(list)
        for receipt in new:
            stated[receipt.id].append(receipt.stated)
        kept = [
            msgspec.structs.replace(receipt, format_name=listing.format_name)
            for receipt in old
            if not (again := stated[live_ids.get(receipt.id, receipt.id)])
            or (receipt.id not in live_ids and receipt.stated not in again)
        ]
        text = encode_receipts([*new, *kept])
        if text != encode_receipts(old):
            yield Write(path=receipts_path(listing.name), data=text.encode())


def _notices(listings: Iterable[FiledListing], matched: Iterable[MatchedEntry]) -> Iterator[Problem]:
    for listing in listings:
        if listing.issue is None:
            message = "The name begins with no day, so the papers are undated."
            yield notice(Location(path=listing.path), message, _UNDATED)
    seen: dict[tuple[str, str], int] = {}
    for one in matched:
        id_, position = one.receipt.id, one.entry.position
        if one.outcome is Outcome.DELETED:
            yield _notice(one, f"is left out: its record {id_!r} was deleted or merged.", _DELETED)
        if one.outcome is Outcome.UNREADABLE:
            yield _notice(one, f"is left as it is: its record {id_!r} cannot be read.", _UNREADABLE)
        first = seen.setdefault((one.listing.name, id_), position)
        if first != position:
            yield _notice(one, f"is named twice: at place {first} and at {position}.", _TWICE)


_UNDATED = "Begin it with the day of the issue, as in 2025-10-30-NAME, and ingest again."
_DELETED = (
    "To have it back, restore its file; with `hide: true`, to keep it out without this notice. "
    "If it was merged, put its id into `formerly` of the other record."
)
_UNREADABLE = "Mend the file, and ingest again."
_TWICE = "It counts once, at its first place."


def _notice(one: MatchedEntry, message: str, hint: str) -> Problem:
    span, stated = one.entry.span, one.entry.stated
    name = stated.title or stated.arxiv or stated.doi or stated.abstract or "A paper"
    place = Location(path=one.listing.path, line=span.first, last_line=span.last)
    return notice(place, f"'{textwrap.shorten(name, 80, placeholder=' ...')}' {message}", hint)
