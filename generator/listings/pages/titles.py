"""The titles that a saved page marks: as headings, or as links to papers.

The page as a whole tells which:

- where half of the headings of a level link to papers, those that do are the titles, and no other heading is;
- else, of the levels whose headings differ and have a text directly below, the highest, unless texts below
  another are twice as long; a heading below that level is a part of the abstract, ``#### Method``;
- links to papers are the titles where there are more of them than headings.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from generator.listings.pages.bylines import FACTS, Kind, Piece, paper_id
from generator.listings.sentences import is_section


def marked_titles(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the lines where titles begin; none where the page does not mark them."""
    levels = _headings(pieces)
    linked = {level: [piece for piece in found if _may_link(piece.href)] for level, found in levels.items()}
    mostly_linked = [level for level, found in linked.items() if len(found) * 2 >= len(levels[level])]
    level = max(mostly_linked, key=lambda level: (len(linked[level]), -level), default=0)
    headings = linked[level] if level else levels.get(_level_with_abstracts(pieces, levels), [])
    links = _linked_titles(pieces)
    return frozenset(links if len(links) > len(headings) else (piece.first for piece in headings))


def _may_link(href: str) -> bool:
    """Tell whether an address is a paper's, or unknown: the page was cut among its addresses."""
    return bool(paper_id(href)) or href.startswith("#")


def _headings(pieces: Sequence[Piece]) -> Mapping[int, list[Piece]]:
    levels: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.heading and piece.kind is Kind.TEXT:
            levels[piece.heading].append(piece)
    return levels


def _level_with_abstracts(pieces: Sequence[Piece], levels: Mapping[int, list[Piece]]) -> int:
    """Return the level of the headings that have abstracts; where there is no such, that of the most."""
    below = _characters_below(pieces)
    likely = {
        level: median(below[piece.first] for piece in found)
        for level, found in levels.items()
        if sum(below[piece.first] > 0 for piece in found) * 2 >= len(found)
        and len({piece.text for piece in found}) * 2 >= len(found)  # a trending page has each title twice
        and sum(is_section(piece.text) for piece in found) * 2 < len(found)
    }
    if likely:
        longest = max(likely.values())
        return min(level for level, usual in likely.items() if usual * 2 >= longest)
    return max(levels, key=lambda level: (len(levels[level]), level), default=0)


def _characters_below(pieces: Sequence[Piece]) -> Mapping[int, int]:
    """Return the characters of the texts between each heading and the next, by the heading's line."""
    below: dict[int, int] = defaultdict(int)
    above = 0
    for piece in pieces:
        if piece.kind is Kind.TEXT and piece.heading:
            above = piece.first
        elif piece.kind is Kind.TEXT:
            below[above] += len(piece.text)
    return below


def _linked_titles(pieces: Sequence[Piece]) -> list[int]:
    """Return the lines of the first link to each paper, again where facts are between."""
    titles: list[int] = []
    above = None
    for piece in pieces:
        known = paper_id(piece.href) if piece.kind is Kind.TEXT else None
        if known and known != above:
            titles.append(piece.first)
        above = None if piece.kind in FACTS else known or above
    return titles
