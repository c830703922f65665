"""The model of the extra `vectors`: it makes of the shipped papers the vectors that are shipped."""

from pathlib import Path

import pytest

from generator.library.snapshot import read_library
from generator.library.vectors import row_of, text_key, text_of
from generator.related.embedding import MODEL, embedder

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_model_makes_the_shipped_vectors_again_but_for_a_step_of_rounding() -> None:
    if not (embed := embedder()):
        pytest.skip("the model is not installed: pip install 'broadsheet[vectors]'")
    library = read_library(ROOT).library
    assert library
    assert library.vectors.model == MODEL
    for slug in ("layer-normalization", "large-language-monkeys-scaling-inference-compute"):
        paper = library.records[slug].paper()
        made, shipped = row_of(embed(text_of(paper))), library.vectors.rows[text_key(paper)]
        assert sum(one != other for one, other in zip(made, shipped, strict=True)) <= 2
