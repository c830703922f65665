"""Recompute the tables that relate papers: the terms and, if the model is installed, the vectors."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from generator.commands.vectors import vectors_of
from generator.files import write_file
from generator.library.paths import TERMS, VECTORS
from generator.library.snapshot import read_library
from generator.library.terms import Terms, encode_terms
from generator.library.vectors import encode_vectors
from generator.problem import Problem, has_error
from generator.related.vocabulary import terms_of


class RefreshReport(msgspec.Struct, frozen=True, kw_only=True):
    """What changed in the tables."""

    problems: tuple[Problem, ...] = ()
    """If one is an error, nothing was written."""
    papers: int = 0
    terms: Terms = Terms()
    come: int = 0
    """Terms that the table did not have before."""
    gone: int = 0
    vectors: int | None = None
    """Vectors that the table has now; None where the model is not installed, and it is as it was."""


def refresh_terms(root: Path, tell: Callable[[int], None]) -> RefreshReport:
    """Recompute the tables of the digest at `root` from its papers, without hidden ones.

    `tell` is given how many vectors are computed, before that begins: each takes a twentieth of a second.
    """
    content = read_library(root)
    problems = tuple(problem for problem in content.problems if problem.location.path not in {TERMS, VECTORS})
    damaged = tuple(problem for problem in content.problems if problem.location.path == VECTORS)
    if content.library is None or has_error(problems):
        return RefreshReport(problems=problems)
    papers = [record.paper() for _, record in sorted(content.library.records.items())]
    known = content.library.vectors
    vectors = vectors_of(papers, known, tell)
    if vectors is None and has_error(damaged):
        return RefreshReport(problems=damaged)
    terms = terms_of([(paper.title or "", paper.abstract or "") for paper in papers])
    before, now = ({term.name for term in table.rows} for table in (content.library.terms, terms))
    if terms != content.library.terms:
        write_file(root / TERMS, encode_terms(terms))
    if vectors and vectors != known:
        write_file(root / VECTORS, encode_vectors(vectors))
    return RefreshReport(
        papers=len(papers),
        terms=terms,
        come=len(now - before),
        gone=len(before - now),
        vectors=None if vectors is None else len(vectors.rows),
    )
