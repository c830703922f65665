"""What a citation says of a paper."""

import datetime as dt

from generator.model import Listed, Paper
from tests.support.cited_papers import cited


def test_the_digest_is_never_cited_as_the_paper() -> None:
    rows = (
        Listed(listing="b.txt", issue=dt.date(2025, 10, 31)),
        Listed(listing="a.txt", issue=dt.date(2025, 10, 30)),
    )
    citation = cited(Paper(title="A title", listed=rows))
    assert citation.url == ""
    assert citation.note == "Listed on 2025-10-30"
    assert citation.missing == ("authors", "identifier")


def test_a_paper_with_an_identifier_needs_no_day_of_its_listing() -> None:
    paper = Paper(
        authors=("Ann Other",),
        doi="10.1234/a",
        listed=(Listed(listing="a.txt", issue=dt.date(2025, 10, 30)),),
    )
    citation = cited(paper)
    assert citation.url == "https://doi.org/10.1234/a"
    assert citation.note == ""
    assert citation.missing == ("title",)


def test_a_withdrawn_paper_says_so() -> None:
    paper = Paper(withdrawn=True, issue=dt.date(2025, 10, 30))
    assert cited(paper).note == "Withdrawn; listed on 2025-10-30"
