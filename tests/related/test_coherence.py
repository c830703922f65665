"""How far each term is trusted, from how alike its papers are in their other terms."""

from generator.library.terms import MENTIONED, Profile, Term, Terms
from generator.related.coherence import coherence

PEARS, TREES, LIGHT, GLASS, WIND = range(5)
TERMS = Terms(6, tuple(Term(name, 2, 50) for name in ("pears", "trees", "light", "glass", "wind")))


def about(*terms: int) -> Profile:
    """Return what a paper is about that uses terms equally."""
    return Profile(terms, bytes([100] * len(terms)), bytes([MENTIONED] * len(terms)))


def test_a_term_of_papers_that_share_another_is_trusted_more() -> None:
    papers = [about(PEARS, TREES), about(PEARS, TREES), about(LIGHT, GLASS), about(LIGHT), about(GLASS, WIND)]
    trust = coherence(TERMS, papers)
    assert trust == [79, 79, 56, 56, 70]  # one paper tells nothing, so half of the prior
