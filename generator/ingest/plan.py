"""What ingest is to write: decided here, from what was read, without touching a file."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

import msgspec

from generator.ingest.catalog import Known
from generator.ingest.content import Content, Plan, Write
from generator.ingest.matching import MatchedEntry, Outcome, SourceRecord, by_listing
from generator.ingest.new_receipts import new_receipts
from generator.ingest.notices import left_out, problems_of_listing
from generator.ingest.receipts import Receipt
from generator.ingest.statements import Mention, Mentions, combined, fields, name_of, of_editor, rows, values
from generator.ingest.three_way_merge import Merged, merge, unlisted
from generator.ingest.untouched import is_untouched
from generator.model import Paper
from generator.problem import Location, has_error, notice
from generator.records.codec import encode

ByListing: TypeAlias = dict[str, list[Mention]]
"""The mentions of one paper, by listing."""


def plan_of(content: Content) -> Plan:
    """Return what is to be written, so that records and receipts hold what the listings say."""
    matched = _with_joined(content)
    before = _by_record(content.receipts, content.known, {})
    now = _mentions_now(content, matched)
    new = dict.fromkeys(one.receipt.id for one in matched if one.outcome is Outcome.NEW)
    removed = {
        record.id: record
        for record in content.records
        if _is_withdrawn(before[record.id], now[record.id], content)
        and is_untouched(record, before[record.id])
    }
    merged = [
        (record, _merged(record, before[record.id], now[record.id], content))
        for record in content.records
        if record.id not in removed
    ]
    unread = {one.receipt.id for one in matched if one.outcome is Outcome.UNREADABLE}
    tried_again = unread | {record.id for record, found in merged if has_error(found.problems)}
    entries = by_listing(matched)
    of_listings = {one.name: tuple(problems_of_listing(one, entries[one.name])) for one in content.listings}
    return Plan(
        made=tuple(_made(id_, now[id_]) for id_ in new),
        edited=tuple(
            Write(path=record.path, data=found.data, before=record.data, changes=found.changes)
            for record, found in merged
            if found.changes and not has_error(found.problems)
        ),
        removed=tuple(Write(path=record.path, data=None, before=record.data) for record in removed.values()),
        receipts=tuple(new_receipts(content, matched, tried_again, removed.keys())),
        problems=(
            *chain.from_iterable(found.problems for _, found in merged),
            *left_out(content, matched),
        ),
        of_listings=of_listings,
        renamed=content.renamed,
        tried_again=frozenset(tried_again),
    )


def _with_joined(content: Content) -> tuple[MatchedEntry, ...]:
    """Return the matched entries; their receipts tell which records were there before any listing."""
    first = {content.known.live(one.id): one.joined for rows in content.receipts.values() for one in rows}
    now: defaultdict[str, dict[str, list[Mention]]] = defaultdict(dict)
    for one in content.matched:
        now[one.receipt.id].setdefault(one.listing.name, []).append(Mention(one.receipt))
    joined: dict[str, tuple[str, ...] | None] = {
        record.id: first[record.id] if record.id in first else _editors_fields(record, now[record.id])
        for record in content.records
    }
    return tuple(
        msgspec.structs.replace(one, receipt=msgspec.structs.replace(one.receipt, joined=fields_))
        if (fields_ := joined.get(one.receipt.id)) is not None
        else one
        for one in content.matched
    )


def _editors_fields(record: SourceRecord, now: Mentions) -> tuple[str, ...] | None:
    """Return the fields of a record that no listing has named so far; None for one that ingest just made."""
    if is_untouched(record, now):  # and was killed before it wrote the receipts
        return None
    own = [name_of(path) for path in values(record.stated)]
    return (*own, "id") if record.paper.id else tuple(own)


def _by_record(
    receipts: Mapping[str, Sequence[Receipt]], known: Known, texts: Mapping[tuple[str, int], str]
) -> defaultdict[str, ByListing]:
    """Return the mentions that receipts tell of, by the id of their record, and then by listing.

    `texts` has the abstracts that are at hand, by listing and position.
    """
    found: defaultdict[str, ByListing] = defaultdict(dict)
    for listing, receipts_ in receipts.items():
        for receipt in receipts_:
            text = "" if receipt.vanished else texts.get((listing, receipt.position), "")
            found[known.live(receipt.id)].setdefault(listing, []).append(Mention(receipt, text))
    return found


def _mentions_now(content: Content, matched: Iterable[MatchedEntry]) -> defaultdict[str, ByListing]:
    """Return the mentions of today, as `_by_record` does; those a listing no longer makes, as they were."""
    found: defaultdict[str, ByListing] = defaultdict(dict)
    for one in matched:
        mention = Mention(one.receipt, one.entry.stated.abstract or "")
        found[one.receipt.id].setdefault(one.listing.name, []).append(mention)
    texts = {
        (listing.name, entry.position): entry.stated.abstract or ""
        for listing in content.unchanged
        for entry in listing.parse.entries
    }
    last = {listing.name: content.last_receipts(listing.name) for listing in content.unchanged}
    vanished = {
        listing.name: [
            msgspec.structs.replace(receipt, vanished=True) for receipt in content.last_receipts(listing.name)
        ]
        for listing in content.listings
    }
    for id_, last_mentions in _by_record({**last, **vanished}, content.known, texts).items():
        found[id_] = last_mentions | found[id_]
    return found


def _is_withdrawn(before: ByListing, now: ByListing, content: Content) -> bool:
    """Tell whether a listing that named a paper is gone, and no other names it."""
    named = any(not mention.receipt.vanished for mentions in now.values() for mention in mentions)
    return not named and not content.gone.isdisjoint(before)


def _merged(record: SourceRecord, before: ByListing, now: ByListing, content: Content) -> Merged:
    """Return what becomes of a record that stays."""
    if not _is_withdrawn(before, now, content):
        return merge(record, before, now, content.accept.get(record.path, ()), content.renamed)
    if of_editor(before) is not None:
        return merge(record, before, {}, (), {})
    found = unlisted(record, before.keys() & content.gone)
    message = "No listing names this paper any more; it stays, since an editor changed it."
    problem = notice(Location(path=record.path), message, "Delete the file if it is not needed.")
    return msgspec.structs.replace(found, problems=(*found.problems, problem))


def _made(slug: str, mentions: Mentions) -> Write:
    """Return a new record, of the entries that name it."""
    listed = tuple(rows(mentions))
    first = min((row.issue for row in listed if row.issue), default=None)
    return new_record(Paper(id=slug, listed=listed, **fields(combined(mentions))), first)


def new_record(paper: Paper, issue: dt.date | None) -> Write:
    """Return the file of a new record, in the folder of its first issue's year."""
    folder = f"{issue.year:04}" if issue else "undated"
    return Write(path=f"content/papers/{folder}/{paper.id}.yaml", data=encode(paper).encode())
