"""Measure how alike the papers of each term are in their other terms: how far the term can be trusted."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from generator.library.terms import Profile, Terms

COMPARED = 12
"""Papers of a term that are compared: those in which it weighs most."""
ENOUGH = 2
"""A term is trusted fully if its papers are so many times as alike as any two papers."""
LEAST = 40
"""The least trust in a term, in percent."""
PRIOR, PRIOR_PAIRS = 1.4, 4
"""How alike the papers of any term are assumed to be, and how many pairs the assumption counts as."""


def coherence(terms: Terms, profiles: Sequence[Profile]) -> list[int]:
    """Return the trust in each term, in percent."""
    words = [_words(profile, terms) for profile in profiles]
    of_any_two = _mean_cosine(words, ()) or 1
    users: list[list[tuple[int, int]]] = [[] for _ in terms.rows]
    for place, profile in enumerate(profiles):
        for term, weight in zip(profile.terms, profile.weights, strict=True):
            users[term].append((-weight, place))
    found = []
    for term, uses in enumerate(users):
        compared = [words[place] for _, place in sorted(uses)[:COMPARED]]
        likeness = _mean_cosine(compared, (term, *terms.parts.get(term, ()))) / of_any_two
        pairs = len(compared) * (len(compared) - 1) / 2
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


def _mean_cosine(vectors: Sequence[Mapping[int, float]], without: Iterable[int]) -> float:
    """Return the mean cosine of all pairs of vectors, not counting some of their terms.

    The square of the sum of all vectors is the sum of the products of all pairs and of the squares of each.
    """
    if len(vectors) < 2:
        return 0
    total: dict[int, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0) + weight
    squares = sum(weight**2 for vector in vectors for weight in vector.values())
    for term in without:
        squares -= sum(vector.get(term, 0) ** 2 for vector in vectors)
        total.pop(term, None)
    pairs = sum(weight**2 for weight in total.values()) - squares
    return pairs / (len(vectors) * (len(vectors) - 1))
