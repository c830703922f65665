"""How far papers that share a term are alike in their other terms."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from generator.library.terms import Profile, Terms

ASKED = 12
"""Papers of a term that are compared: those in which it weighs most."""
ENOUGH = 2
"""Times as alike as any two papers: then a term is trusted fully."""
LEAST = 40
"""Percent that any term is trusted."""
PRIOR, PRIOR_PAIRS = 1.4, 4
"""How alike papers of a term are taken to be before any are seen, and the pairs that this counts for."""


def coherence(terms: Terms, profiles: Sequence[Profile]) -> list[int]:
    """Return for each term how far its papers are alike otherwise, as percent of what is enough."""
    words = [_words(profile, terms) for profile in profiles]
    anyhow = _likeness(words, ()) or 1
    users: list[list[tuple[int, int]]] = [[] for _ in terms.rows]
    for place, profile in enumerate(profiles):
        for term, weight in zip(profile.terms, profile.weights, strict=True):
            users[term].append((-weight, place))
    found = []
    for term, uses in enumerate(users):
        asked = [words[place] for _, place in sorted(uses)[:ASKED]]
        likeness = _likeness(asked, (term, *terms.parts.get(term, ()))) / anyhow
        pairs = len(asked) * (len(asked) - 1) / 2
        alike = (likeness * pairs + PRIOR * PRIOR_PAIRS) / (pairs + PRIOR_PAIRS)
        found.append(round(min(100, max(LEAST, 100 * alike / ENOUGH))))
    return found


def _words(profile: Profile, terms: Terms) -> Mapping[int, float]:
    """Return the words of a profile, without phrases, as a vector of length 1."""
    weights = {
        term: weight
        for term, weight in zip(profile.terms, profile.weights, strict=True)
        if term not in terms.parts
    }
    length = sqrt(sum(weight**2 for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()}


def _likeness(vectors: Sequence[Mapping[int, float]], without: Iterable[int]) -> float:
    """Return the mean cosine of all pairs of vectors, not counting some of their terms.

    The square of the sum is the sum of all pairs and of each vector with itself.
    """
    if len(vectors) < 2:
        return 0
    total: dict[int, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0) + weight
    alone = sum(weight**2 for vector in vectors for weight in vector.values())
    for term in without:
        alone -= sum(vector.get(term, 0) ** 2 for vector in vectors)
        total.pop(term, None)
    pairs = sum(weight**2 for weight in total.values()) - alone
    return pairs / (len(vectors) * (len(vectors) - 1))
