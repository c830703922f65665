"""How alike two papers are, and by which terms: decided from their profiles, and vectors where both have one.

Each term that both use is evidence. No single piece of it counts for much, so that papers are related by
several things they share, never by one word used often.
"""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from generator.library.terms import MENTIONED, NORM, TITLED, Profile, Terms
from generator.library.vectors import NO_VECTOR, Vector, cosine, cosine_at_most

MOST_OF_PHRASE, MOST_OF_WORD, MOST_OF_FAMILY = (0.03, 0.08), (0.02, 0.05), (0.045, 0.1)
"""The most evidence of a phrase, of a word, and of a phrase together with its words: where one of the papers
only mentions it, and where both use it repeatedly."""
MOST_OF_BROAD_SUBJECT, MOST_OF_BROAD_WORD = 0.03, 0.02
"""The most evidence of a term that many papers use: of one that names a subject, and of any other word."""
COSINE_OF_TERMS = 0.4
"""Factor of the cosine of two papers' terms, which is added to their evidence: it counts terms by weight."""
SAME_THEME, COMMON_THEME, NO_THEME, UNPLACED = 1.25, 0.7, 0.5, 0.8
"""Factors for papers that share their main theme, another theme, no theme; and where one has no theme."""
WORD_IN_TITLES, PHRASE_IN_TITLES = 0.03, 0.08
"""Evidence that titles add: for each of two words at most that are in both, and for a phrase in both."""
COSINE_OF_VECTORS, USUAL_COSINE = 0.8, 0.3
"""Factor of the cosine of two papers' vectors, and the cosine that is usual among related papers: what the
cosine has beyond it is added to the likeness."""

LEAST, LEAST_BY_WORDS = 0.18, 0.2
"""The least likeness of related papers without vectors, and of those that share only words and a theme."""
LEAST_WITH_VECTORS, LEAST_BY_VECTORS = 0.2, 0.26
"""The least likeness of papers with vectors: of those that words alone would relate, and of others."""
LEAST_EVIDENCE, NEAR_EVIDENCE = 0.04, 0.018
"""The least evidence of related papers, and of those whose vectors are near."""
NEAR = 0.4
"""The cosine from which on vectors are near: then one term is reason enough."""
PIECE, SUBJECT, STRONG = 0.01, 0.025, 0.045
"""The least evidence that each of two terms must give, one that names a subject, and a strong one."""
BROAD_SUBJECTS = 3
"""Terms that many papers use which name a subject only together."""
FREQUENT_WORD, FREQUENT_PHRASE = 0.1, 0.025
"""Shares of all papers. A term that more papers use adds nothing by being in both titles."""
TRUSTED = 45
"""The least trust of a word, in percent, that adds something by being in both titles."""


class IndexedPaper(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an index knows of a paper."""

    themes: tuple[str, ...]
    profile: Profile
    name: str = ""
    """The name that its title begins with."""
    naming: tuple[str, ...] = ()
    """What its note may name papers by."""
    text: bytes = b""
    """The key of its text in the table of vectors."""
    vector: Vector = NO_VECTOR


class Shared(NamedTuple):
    """A term that two papers use."""

    evidence: float
    """How much it speaks for their likeness."""
    weight: float
    """The product of its weights in both: a summand of their cosine."""
    is_repeated: bool
    """Whether both use it more than once."""
    in_titles: bool


class Likeness(NamedTuple):
    """How alike two papers are."""

    score: float
    evidence: Mapping[int, float]
    """The evidence of each term that both use, the strongest first; that of a phrase includes its words'."""
    in_titles: frozenset[int]
    """The terms that both titles have."""
    is_near: bool
    """Whether their vectors are near."""


def likeness(mine: IndexedPaper, theirs: IndexedPaper, terms: Terms) -> Likeness | None:
    """Return how alike two papers are; None if they are not related."""
    shared = _shared(mine.profile, theirs.profile, terms)
    bound = cosine_at_most(mine.vector, theirs.vector)
    least = NEAR_EVIDENCE if bound >= NEAR else LEAST_EVIDENCE
    if sum(use.evidence for use in shared.values()) < least:
        return None
    evidence = _families(shared, terms)
    if sum(evidence.values()) < least:
        return None
    in_titles = frozenset(term for term, use in shared.items() if use.in_titles)
    score, is_related = _by_words(mine.themes, theirs.themes, shared, evidence, in_titles, terms)
    near = -1.0
    if mine.vector.numbers and theirs.vector.numbers:
        needed = LEAST_WITH_VECTORS if is_related else LEAST_BY_VECTORS
        if score + COSINE_OF_VECTORS * (bound - USUAL_COSINE) < needed:
            return None
        near = cosine(mine.vector, theirs.vector)
        score += COSINE_OF_VECTORS * (near - USUAL_COSINE)
        is_related = score >= needed
    if not is_related:
        return None
    order = sorted(evidence, key=lambda term: (-evidence[term], term))
    return Likeness(score, {term: evidence[term] for term in order}, in_titles, near >= NEAR)


def _by_words(
    mine: tuple[str, ...],
    theirs: tuple[str, ...],
    shared: Mapping[int, Shared],
    evidence: Mapping[int, float],
    in_titles: frozenset[int],
    terms: Terms,
) -> tuple[float, bool]:
    """Return the likeness of papers of these themes without vectors, and whether it relates them."""
    words, phrases = _telling_titles(in_titles, terms)
    if set(mine).isdisjoint(theirs):
        words = 0
    overlap = COSINE_OF_TERMS * sum(use.weight for use in shared.values())
    score = (sum(evidence.values()) + overlap) * _theme_factor(mine, theirs) + WORD_IN_TITLES * min(2, words)
    if phrases:
        return score + PHRASE_IN_TITLES, True
    is_same_theme = mine[:1] == theirs[:1]
    return score, _is_enough(score, evidence, terms, by_titles=words > 0, is_same_theme=is_same_theme)


def _is_enough(
    score: float, evidence: Mapping[int, float], terms: Terms, *, by_titles: bool, is_same_theme: bool
) -> bool:
    """Tell whether papers are alike enough that have no phrase in both titles."""
    subjects = {term for term, told in evidence.items() if told >= SUBJECT and terms.rows[term].is_subject}
    narrow = subjects - terms.broad
    is_strong = any(evidence[term] >= STRONG for term in narrow) and len(subjects) > 1
    is_told = by_titles or is_strong or not terms.parts.keys().isdisjoint(narrow)
    least = LEAST if is_told else LEAST_BY_WORDS
    has_subject = narrow or len(subjects) >= BROAD_SUBJECTS
    pieces = sum(told >= PIECE for told in evidence.values())
    return bool((is_told or is_same_theme) and has_subject) and score >= least and pieces > 1


def _shared(mine: Profile, theirs: Profile, terms: Terms) -> dict[int, Shared]:
    """Return the terms that two papers share, with the evidence of each."""
    found = {}
    places = dict(zip(mine.terms, range(len(mine.terms)), strict=True))
    parts, rows = terms.parts, terms.rows
    for place, term in enumerate(theirs.terms):
        if term in places:
            my_place = places[term]
            use, their_use = mine.uses[my_place], theirs.uses[place]
            is_repeated = use != MENTIONED != their_use
            most = (MOST_OF_PHRASE if term in parts else MOST_OF_WORD)[is_repeated]
            weight = mine.weights[my_place] * theirs.weights[place] / NORM**2
            evidence = min(weight, most) * rows[term].trust / 100
            found[term] = Shared(evidence, weight, is_repeated, use == their_use == TITLED)
    return found


def _families(shared: Mapping[int, Shared], terms: Terms) -> dict[int, float]:
    """Return the evidence of each term; that of a phrase includes its words', which then have none."""
    found: dict[int, float] = {}
    counted: set[int] = set()
    phrases = [term for term in shared if term in terms.parts]
    for phrase in sorted(phrases, key=lambda term: (-shared[term].evidence, term)):
        own = [word for word in terms.parts[phrase] if word in shared and word not in counted]
        counted.update(own)
        most = MOST_OF_FAMILY[shared[phrase].is_repeated] * terms.rows[phrase].trust / 100
        evidence = min(most, sum(shared[term].evidence for term in (phrase, *own)))
        found[phrase] = min(evidence, MOST_OF_BROAD_SUBJECT) if phrase in terms.broad else evidence
    for word in shared.keys() - counted - found.keys():
        most_if_broad = MOST_OF_BROAD_SUBJECT if terms.rows[word].is_subject else MOST_OF_BROAD_WORD
        evidence = shared[word].evidence
        found[word] = min(evidence, most_if_broad) if word in terms.broad else evidence
    return found


def _telling_titles(in_titles: frozenset[int], terms: Terms) -> tuple[int, int]:
    """Return how many words, and how many phrases, add something by being in both titles."""
    words = phrases = 0
    for term in in_titles:
        row = terms.rows[term]
        if row.is_subject and term in terms.parts:
            phrases += row.papers <= FREQUENT_PHRASE * terms.papers
        elif row.is_subject and row.trust >= TRUSTED:
            words += row.papers <= FREQUENT_WORD * terms.papers
    return words, phrases


def _theme_factor(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if not (mine and theirs):
        return UNPLACED
    if set(mine).isdisjoint(theirs):
        return NO_THEME
    return SAME_THEME if mine[0] == theirs[0] else COMMON_THEME
