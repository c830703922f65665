"""The working set: the listings and records that a change concerns. What it leaves out stays as it is.

A listing that was ingested whole, and has not changed since, nor have its receipts, says what it said: each
of its entries belongs to the record that its receipt names. It has to be matched again only if that record
came or went, or a record came that one of its deleted papers may belong to.
"""

from collections.abc import Iterable, Set

from generator.ingest.catalog import Known, RecordHead
from generator.ingest.identity import Facts
from generator.ingest.inputs import Survey
from generator.ingest.matching import MatchedEntry, Outcome


def changed_records(found: Survey) -> list[RecordHead]:
    """Return the heads of records that are not as the last ingest left them: as they are and as they were."""
    last = found.last.records
    changed = [head for path, head in found.records.items() if last.get(path) is not head]
    return changed + [head for path, head in last.items() if found.records.get(path) is not head]


def listings_to_match(found: Survey, known: Known, before: Known, changed: Iterable[RecordHead]) -> set[str]:
    """Return the names of the listings that have to be matched; `before` was known at the last ingest."""
    heads = list(changed)
    names = {name for name in found.listings if not _is_settled(found, name)}
    ids = {id_ for head in heads for id_ in (head.id, head.slug.lower(), *head.aliases)}
    moved = {
        id_
        for id_ in ids
        if known.live_ids.get(id_) != before.live_ids.get(id_)
        or (id_ in known.unread) != (id_ in before.unread)
    }
    facts = [head.facts for head in heads if head.facts]
    return names | _naming(found, known, names, moved) | claiming(found, known, names, facts)


def _is_settled(found: Survey, name: str) -> bool:
    last, receipts = found.last.listings.get(name), found.receipts.get(name)
    return (
        last is not None
        and last.digest == found.listings[name]
        and last.receipts == (receipts.digest if receipts else b"")
    )


def _naming(found: Survey, known: Known, names: Set[str], ids: Set[str]) -> set[str]:
    """Return listings, other than those, with a receipt for one of the ids."""
    if not ids:
        return set()
    return {
        name
        for name in found.listings.keys() - names
        if any(receipt.id in ids for receipt in known.receipts.get(name, ()))
    }


def claiming(found: Survey, known: Known, names: Set[str], facts: Iterable[Facts]) -> set[str]:
    """Return listings, other than those, with a deleted paper that papers known by the facts may be."""
    keys = {key for one in facts for key in one.keys if key}
    if not keys:
        return set()
    return {
        name
        for name in found.listings.keys() - names
        if any(
            receipt.id not in known.live_ids
            and receipt.id not in known.unread
            and not keys.isdisjoint(receipt.facts.keys)
            for receipt in known.receipts.get(name, ())
        )
    }


def ids_concerned(
    matched: Iterable[MatchedEntry], known: Known, listings: Iterable[str], changed: Iterable[RecordHead]
) -> set[str]:
    """Return the ids of the records that entries, listings or changes concern."""
    ids = {one.receipt.id for one in matched if one.outcome is Outcome.KNOWN}
    ids.update(known.live(receipt.id) for name in listings for receipt in known.receipts.get(name, ()))
    ids.update(head.id for head in changed)
    return ids & known.records.keys()


def listings_of(ids: Set[str], known: Known) -> set[str]:
    """Return the names of all listings with receipts for these records."""
    if not ids:
        return set()
    return {
        name
        for name, receipts in known.receipts.items()
        if any(known.live(receipt.id) in ids for receipt in receipts)
    }
