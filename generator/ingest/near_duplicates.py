"""Find new records that may be of the same paper as another record. They are reported, never merged."""

import re
from collections import defaultdict
from collections.abc import Iterator, Set

from generator.ingest.catalog import Catalog, CatalogRecord
from generator.ingest.identity import Identity
from generator.ingest.known_papers import KnownPapers
from generator.problem import Location, Problem, notice

LIKE = 94
"""Percent of letters that two titles must share, by their edit distance (RapidFuzz's `ratio`)."""
SHORTEST = 16
"""Letters of the shortest title that is compared: shorter ones are often alike by accident."""
MANY = 1_000
"""The most new records that are compared: in the first ingest of a large digest it would take long."""
BLOCK = 5
"""Letters at the beginning or the end that titles must share to be compared (blocking, in record linkage)."""


def near_duplicates(made: Set[str], catalog: Catalog, known: KnownPapers) -> Iterator[Problem]:
    """Yield a notice for each new record, by its path, that has another's abstract, or nearly its title.

    The catalog has the new ones too. Papers of one listing are different papers, and so are those whose
    identifiers differ. Papers with different abstracts also differ if years, signs or numbers in titles do.
    """
    new = [row for row in catalog.records.values() if row.path in made]
    if not 0 < len(new) <= MANY:
        return
    blocks: dict[tuple[str, str], list[CatalogRecord]] = {key: [] for row in new for key in _block_keys(row)}
    for row in catalog.records.values():
        for key in _block_keys(row):
            if key in blocks:
                blocks[key].append(row)
    listings = _listings(catalog, known, {row.id for row in new})
    seen: set[str] = set()
    for row in new:
        seen.add(row.id)
        for other in (other for key in _block_keys(row) for other in blocks[key]):
            is_of_both = not listings[row.id].isdisjoint(listings[other.id])
            if other.id in seen or is_of_both or not (row.identity and other.identity):
                continue
            if why := _likeness(row.identity, other.identity):
                message = f"This may be the same paper as {other.path}: {why}."
                hint = f"If it is, run `broadsheet merge {other.slug} {row.slug}`."
                yield notice(Location(path=row.path), message, hint)
                break


def _block_keys(row: CatalogRecord) -> tuple[tuple[str, str], ...]:
    """Return the keys of a record. It is compared with records that share at least one of them."""
    if not row.identity:
        return ()
    title = row.identity.title
    keys = ("abstract", row.identity.abstract), ("begins", title[:BLOCK]), ("ends", title[-BLOCK:])
    return tuple(key for key in keys if key[1])


def _listings(catalog: Catalog, known: KnownPapers, new: Set[str]) -> defaultdict[str, set[str]]:
    """Return the names of listings by the ids of the papers that they name; of those that name new ones."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, row in catalog.receipts.items():
        if any(receipt.id in new for receipt in row.receipts):
            for receipt in (receipt for receipt in row.receipts if not receipt.vanished):
                found[known.current_id(receipt.id)].add(name)
    return found


def _likeness(one: Identity, other: Identity) -> str:
    """Say why two papers may be one; return an empty text if they are not alike or cannot be one."""
    if one.has_another_identifier(other):
        return ""
    if one.abstract and one.abstract == other.abstract:
        return "the same abstract"
    years, titles = {one.year, other.year} - {0}, (one.title, other.title)
    numbers = [_NUMBER.findall(title) for title in titles]
    if len(years) > 1 or one.signs != other.signs or numbers[0] != numbers[1]:
        return ""
    from rapidfuzz import fuzz

    is_alike = min(map(len, titles)) >= SHORTEST and fuzz.ratio(*titles, score_cutoff=LIKE)
    return "nearly the same title" if is_alike else ""


_NUMBER = re.compile("[0-9]+")
