"""Decide what ingest writes, from what was read and matched. No file is touched here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain
from typing import TypeAlias

import msgspec

from generator.ingest.catalog import CatalogRecord
from generator.ingest.inputs import SourceRecord, read_record, row_of
from generator.ingest.matched_papers import MatchedPapers
from generator.ingest.matching import MatchedEntry, Outcome, by_listing
from generator.ingest.notices import left_out, named_no_more, problems_of_listing
from generator.ingest.parsing import ParsedListing
from generator.ingest.receipts import Receipt, encode_receipts, receipts_path
from generator.ingest.statements import (
    Mention,
    Mentions,
    combined,
    fields_before_listings,
    listed_rows,
    name_of,
    record_fields,
    stated_values,
)
from generator.ingest.three_way_merge import MergedRecord, is_untouched, merge_record, unlisted
from generator.library.paths import PAPERS, RECORD_SCHEMA
from generator.model import Paper
from generator.problem import Location, Problem, has_error, notice
from generator.records.codec import MOST_BYTES, encode, modeline

ByListing: TypeAlias = dict[str, list[Mention]]
"""The mentions of one paper, by listing."""


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """A file to be written, or removed."""

    path: str
    """Relative to the digest's folder, with forward slashes."""
    data: bytes | None
    """None where the file is to be removed."""
    before: bytes | None = None
    """The bytes that an edited or removed record had."""
    changes: tuple[str, ...] = ()
    """What is edited, in words."""
    row: CatalogRecord | None = None
    """The catalog's row of a new record, if it can be read. Reading it takes half as long as making it."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What ingest does to records and receipts, or would do."""

    made: tuple[Write, ...] = ()
    """New records."""
    edited: tuple[Write, ...] = ()
    """Records that change."""
    removed: tuple[Write, ...] = ()
    """Records that no listing names any more, and no editor touched."""
    receipts: tuple[Write, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Problems that are reported once."""
    of_listings: Mapping[str, tuple[Problem, ...]] = {}
    """Problems of listings, by name, which are true as long as the listings do not change."""
    notices: Mapping[str, Problem] = {}
    """By path of record: the notice that listings no longer name its paper."""
    tried_again: frozenset[str] = frozenset()
    """Ids of records that cannot be read or edited now, so the next ingest tries them again."""


def plan_changes(papers: MatchedPapers) -> Plan:
    """Return the writes after which records and receipts have what the listings say."""
    matched = tuple(zip(papers.matched, _receipts(papers), strict=True))
    before, now = _mentions_before(papers), _mentions_now(papers, matched)
    orphaned = {
        record.id
        for record in papers.records
        if _is_orphaned(before[record.id], now[record.id], papers.gone | papers.restored)
    }
    removed = {
        record.id: Write(path=record.path, data=None, before=record.data)
        for record in papers.records
        if record.id in orphaned and is_untouched(record, before[record.id])
    }
    merged = {
        record.id: (record, _merged(record, before[record.id], now[record.id], papers))
        for record in papers.records
        if record.id not in removed
    }
    unreadable = {one.id for one in papers.matched if one.outcome is Outcome.UNREADABLE}
    tried_again = unreadable | {id_ for id_, (_, found) in merged.items() if has_error(found.problems)}
    entries = by_listing(papers.matched)
    out = (left_out(entries[name], papers.last_receipts(name)) for name in papers.listings)
    new = dict.fromkeys(one.id for one in papers.matched if one.outcome is Outcome.NEW)
    return Plan(
        made=tuple(_made(id_, now[id_], has_schema=papers.has_schema) for id_ in new),
        edited=tuple(
            Write(path=record.path, data=found.data, before=record.data, changes=found.changes)
            for record, found in merged.values()
            if found.changes and not has_error(found.problems)
        ),
        removed=tuple(removed.values()),
        receipts=tuple(_changed_receipts(papers, matched, tried_again, orphaned - tried_again)),
        problems=(
            *chain.from_iterable(found.problems for _, found in merged.values()),
            *chain.from_iterable(out),
        ),
        of_listings={
            name: tuple(problems_of_listing(listing, entries[name]))
            for name, listing in papers.listings.items()
        },
        notices={
            record.path: problem
            for id_, (record, found) in merged.items()
            if (problem := _named_no_more(record.path, found.data, now[id_]))
        },
        tried_again=frozenset(tried_again),
    )


def new_record(paper: Paper, issue: dt.date | None, *, has_schema: bool) -> Write:
    """Return the file of a new record, in the folder of its first issue's year.

    Where the digest has a schema of records, its first line leads text editors there.
    """
    folder = f"{issue.year:04}" if issue else "undated"
    path = f"{PAPERS}{folder}/{paper.id}.yaml"
    first = modeline(path, RECORD_SCHEMA) if has_schema else b""
    data = first + encode(paper).encode()
    record = SourceRecord(path=path, slug=paper.id or "", data=data, paper=paper)
    return Write(path=path, data=data, row=row_of(record) if len(data) <= MOST_BYTES else None)


def _made(slug: str, mentions: Mentions, *, has_schema: bool) -> Write:
    """Return a new record, of the entries that name it."""
    listed = tuple(listed_rows(mentions))
    first = min((row.issue for row in listed if row.issue), default=None)
    return new_record(
        Paper(id=slug, listed=listed, **record_fields(combined(mentions))), first, has_schema=has_schema
    )


def _receipts(papers: MatchedPapers) -> list[Receipt]:
    """Return a receipt for each matched entry. It says which fields the record had before any listing."""
    found = [_receipt(one, papers.listings[one.listing]) for one in papers.matched]
    joined = {
        papers.known.current_id(one.id): one.joined for last in papers.receipts.values() for one in last
    }
    mentions: defaultdict[str, ByListing] = defaultdict(dict)
    for one, receipt in zip(papers.matched, found, strict=True):
        mention = Mention(receipt, "", one.entry.is_year_guessed)
        mentions[one.id].setdefault(one.listing, []).append(mention)
    for record in papers.records:
        # if the record has only what the listings say, ingest was killed before it wrote the receipts
        if record.id not in joined and not is_untouched(record, mentions[record.id]):
            own = tuple(name_of(path) for path in stated_values(record.stated))
            joined[record.id] = (*own, "id") if record.paper.id else own
    return [msgspec.structs.replace(receipt, joined=joined.get(receipt.id)) for receipt in found]


def _receipt(one: MatchedEntry, listing: ParsedListing) -> Receipt:
    return Receipt(
        id=one.id,
        position=one.entry.position,
        stated=one.stated,
        votes=one.entry.votes,
        discussion=one.entry.discussion,
        format_name=listing.format_name,
        anyway=listing.anyway,
    )


def _mentions_before(papers: MatchedPapers) -> defaultdict[str, ByListing]:
    """Return the mentions in the last receipts, by id of record and then by listing."""
    entries = {(one.listing, one.entry.position): one.entry for one in papers.matched}
    found: defaultdict[str, ByListing] = defaultdict(dict)
    for listing, receipts in papers.receipts.items():
        for receipt in receipts:
            entry = entries.get((listing, receipt.position))
            is_same_day = bool(entry and entry.stated.published == receipt.stated.published)
            mention = Mention(receipt, "", bool(entry and entry.is_year_guessed and is_same_day))
            found[papers.known.current_id(receipt.id)].setdefault(listing, []).append(mention)
    return found


def _mentions_now(
    papers: MatchedPapers, matched: Iterable[tuple[MatchedEntry, Receipt]]
) -> defaultdict[str, ByListing]:
    """Return the mentions of now in the same way, with those that vanished from a listing as they were."""
    new_names = {former: name for name, former in papers.renamed.items()}
    last: defaultdict[str, ByListing] = defaultdict(dict)
    for former in papers.receipts.keys() - papers.gone:
        name = new_names.get(former, former)
        is_read = name in papers.listings
        for receipt in papers.receipts[former]:
            if papers.is_undone(receipt, former):
                continue
            mention = Mention(msgspec.structs.replace(receipt, vanished=receipt.vanished or is_read))
            last[papers.known.current_id(receipt.id)].setdefault(name, []).append(mention)
    found: defaultdict[str, ByListing] = defaultdict(dict)
    for one, receipt in matched:
        mention = Mention(receipt, one.entry.stated.abstract or "", one.entry.is_year_guessed)
        found[one.id].setdefault(one.listing, []).append(mention)
    for id_, mentions in last.items():
        found[id_] = mentions | found[id_]
    return found


def _is_orphaned(before: ByListing, now: ByListing, gone: Set[str]) -> bool:
    """Tell whether a listing that named a paper is gone, or names it no more, and no other names it."""
    named = any(not mention.receipt.vanished for mentions in now.values() for mention in mentions)
    return not named and not gone.isdisjoint(before)


def _merged(record: SourceRecord, before: ByListing, now: ByListing, papers: MatchedPapers) -> MergedRecord:
    """Merge a record that is not removed with what the listings say now."""
    gone = papers.gone | papers.restored
    if not _is_orphaned(before, now, gone):
        return merge_record(record, before, now, papers.accept.get(record.path, ()), papers.renamed)
    if fields_before_listings(before) is not None:
        return merge_record(record, before, {}, (), {})
    found = unlisted(record, before.keys() & gone)
    message = "No listing names this paper any more; it stays, since an editor changed it."
    problem = notice(Location(path=record.path), message, "Delete the file if it is not needed.")
    return msgspec.structs.replace(found, problems=(*found.problems, problem))


def _named_no_more(path: str, data: bytes, mentions: ByListing) -> Problem | None:
    """Return a notice where listings no longer name the paper of a record that no editor touched."""
    if not any(one.receipt.vanished for found in mentions.values() for one in found):
        return None
    record = read_record(path, data)
    if not isinstance(record, SourceRecord) or not is_untouched(record, mentions):
        return None
    return named_no_more(record, mentions)


def _changed_receipts(
    papers: MatchedPapers,
    matched: Iterable[tuple[MatchedEntry, Receipt]],
    tried_again: Set[str],
    orphaned: Set[str],
) -> Iterator[Write]:
    """Yield the receipts that change.

    These stay as they are: receipts of records that are tried again, of papers that a listing no longer
    names, and of deleted records, which nothing else remembers.
    """
    current = papers.known.current_id
    now: defaultdict[str, list[Receipt]] = defaultdict(list)
    for one, receipt in matched:
        if one.id not in tried_again:
            now[one.listing].append(receipt)
    for name, listing in papers.listings.items():
        now[name] += [*_kept(listing, now[name], papers, tried_again)]
    for name in papers.gone:
        now[name] = [one for one in papers.last_receipts(name) if current(one.id) in tried_again]
    for name in sorted({*now, *papers.renamed.values()}):
        left = [one for one in now[name] if not (one.vanished and current(one.id) in orphaned)]
        text = encode_receipts(left)
        if text != encode_receipts(papers.receipts.get(name, ())):
            yield Write(path=receipts_path(name), data=text.encode() or None)


def _kept(
    listing: ParsedListing, now: Iterable[Receipt], papers: MatchedPapers, tried_again: Set[str]
) -> Iterator[Receipt]:
    """Yield the last receipts of a listing that stay, next to those of its entries now."""
    stated = defaultdict(list)
    for receipt in now:
        stated[receipt.id].append(receipt.stated)
    for receipt in papers.last_receipts(listing.name):
        current = papers.known.current_id(receipt.id)
        is_deleted = receipt.id not in papers.known.current_ids
        if current in tried_again:
            yield receipt
        elif papers.is_undone(receipt, listing.name):
            continue
        elif not stated[current] or (is_deleted and receipt.stated not in stated[current]):
            yield msgspec.structs.replace(
                receipt, format_name=listing.format_name, anyway=listing.anyway, vanished=True
            )
