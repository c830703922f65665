"""Split a page at its bylines or titles into runs: texts, with the votes above and the facts below them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.listings.pages.bylines import CLOSING, FACTS, Kind, Piece, paper_id, voted_id


class Run(NamedTuple):
    """Texts, the votes above and the facts below them."""

    votes: list[Piece]
    texts: list[Piece]
    facts: list[Piece]


def runs_of(pieces: Sequence[Piece], titles: frozenset[int]) -> list[Run]:
    """Return the page's texts, up to each byline or each title, with the votes above and the facts below.

    A heading below the level of the titles is a part of an abstract; any other heading ends one. On a page
    that marks no titles, a heading is no text; if no paper has a byline, it ends a run, as votes do.
    """
    has_bylines = any(piece.kind in CLOSING for piece in pieces)
    level = max((piece.heading for piece in pieces if piece.first in titles), default=0)
    runs = [Run([], [], [])]
    votes: list[Piece] = []
    for piece in pieces:
        run = runs[-1]
        is_title = piece.first in titles
        is_foreign = piece.heading > 0 and not is_title and (piece.heading <= level or not level)
        if piece.kind is Kind.TEXT and is_foreign and not titles:
            if not has_bylines:
                runs.append(Run([], [], []))
        elif piece.kind is Kind.TEXT:
            begins_run = (is_title or is_foreign) if titles else bool(run.facts)
            if begins_run and (run.texts or run.facts):
                runs.append(Run([], [], []))
            runs[-1].votes.extend(votes)
            runs[-1].texts.append(piece)
            votes = []
        elif piece.kind is Kind.VOTES_BELOW and not _is_of(piece, run):
            votes = [piece, *votes]
            if not (has_bylines or titles):
                runs.append(Run([], [], []))
        elif piece.kind in FACTS or piece.kind is Kind.VOTES_BELOW:
            is_second = piece.kind in CLOSING and piece.kind in {fact.kind for fact in run.facts}
            if is_second and not piece.text.startswith("Published "):
                runs.append(Run([], [], []))
            runs[-1].facts.append(piece)
    return [run for run in runs if run.texts or run.facts]


def _is_of(votes: Piece, run: Run) -> bool:
    """Tell whether votes are of the paper above, by their link."""
    voted = voted_id(votes.href)
    return voted is not None and voted in {paper_id(piece.href) for piece in run.texts}


def is_closed(facts: Iterable[Piece]) -> bool:
    """Tell whether facts hold the end of a byline."""
    return any(fact.kind in CLOSING for fact in facts)
