"""Records with rows for listings that no longer name their papers: told until an editor decides."""

from collections.abc import Iterable, Iterator, Mapping

from generator.ingest.catalog import Known
from generator.ingest.matching import SourceRecord
from generator.ingest.receipts import Receipt
from generator.ingest.statements import Mention
from generator.ingest.untouched import is_untouched
from generator.problem import Location, Problem, notice


def vanished_ids(known: Known) -> set[str]:
    """Return the ids of records with a receipt of a listing that no longer names them."""
    heads = (head for receipts in known.receipts.values() for head in receipts if head.vanished)
    return {known.live(head.id) for head in heads} & known.records.keys()


def vanished(
    records: Iterable[SourceRecord], receipts: Mapping[str, tuple[Receipt, ...]], known: Known
) -> Iterator[Problem]:
    """Yield a notice for each record that no listing names any more, or not each that its rows tell of.

    None for one that an editor touched. `receipts` are all that name these records.
    """
    for record in records:
        mentions = {
            listing: [Mention(one) for one in rows if known.live(one.id) == record.id]
            for listing, rows in receipts.items()
        }
        mentions = {listing: found for listing, found in mentions.items() if found}
        named = {name for name, found in mentions.items() if not all(one.receipt.vanished for one in found)}
        stale = [
            row.listing for row in record.paper.listed if row.listing in mentions and row.listing not in named
        ]
        if stale and is_untouched(record, mentions):
            here = Location(path=record.path)
            if named:
                message = f"{stale[0]} no longer names this paper."
                yield notice(here, message, "Remove its row from `listed`.")
            else:
                message = "This paper is named by no listing any more."
                yield notice(here, message, "Delete the record, or edit it to keep it.")
