"""Near doubles: new records that may be of a paper which another record has. Suggested, never merged."""

import re
from collections.abc import Collection, Iterator, Mapping

from generator.ingest.catalog import Known, RecordHead
from generator.problem import Location, Problem, notice

LIKE = 94
"""Per cent of two titles' letters that are alike, by their edit distance (RapidFuzz's `ratio`)."""
SHORTEST = 16
"""Letters of the shortest title that is compared: shorter ones are often alike by accident."""
MANY = 500
"""New records of which titles are compared: each is held against every other paper."""


def near_doubles(new: Collection[RecordHead], known: Known) -> Iterator[Problem]:
    """Yield a notice for each new record that has another's abstract, or nearly its title.

    `known` knows the new ones too. Two papers of one listing are two, and so are those that years,
    identifiers, signs or numbers tell apart.
    """
    if not new:
        return
    same_abstract: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for id_, head in known.records.items():
        if head.facts and head.facts.abstract:
            same_abstract.setdefault(head.facts.abstract, []).append(id_)
        if head.facts and len(head.facts.title) >= SHORTEST:
            titles[id_] = head.facts.title
    listings = _listings(known, {head.id for head in new})
    seen: set[str] = set()
    for head in new:
        seen.add(head.id)
        abstracts = same_abstract.get(head.facts.abstract, []) if head.facts else []
        alike = _alike(head, titles) if head.id in titles and len(new) <= MANY else []
        for id_ in dict.fromkeys((*abstracts, *alike)):
            other = known.records[id_]
            if id_ in seen or not _may_be_one(head, other) or listings[head.id] & listings.get(id_, set()):
                continue
            why = "the same abstract" if id_ in abstracts else "nearly the same title"
            hint = f"If it is: `broadsheet merge {other.slug} {head.slug}`."
            yield notice(Location(path=head.path), f"This may be the paper of {other.path}: {why}.", hint)
            break


def _listings(known: Known, new: Collection[str]) -> dict[str, set[str]]:
    """Return the names of listings by the ids of the papers that they name; of those that name new ones."""
    found: dict[str, set[str]] = {id_: set() for id_ in new}
    for name, receipts in known.receipts.items():
        ids = {known.live(receipt.id) for receipt in receipts}
        if not ids.isdisjoint(new):
            for id_ in ids:
                found.setdefault(id_, set()).add(name)
    return found


def _alike(head: RecordHead, titles: Mapping[str, str]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(titles[head.id], titles, scorer=fuzz.ratio, score_cutoff=LIKE, limit=5)
    return [id_ for _, _, id_ in found]


def _may_be_one(one: RecordHead, other: RecordHead) -> bool:
    if not (one.facts and other.facts):
        return False
    pairs = [(getattr(one.facts, name), getattr(other.facts, name)) for name in ("arxiv", "doi", "year")]
    numbers = [_NUMBER.findall(facts.title) for facts in (one.facts, other.facts)]
    return (
        one.facts.signs == other.facts.signs
        and numbers[0] == numbers[1]
        and all(a == b or not (a and b) for a, b in pairs)
    )


_NUMBER = re.compile("[0-9]+")
