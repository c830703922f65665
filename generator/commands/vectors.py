"""Compute the vectors of papers for `refresh-terms` and `ingest`, if the model is installed."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from generator.files import load, write_file
from generator.ingest.plan import Write
from generator.library.paths import VECTORS
from generator.library.vectors import (
    Vectors,
    decode_vectors,
    encode_vectors,
    mean_of,
    row_of,
    text_key,
    text_of,
)
from generator.model import Paper
from generator.problem import Problem
from generator.records.codec import decode
from generator.related.embedding import MODEL, embedder


class AddedVectors(msgspec.Struct, frozen=True, kw_only=True):
    """What became of papers that had no vector."""

    made: int = 0
    lacking: int = 0
    """Papers that still have none, since the model is not installed."""


def vectors_of(papers: Iterable[Paper], known: Vectors, tell: Callable[[int], None]) -> Vectors | None:
    """Return the table of these papers only, with their mean; None if it needs the model, which is missing.

    A vector that the same model made of the same text is kept. `tell` gets the number that will be computed.
    """
    texts = {text_key(paper): text_of(paper) for paper in papers}
    rows = {key: row for key, row in known.rows.items() if known.model == MODEL and key in texts}
    if (made := _made({key: text for key, text in texts.items() if key not in rows}, tell)) is None:
        return None
    rows |= made
    return Vectors(MODEL, mean_of(list(rows.values())), rows) if rows else Vectors()


def add_vectors(root: Path, written: Iterable[Write]) -> AddedVectors:
    """Add vectors of records that ingest wrote to the table, if there is one. Its mean stays.

    A digest has a table once an editor has run `refresh-terms` with the model. New papers move no others.
    """
    table = load(root, VECTORS)
    known = None if isinstance(table, Problem) else decode_vectors(table)[0]
    if not (known and known.model == MODEL):
        return AddedVectors()
    papers = (decode(write.data, write.path, Paper)[0] for write in written if write.data is not None)
    texts = {text_key(paper): text_of(paper) for paper in papers if paper}
    lacking = {key: text for key, text in texts.items() if key not in known.rows}
    if (made := _made(lacking, lambda _: None)) is None:
        return AddedVectors(lacking=len(lacking))
    if made:
        table = encode_vectors(Vectors(known.model, known.mean, {**known.rows, **made}))
        write_file(root / VECTORS, table)
    return AddedVectors(made=len(made))


def _made(texts: Mapping[bytes, str], tell: Callable[[int], None]) -> dict[bytes, bytes] | None:
    """Return the rows of texts; None if there are any and the model is not installed."""
    embed = embedder() if texts else None
    if texts and not embed:
        return None
    if embed:
        tell(len(texts))
    return {key: row_of(embed(text)) for key, text in texts.items()} if embed else {}
