"""Records: YAML that reads well, and back to the same paper."""

import datetime as dt

from hypothesis import given

from generator.content.records import decode, encode, encode_inline
from generator.model import Listed, Paper
from tests.content.strategies import papers


@given(papers)
def test_every_paper_reads_back_as_it_was_written(paper: Paper) -> None:
    text = encode(paper)
    assert decode(text.encode(), "a.yaml", Paper) == (paper, ()), text
