"""The receipts that a plan leaves: those of today's entries, and of what nothing else would tell any more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

import msgspec

from generator.ingest.content import Content, Write
from generator.ingest.matching import FiledListing, MatchedEntry, by_listing
from generator.ingest.receipts import Receipt, encode_receipts, receipts_path
from generator.model import Stated


def new_receipts(
    content: Content, matched: Iterable[MatchedEntry], tried_again: Set[str], removed: Set[str]
) -> Iterator[Write]:
    """Yield the receipts that change. Where a record is to be tried again, they stay as they are."""
    live, entries = content.known.live, by_listing(matched)
    now: dict[str, list[Receipt]] = {name: [] for name in content.renamed.values()}
    for listing in content.listings:
        taken_up = [one.receipt for one in entries[listing.name] if one.receipt.id not in tried_again]
        now[listing.name] = [*taken_up, *_kept(listing, taken_up, content, tried_again)]
    for listing in content.unchanged:
        now[listing.name] = list(content.last_receipts(listing.name))
    for name in content.gone:
        now[name] = [one for one in content.last_receipts(name) if live(one.id) in tried_again]
    for name, receipts in sorted(now.items()):
        left = [one for one in receipts if not (one.vanished and live(one.id) in removed)]
        text = encode_receipts(left)
        if text != encode_receipts(content.receipts.get(name, ())):
            yield Write(path=receipts_path(name), data=text.encode() or None)


def _kept(
    listing: FiledListing, taken_up: Iterable[Receipt], content: Content, tried_again: Set[str]
) -> Iterator[Receipt]:
    """Yield the receipts of papers that a listing no longer names, and all of deleted records.

    Nothing else tells of these.
    """
    live = content.known.live
    stated: defaultdict[str, list[Stated]] = defaultdict(list)
    for receipt in taken_up:
        stated[receipt.id].append(receipt.stated)
    for receipt in content.last_receipts(listing.name):
        again = stated[live(receipt.id)]
        if live(receipt.id) in tried_again:
            yield receipt
        elif not again or (receipt.id not in content.known.live_ids and receipt.stated not in again):
            yield msgspec.structs.replace(
                receipt, format_name=listing.format_name, anyway=listing.anyway, vanished=True
            )
