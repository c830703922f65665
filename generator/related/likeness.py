"""How alike two papers are, and by which terms: decided from their profiles, and vectors where both have one.

Each term that both use is evidence. No single piece of it counts for much, so that papers are related by
several things they share, never by one word used often.
"""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from generator.library.terms import MENTIONED, NORM, TITLED, Profile, Terms
from generator.library.vectors import NO_VECTOR, Vector, cosine, cosine_at_most

OF_A_PHRASE, OF_A_WORD = (0.03, 0.08), (0.02, 0.05)
"""The most evidence of a phrase or a word: where a paper only mentions it, and where both come back to it."""
OF_A_FAMILY = (0.045, 0.1)
"""The same of a phrase together with its words."""
OF_A_BROAD_TERM, OF_A_BROAD_WORD = 0.03, 0.02
"""The most evidence of a term that many papers use, and of such a word that tells no subject."""
OVERLAP = 0.4
"""What the cosine of two papers adds to their evidence: it counts each term for as much as it weighs."""
SAME_THEME, COMMON_THEME, NO_THEME, UNPLACED = 1.25, 0.7, 0.5, 0.8
"""Factors for papers that share their main theme, another theme, no theme; and where one has no theme."""
WORD_IN_TITLES, PHRASE_IN_TITLES = 0.03, 0.08
"""Evidence that titles add: for each of two words at most that are in both, and for a phrase in both."""

ALIKE, BY_WORDS, BY_TITLES = 0.18, 0.2, 0.04
"""The least likeness of related papers: in general, by words only, with a phrase in both titles."""
PIECE, SUBJECT, STRONG = 0.01, 0.025, 0.045
"""The least evidence that each of two terms must give, one that tells a subject, and a strong one."""
BROAD_SUBJECTS = 3
"""Broad terms that tell a subject together."""
NEARNESS, USUAL = 0.8, 0.3
"""What a cosine of vectors adds to the likeness, for each unit above what is usual among related papers."""
KEPT, BROUGHT = 0.2, 0.26
"""The least likeness, with what vectors add, of papers that words relate, and of others."""
NEAR = 0.4
"""A cosine from which on one term is reason enough, and PASSABLE evidence of it."""
PASSABLE = 0.018
FREQUENT_WORD, FREQUENT_PHRASE = 0.1, 0.025
"""Shares of the papers; what more use adds nothing by being in both titles."""
TRUSTED = 45
"""Percent of trust that a word must have to add by being in both titles."""


class IndexedPaper(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an index knows of a paper."""

    themes: tuple[str, ...]
    profile: Profile
    name: str = ""
    """The name that its title begins with."""
    naming: tuple[str, ...] = ()
    """What its note may name papers by."""
    text: bytes = b""
    """By what the table of vectors knows its text."""
    vector: Vector = NO_VECTOR


class Shared(NamedTuple):
    """A term that two papers use."""

    evidence: float
    """What it tells for their likeness."""
    weight: float
    """What it weighs in both: a summand of their cosine."""
    returned_to: bool
    """Whether both use it more than once."""
    in_titles: bool


class Likeness(NamedTuple):
    """How alike two papers are."""

    score: float
    evidence: Mapping[int, float]
    """What each term tells that they share, the most telling first; a phrase tells for its words too."""
    in_titles: frozenset[int]
    """The terms that both titles have."""
    is_near: bool
    """Whether their vectors are near."""


def likeness(mine: IndexedPaper, theirs: IndexedPaper, terms: Terms) -> Likeness | None:
    """Return how alike two papers are; None if they are not related."""
    shared = _shared(mine.profile, theirs.profile, terms)
    at_most = cosine_at_most(mine.vector, theirs.vector)
    least = PASSABLE if at_most >= NEAR else BY_TITLES
    if sum(use.evidence for use in shared.values()) < least:
        return None
    evidence = _families(shared, terms)
    total = sum(evidence.values())
    if total < least:
        return None
    in_titles = frozenset(term for term, use in shared.items() if use.in_titles)
    words, phrases = _telling_titles(in_titles, terms)
    if set(mine.themes).isdisjoint(theirs.themes):
        words = 0
    overlap = OVERLAP * sum(use.weight for use in shared.values())
    score = (total + overlap) * _theme_factor(mine.themes, theirs.themes) + WORD_IN_TITLES * min(2, words)
    if phrases:
        score += PHRASE_IN_TITLES
    is_related = phrases > 0 or _is_enough(
        score, evidence, words > 0, mine.themes[:1] == theirs.themes[:1], terms
    )
    near = -1.0
    if mine.vector.numbers and theirs.vector.numbers:
        needed = KEPT if is_related else BROUGHT
        if score + NEARNESS * (at_most - USUAL) < needed:
            return None
        near = cosine(mine.vector, theirs.vector)
        score += NEARNESS * (near - USUAL)
        is_related = score >= needed
    if not is_related:
        return None
    order = sorted(evidence, key=lambda term: (-evidence[term], term))
    return Likeness(score, {term: evidence[term] for term in order}, in_titles, near >= NEAR)


def _is_enough(
    score: float, evidence: Mapping[int, float], by_titles: bool, same_theme: bool, terms: Terms
) -> bool:
    """Return whether papers are alike without a phrase in both titles."""
    subjects = {term for term, told in evidence.items() if told >= SUBJECT and terms.rows[term].is_subject}
    narrow = subjects - terms.broad
    is_strong = any(evidence[term] >= STRONG for term in narrow) and len(subjects) > 1
    if by_titles or is_strong or not terms.parts.keys().isdisjoint(narrow):
        least = ALIKE
    elif same_theme:
        least = BY_WORDS
    else:
        return False
    is_told = narrow or len(subjects) >= BROAD_SUBJECTS
    return bool(is_told) and score >= least and sum(told >= PIECE for told in evidence.values()) > 1


def _shared(mine: Profile, theirs: Profile, terms: Terms) -> dict[int, Shared]:
    """Return the terms that two papers share, with what each tells."""
    found = {}
    places = dict(zip(mine.terms, range(len(mine.terms)), strict=True))
    parts, rows = terms.parts, terms.rows
    for place, term in enumerate(theirs.terms):
        if term in places:
            my_place = places[term]
            use, their_use = mine.uses[my_place], theirs.uses[place]
            returned_to = use != MENTIONED != their_use
            most = (OF_A_PHRASE if term in parts else OF_A_WORD)[returned_to]
            told = mine.weights[my_place] * theirs.weights[place] / NORM**2
            evidence = (min(told, most)) * rows[term].trust / 100
            found[term] = Shared(evidence, told, returned_to, use == their_use == TITLED)
    return found


def _families(shared: Mapping[int, Shared], terms: Terms) -> dict[int, float]:
    """Return what each term tells, where a phrase tells for its words too."""
    found: dict[int, float] = {}
    told: set[int] = set()
    phrases = [term for term in shared if term in terms.parts]
    for phrase in sorted(phrases, key=lambda term: (-shared[term].evidence, term)):
        own = [word for word in terms.parts[phrase] if word in shared and word not in told]
        told.update(own)
        most = OF_A_FAMILY[shared[phrase].returned_to] * terms.rows[phrase].trust / 100
        evidence = min(most, sum(shared[term].evidence for term in (phrase, *own)))
        found[phrase] = min(evidence, OF_A_BROAD_TERM) if phrase in terms.broad else evidence
    for word in shared.keys() - told - found.keys():
        most_if_broad = OF_A_BROAD_TERM if terms.rows[word].is_subject else OF_A_BROAD_WORD
        evidence = shared[word].evidence
        found[word] = min(evidence, most_if_broad) if word in terms.broad else evidence
    return found


def _telling_titles(in_titles: frozenset[int], terms: Terms) -> tuple[int, int]:
    """Return how many words, and how many phrases, tell something by being in both titles."""
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
