"""What a citation says, whether it is made of a packed record or of a paper."""

from hypothesis import given

from generator.library.library import Record
from generator.model import Paper
from generator.website.citations.citation import citation_of, cited
from tests.support.strategies import papers

SITE = "https://digest.example/"


@given(papers)
def test_a_paper_and_its_packed_record_have_one_citation(paper: Paper) -> None:
    assert cited(paper, "a", SITE) == citation_of(Record.of(paper, "a"), SITE)
