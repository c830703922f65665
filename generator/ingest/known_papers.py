"""Gather the papers that a digest knows, from the catalog's rows of its records and receipts."""

from collections.abc import Iterable, Mapping
from itertools import chain

import msgspec

from generator.ingest.catalog import CatalogReceipt, CatalogReceipts, CatalogRecord
from generator.problem import Location, Problem, error


class KnownPapers(msgspec.Struct, frozen=True, kw_only=True):
    """What records and receipts know of papers."""

    records: Mapping[str, CatalogRecord]
    """By id: those that can be read, no two of one id."""
    receipts: Mapping[str, tuple[CatalogReceipt, ...]]
    """By the listing's name."""
    current_ids: Mapping[str, str]
    """The ids of records, by each id or former slug that leads to them."""
    unlisted: Mapping[str, str] = {}
    """Ids of records that no listing with receipts names, by the abstract's digest in their identity."""
    unreadable: frozenset[str] = frozenset()
    """Slugs and ids that unreadable files may have."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with records: why they cannot be read, or that several have one id."""

    def taken_slugs(self) -> set[str]:
        """Return the slugs and ids that no new record may have, also those of records that are gone."""
        slugs = (record.slug.lower() for record in self.records.values())
        receipts = chain.from_iterable(self.receipts.values())
        return {*self.current_ids, *slugs, *(receipt.id for receipt in receipts)}

    def current_id(self, id_: str) -> str:
        """Return the id of the record that an id leads to; the id itself where the record is gone."""
        return self.current_ids.get(id_, id_)


def known_papers(records: Iterable[CatalogRecord], receipts: Mapping[str, CatalogReceipts]) -> KnownPapers:
    """Return what records, and receipts by the listing's name, know of papers."""
    by_id: dict[str, CatalogRecord] = {}
    copies: dict[str, list[CatalogRecord]] = {}
    unreadable: set[str] = set()
    problems: list[Problem] = []
    for record in records:
        problems += record.problems
        if not record.id:
            unreadable.update(record.aliases)
        elif record.id in by_id:
            copies.setdefault(record.id, [by_id[record.id]]).append(record)
        else:
            by_id[record.id] = record
    for id_, found in copies.items():
        del by_id[id_]
        message = f"{len(found)} records have the id {id_!r}; ingest leaves them as they are."
        for record in found:
            unreadable.update((record.id, record.slug.lower()))
            problems.append(error(Location(path=record.path), message, "Give each paper an id of its own."))
    former = {alias: record.id for record in by_id.values() for alias in record.aliases}
    return KnownPapers(
        records=by_id,
        receipts={name: row.receipts for name, row in receipts.items()},
        unlisted={
            record.identity.abstract: id_
            for id_, record in by_id.items()
            if record.identity and record.identity.abstract and receipts.keys().isdisjoint(record.listings)
        },
        current_ids=former | dict(zip(by_id, by_id, strict=True)),
        unreadable=frozenset(unreadable),
        problems=tuple(problems),
    )
