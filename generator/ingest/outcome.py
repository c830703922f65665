"""What a plan leads to: the next catalog, and all that is to be said; reads records that listings left."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.files import load
from generator.ingest.catalog import Catalog, Known, ListingHead, code_digest, known_of
from generator.ingest.content import Content, Plan
from generator.ingest.doubles import near_doubles
from generator.ingest.inputs import Survey, read_receipts, read_record, receipts_head, record_head
from generator.ingest.matching import SourceRecord
from generator.ingest.receipts import RECEIPTS, decode_receipts, receipts_path
from generator.ingest.vanished import vanished, vanished_ids
from generator.ingest.working_set import listings_of
from generator.problem import Problem


def catalog_after(found: Survey, content: Content, plan: Plan) -> Catalog:
    """Return the catalog when a plan has been carried out.

    A listing is in it only if all its entries were taken up.
    """
    records = dict(found.records)
    for write in (*plan.made, *plan.edited, *plan.removed):
        if write.data is None:
            records.pop(write.path, None)
        else:
            records[write.path] = record_head(write.path, write.data)
    receipts = dict(found.receipts)
    for write in plan.receipts:
        name = write.path.removeprefix(f"{RECEIPTS}/").removesuffix(".jsonl")
        if write.data is None:
            receipts.pop(name, None)
        else:
            receipts[name] = receipts_head(name, write.data)
    kept = {
        name: head
        for name, head in found.last.listings.items()
        if name in found.listings and name not in plan.of_listings
    }
    open_ = {one.listing.name for one in content.matched if one.receipt.id in plan.tried_again}
    open_ |= {
        name
        for name, rows in content.receipts.items()
        if any(content.known.live(receipt.id) in plan.tried_again for receipt in rows)
    }
    for listing in content.listings:
        if listing.name not in open_ and content.renamed.get(listing.name) not in open_:
            kept[listing.name] = ListingHead(
                found.listings[listing.name],
                receipts[listing.name].digest if listing.name in receipts else b"",
                len(listing.parse.entries),
                listing.source,
                plan.of_listings[listing.name],
            )
    return Catalog(code_digest(), records, receipts, kept)


def without_tried_again(after: Catalog, plan: Plan) -> Catalog:
    """Return a catalog as it is kept: a record that could not be edited is looked at again."""
    if not plan.tried_again:
        return after
    records = {path: head for path, head in after.records.items() if head.id not in plan.tried_again}
    return msgspec.structs.replace(after, records=records)


def told(root: Path, found: Survey, content: Content, plan: Plan, after: Catalog) -> Plan:
    """Return a plan with all there is to say: of the files that were to be filed, else of everything."""
    known, flaws = known_of(after.records.values(), after.receipts)
    files = {filed.listing for filed in plan.filings}
    older = [*found.problems, *flaws]
    shown = list(plan.problems)
    of_listings = {name: head.problems for name, head in after.listings.items()} | dict(plan.of_listings)
    for name, problems in of_listings.items():
        (shown if name in files else older).extend(problems)
    told_before = vanished_ids(content.known)
    no_more = list(_vanished(root, known, plan))
    for id_, problem in no_more:
        (older if id_ in told_before else shown).append(problem)
    made = [after.records[write.path] for write in plan.made]
    shown += near_doubles(made, known)
    if not plan.filings:
        shown, older = [*shown, *older], []
    active = {listing.name: len(listing.parse.entries) for listing in content.listings}
    return msgspec.structs.replace(
        plan,
        problems=tuple(sorted(shown, key=lambda problem: problem.order)),
        vanished=tuple(problem for _, problem in no_more),
        older=tuple(older),
        entries=sum((active | {name: head.entries for name, head in after.listings.items()}).values()),
        papers=len(known.records),
    )


def _vanished(root: Path, known: Known, plan: Plan) -> Iterator[tuple[str, Problem]]:
    """Yield what is to say of records that listings no longer name, each with the record's id."""
    ids = vanished_ids(known)
    if not ids:
        return
    planned = {write.path: write.data for write in (*plan.edited, *plan.receipts) if write.data is not None}
    names = listings_of(ids, known)
    receipts = read_receipts(root, names)
    receipts |= {
        name: decode_receipts(data, "")[0] for name in names if (data := planned.get(receipts_path(name)))
    }
    for id_ in sorted(ids):
        path = known.records[id_].path
        text: bytes | Problem = planned.get(path) or load(root, path)
        record = text if isinstance(text, Problem) else read_record(path, text)
        if isinstance(record, SourceRecord):
            for problem in vanished([record], receipts, known):
                yield id_, problem
