"""The titles that a saved page marks: as headings, or as links to papers.

The page as a whole tells which:

- where half of the headings of a level link to papers, those that do are the titles, and no other heading is;
- else, of the levels whose headings differ and have a text directly below, the highest, unless texts below
  another are twice as long; a heading below that level is a part of the abstract, ``#### Method``;
- headings above several papers, or above a title and its abstract, are those of sections, ``## Robotics``;
- links to papers are the titles where there are more of them than headings.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from generator.listings.pages.bylines import CLOSING, FACTS, Kind, Piece, paper_id
from generator.listings.pages.pairing import may_be_title
from generator.listings.sentences import is_section, reads_as_abstract


def marked_titles(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the lines where titles begin; none where the page does not mark them."""
    levels = _headings(pieces)
    linked = {level: [piece for piece in found if _may_link(piece.href)] for level, found in levels.items()}
    mostly_linked = [level for level, found in linked.items() if len(found) * 2 >= len(levels[level])]
    level = max(mostly_linked, key=lambda level: (len(linked[level]), -level), default=0)
    headings = linked[level] if level else _with_abstracts(pieces, levels)
    links = _linked_titles(pieces)
    return frozenset(links if len(links) > len(headings) else (piece.first for piece in headings))


def _may_link(href: str) -> bool:
    """Tell whether an address is a paper's, or unknown: the page was cut among its addresses."""
    return bool(paper_id(href)) or href.startswith("#")


def _are_of_sections(pieces: Sequence[Piece], level: int) -> bool:
    """Tell whether papers are around headings of a level, with titles of their own: above, or below them."""
    above, *blocks = _blocks(pieces, level)
    closings = [Counter(piece.kind for piece in block if piece.kind in CLOSING) for block in blocks]
    if any(count > 1 for counts in closings for count in counts.values()):
        return True
    texts = [[piece.text for piece in block if piece.kind is Kind.TEXT] for block in blocks]
    usual = median(sum(map(len, found)) for found in texts)
    if _titles_in([piece.text for piece in above if piece.kind is Kind.TEXT], least=usual / 2):
        return True
    written = sum(map(bool, closings)) or sum(map(bool, texts))
    return sum(_titles_in(found, least=len(found[0])) for found in texts if found) * 2 >= written > 0


def _blocks(pieces: Sequence[Piece], level: int) -> list[list[Piece]]:
    """Return what is above the first heading of a level, and what is below each, without headings."""
    blocks: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.heading == level and piece.kind is Kind.TEXT:
            blocks.append([])
        elif not piece.heading:
            blocks[-1].append(piece)
    return blocks


def _titles_in(texts: Sequence[str], least: float) -> int:
    """Return how many titles are among texts, above abstracts of more characters than the least."""
    return sum(
        may_be_title(above)
        and not reads_as_abstract(above)
        and reads_as_abstract(below)
        and len(below) > least
        for above, below in pairwise(texts)
    )


def _headings(pieces: Sequence[Piece]) -> Mapping[int, list[Piece]]:
    levels: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.heading and piece.kind is Kind.TEXT:
            levels[piece.heading].append(piece)
    return levels


def _with_abstracts(pieces: Sequence[Piece], levels: Mapping[int, list[Piece]]) -> list[Piece]:
    """Return the headings that have abstracts; where there are no such, those of the level with the most."""
    levels = {level: found for level, found in levels.items() if not _are_of_sections(pieces, level)}
    below = _characters_below(pieces)
    likely = {
        level: median(below[piece.first] for piece in found)
        for level, found in levels.items()
        if sum(below[piece.first] > 0 for piece in found) * 2 >= len(found)
        and len({piece.text for piece in found}) * 2 >= len(found)  # a trending page has each title twice
        and sum(is_section(piece.text) for piece in found) * 2 < len(found)
    }
    longest = max(likely.values(), default=0)
    highest = (level for level in sorted(likely) if likely[level] * 2 >= longest)
    most = max(levels, key=lambda level: (len(levels[level]), level), default=0)
    return levels.get(next(highest, most), [])


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
