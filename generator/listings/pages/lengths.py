"""Measure the abstracts of a page: a text that is much shorter may be below a heading, and no abstract."""

from collections.abc import Iterable

from generator.listings.pages.pairing import Passage
from generator.listings.sentences import is_short_title

PART_OF_AN_ABSTRACT = 0.75
"""Of the median abstract of the papers with bylines, at least, of two papers above one byline."""
LEAST_PART_OF_AN_ABSTRACT = 0.25
"""Of a long abstract, at least, where no byline proves a paper; of 332 genuine ones none is shorter."""
LEAST_PART_BELOW_SHORT_TITLE = 0.5
"""The same below a short title, which may be a heading."""
SHORTEST_USUAL_ABSTRACT = 100
"""Characters of a long abstract, at least, to hold others against it."""


def usual_length(papers: Iterable[Passage]) -> int:
    """Return the characters of an abstract than which a quarter of the others are longer; 0 if that is short.

    Of a few, it is the longest. What is below headings is shorter, so that it hardly counts.
    """
    lengths = sorted(paper.length for paper in papers)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    return usual if usual >= SHORTEST_USUAL_ABSTRACT else 0


def is_short(paper: Passage, usual: int) -> bool:
    """Tell whether an abstract is much shorter than a usual one, as what is below a heading is."""
    part = LEAST_PART_BELOW_SHORT_TITLE if is_short_title(paper.name) else LEAST_PART_OF_AN_ABSTRACT
    return paper.length < usual * part
