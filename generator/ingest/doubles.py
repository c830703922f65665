"""Near doubles: new records that may be of a paper which another record has. Suggested, never merged."""

from collections.abc import Collection, Iterator, Mapping

from generator.ingest.catalog import RecordHead
from generator.ingest.identity import Facts
from generator.problem import Location, Problem, notice

LIKE = 92
"""Per cent of two titles' letters that are alike, by their edit distance (RapidFuzz's `ratio`)."""
SHORTEST = 16
"""Letters of the shortest title that is compared: shorter ones are often alike by accident."""
MANY = 500
"""New records of which titles are compared: each is held against every other paper."""


def near_doubles(new: Collection[RecordHead], known: Mapping[str, RecordHead]) -> Iterator[Problem]:
    """Yield a notice for each new record that has another's abstract, or nearly its title.

    Those of which years, identifiers or signs tell that they are two are left out.
    """
    heads = {**known, **{head.id: head for head in new}}
    abstracts: dict[str, str] = {}
    for id_, head in heads.items():
        if head.facts and head.facts.abstract:
            abstracts.setdefault(head.facts.abstract, id_)
    titles = {id_: head.facts.title for id_, head in heads.items() if head.facts and _is_long(head.facts)}
    for head in new:
        if not head.facts:
            continue
        twin = heads[abstracts.get(head.facts.abstract, head.id)]
        why = "their abstracts are the same"
        if twin is head and _is_long(head.facts) and len(new) <= MANY:
            twin = next((heads[id_] for id_ in _alike(head, titles) if _may_be_one(head, heads[id_])), head)
            why = "their titles are nearly the same"
        if twin is not head and _may_be_one(head, twin):
            hint = f"If so: `broadsheet merge {twin.slug} {head.slug}`."
            yield notice(Location(path=head.path), f"This may be the paper of {twin.path}: {why}.", hint)


def _is_long(facts: Facts) -> bool:
    return len(facts.title) >= SHORTEST


def _alike(head: RecordHead, titles: Mapping[str, str]) -> list[str]:
    from rapidfuzz import fuzz, process

    title = head.facts.title if head.facts else ""
    found = process.extract(title, titles, scorer=fuzz.ratio, score_cutoff=LIKE, limit=5)
    return [id_ for _, _, id_ in found if id_ != head.id]


def _may_be_one(one: RecordHead, other: RecordHead) -> bool:
    if not (one.facts and other.facts):
        return False
    pairs = [(getattr(one.facts, name), getattr(other.facts, name)) for name in ("arxiv", "doi", "year")]
    return one.facts.signs == other.facts.signs and all(a == b or not (a and b) for a, b in pairs)
