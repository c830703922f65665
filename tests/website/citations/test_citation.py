"""What a citation says, whether it is made of a packed record or of a paper."""

import datetime as dt

from hypothesis import given

from generator.library.library import PackedPaper
from generator.model import Listed, Paper
from generator.website.citations.citation import citation_of, cited
from tests.support.strategies import papers

SITE = "https://digest.example/"


@given(papers)
def test_a_paper_and_its_packed_record_have_one_citation(paper: Paper) -> None:
    assert cited(paper, "a", SITE) == citation_of(PackedPaper.of(paper, "a"), SITE)


def test_the_digest_is_never_cited_as_the_paper() -> None:
    rows = (
        Listed(listing="b.txt", issue=dt.date(2025, 10, 31)),
        Listed(listing="a.txt", issue=dt.date(2025, 10, 30)),
    )
    citation = cited(Paper(title="A title", listed=rows), "a", SITE)
    assert citation.url == ""
    assert citation.note == "Listed on 2025-10-30"
    assert citation.missing == ("authors", "identifier")


def test_a_paper_with_an_identifier_needs_no_day_of_its_listing() -> None:
    paper = Paper(
        authors=("Ann Other",),
        doi="10.1234/a",
        listed=(Listed(listing="a.txt", issue=dt.date(2025, 10, 30)),),
    )
    citation = cited(paper, "a", SITE)
    assert citation.url == "https://doi.org/10.1234/a"
    assert citation.note == ""
    assert citation.missing == ("title",)


def test_a_withdrawn_paper_says_so() -> None:
    paper = Paper(withdrawn=True, issue=dt.date(2025, 10, 30))
    assert cited(paper, "a", SITE).note == "Withdrawn; listed on 2025-10-30"
