"""Recompute the table of terms from all papers of a digest."""

from pathlib import Path

import msgspec

from generator.files import write_file
from generator.library.paths import TERMS
from generator.library.snapshot import read_library
from generator.library.terms import Terms, encode_terms
from generator.problem import Problem, has_error
from generator.related.vocabulary import terms_of


class Refreshed(msgspec.Struct, frozen=True, kw_only=True):
    """What changed in the table."""

    problems: tuple[Problem, ...] = ()
    """If one is an error, nothing was written."""
    papers: int = 0
    terms: Terms = Terms()
    come: int = 0
    """Terms that the table did not have before."""
    gone: int = 0


def refresh_terms(root: Path) -> Refreshed:
    """Recompute the table of terms of the digest at `root` from its papers, without hidden ones."""
    content = read_library(root)
    problems = tuple(problem for problem in content.problems if problem.location.path != TERMS)
    if content.library is None or has_error(problems):
        return Refreshed(problems=problems)
    papers = [record.paper() for _, record in sorted(content.library.records.items())]
    terms = terms_of([(paper.title or "", paper.abstract or "") for paper in papers])
    before, now = ({term.name for term in table.rows} for table in (content.library.terms, terms))
    if terms != content.library.terms:
        write_file(root / TERMS, encode_terms(terms))
    return Refreshed(papers=len(papers), terms=terms, come=len(now - before), gone=len(before - now))
