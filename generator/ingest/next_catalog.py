"""Make the catalog for the next ingest: the rows of all files as they are once a plan is carried out."""

from generator.ingest.catalog import Catalog, CatalogListing, CatalogReceipts, code_digest
from generator.ingest.inputs import Inputs, receipts_row, record_row
from generator.ingest.matched_papers import MatchedPapers
from generator.ingest.plan import Plan
from generator.library.paths import RECEIPTS


def next_catalog(inputs: Inputs, papers: MatchedPapers, plan: Plan) -> Catalog:
    """Return the catalog of a digest's files as they are when a plan has been carried out.

    A listing is in it only if all its entries were taken up, and a record only if it need not be tried again.
    """
    records = dict(inputs.records)
    for write in (*plan.made, *plan.edited, *plan.removed):
        records.pop(write.path, None)
        if write.data is not None:
            records[write.path] = write.row or record_row(write.path, write.data)
    receipts = dict(inputs.receipts)
    for write in plan.receipts:
        name = write.path.removeprefix(RECEIPTS).removesuffix(".jsonl")
        receipts.pop(name, None)
        if write.data is not None:
            receipts[name] = receipts_row(name, write.data)
    looked_at = {record.path for record in papers.records}
    notices = {path: told for path, told in inputs.last.notices.items() if path in records.keys() - looked_at}
    return Catalog(
        code=code_digest(),
        records={path: row for path, row in records.items() if row.id not in plan.tried_again},
        receipts=receipts,
        listings=_listings(inputs, papers, plan, receipts),
        notices=notices | dict(plan.notices),
    )


def _listings(
    inputs: Inputs, papers: MatchedPapers, plan: Plan, receipts: dict[str, CatalogReceipts]
) -> dict[str, CatalogListing]:
    """Return the rows of listings: those that were looked at now as they are, the others as they were."""
    current = papers.known.current_id
    unfinished = {one.listing for one in papers.matched if one.id in plan.tried_again}
    unfinished |= {
        name
        for name, rows in papers.receipts.items()
        if any(current(receipt.id) in plan.tried_again for receipt in rows)
    }
    rows = {
        name: row
        for name, row in inputs.last.listings.items()
        if name in inputs.listings and name not in papers.listings
    }
    for name, listing in papers.listings.items():
        if name not in unfinished and papers.renamed.get(name) not in unfinished:
            rows[name] = CatalogListing(
                digest=listing.digest,
                receipts=receipts[name].digest if name in receipts else b"",
                size=listing.size,
                source=listing.source,
                problems=plan.of_listings[name],
            )
    return rows
