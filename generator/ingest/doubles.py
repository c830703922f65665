"""Near doubles: new records that may be of a paper which another record has. Suggested, never merged."""

import re
from collections.abc import Collection, Iterator

from generator.ingest.catalog import Known, RecordHead
from generator.problem import Location, Problem, notice

LIKE = 94
"""Per cent of two titles' letters that are alike, by their edit distance (RapidFuzz's `ratio`)."""
SHORTEST = 16
"""Letters of the shortest title that is compared: shorter ones are often alike by accident."""
MANY = 1_000
"""New records of which titles are compared too: in a first ingest of a large digest it would take long."""
BLOCK = 5
"""Letters at the beginning or the end that titles must share to be compared (blocking, in record linkage)."""


def near_doubles(new: Collection[RecordHead], known: Known) -> Iterator[Problem]:
    """Yield a notice for each new record that has another's abstract, or nearly its title.

    `known` knows the new ones too. Two papers of one listing are two, and so are those that identifiers tell
    apart; those of different abstracts also where years, signs or numbers in the titles do.
    """
    if not new:
        return
    blocks = _blocks(new if len(new) <= MANY else (), known)
    listings = _listings(known, {head.id for head in new})
    seen: set[str] = set()
    for head in new:
        seen.add(head.id)
        for key in _block_keys(head):
            twin = next(
                (
                    other
                    for other in blocks.get(key, ())
                    if other.id not in seen
                    and listings[head.id].isdisjoint(listings.get(other.id, ()))
                    and _may_be_one(head, other)
                    and _are_alike(head, other)
                ),
                None,
            )
            if twin:
                why = "the same abstract" if _same_abstract(head, twin) else "nearly the same title"
                hint = f"If it is: `broadsheet merge {twin.slug} {head.slug}`."
                message = f"This may be the paper of {twin.path}: {why}."
                yield notice(Location(path=head.path), message, hint)
                break


def _block_keys(head: RecordHead) -> tuple[tuple[str, str], ...]:
    """Return what a record must share with another, one of them, to be compared with it."""
    if not head.facts:
        return ()
    title = head.facts.title
    return ("abstract", head.facts.abstract), ("begins", title[:BLOCK]), ("ends", title[-BLOCK:])


def _blocks(new: Collection[RecordHead], known: Known) -> dict[tuple[str, str], list[RecordHead]]:
    """Return the records that may be compared with new ones, by the keys of these."""
    blocks: dict[tuple[str, str], list[RecordHead]] = {key: [] for head in new for key in _block_keys(head)}
    for head in known.records.values():
        for key in _block_keys(head):
            if key in blocks and key[1]:
                blocks[key].append(head)
    return blocks


def _listings(known: Known, new: Collection[str]) -> dict[str, set[str]]:
    """Return the names of listings by the ids of the papers that they name; of those that name new ones."""
    found: dict[str, set[str]] = {id_: set() for id_ in new}
    for name, receipts in known.receipts.items():
        if any(receipt.id in found for receipt in receipts):
            for receipt in receipts:
                found.setdefault(known.live(receipt.id), set()).add(name)
    return found


def _same_abstract(one: RecordHead, other: RecordHead) -> bool:
    return bool(one.facts and other.facts and one.facts.abstract == other.facts.abstract != "")


def _are_alike(one: RecordHead, other: RecordHead) -> bool:
    from rapidfuzz import fuzz

    if _same_abstract(one, other) or not (one.facts and other.facts):
        return _same_abstract(one, other)
    titles = one.facts.title, other.facts.title
    return min(map(len, titles)) >= SHORTEST and fuzz.ratio(*titles, score_cutoff=LIKE) > 0


def _may_be_one(one: RecordHead, other: RecordHead) -> bool:
    if not (one.facts and other.facts):
        return False
    names = ("arxiv", "doi") if _same_abstract(one, other) else ("arxiv", "doi", "year")
    pairs = [(getattr(one.facts, name), getattr(other.facts, name)) for name in names]
    if any(a and b and a != b for a, b in pairs):
        return False
    if _same_abstract(one, other):
        return True
    numbers = [_NUMBER.findall(facts.title) for facts in (one.facts, other.facts)]
    return one.facts.signs == other.facts.signs and numbers[0] == numbers[1]


_NUMBER = re.compile("[0-9]+")
