"""RIS: what references say, read back by rispy, whatever a listing holds."""

import datetime as dt
from collections.abc import Iterable

import rispy
from hypothesis import given

from generator.model import Paper
from generator.website.citations.citation import Citation
from generator.website.citations.ris import ris
from tests.support.cited_papers import cited, hostile, papers, shipped


def check(citations: Iterable[Citation]) -> None:
    citations = tuple(citations)
    text = ris(citations).decode()
    found = rispy.loads(text)
    assert [item["id"] for item in found] == [citation.key for citation in citations]
    for citation, item in zip(citations, found, strict=True):
        date = citation.facts.published
        expected = {
            "title": citation.title,
            "authors": [name.inverted for name in citation.authors],
            "year": f"{citation.date[0]:04}" if citation.date else "",
            "date": f"{date:%m/%d}" if date else "",
            "secondary_title": citation.venue,
            "accession_number": citation.facts.arxiv,
            "name_of_database": "arXiv" if citation.facts.arxiv else "",
            "doi": citation.doi,
            "urls": [citation.url] if citation.url else [],
            "notes": [citation.note] if citation.note else [],
        }
        stated = {name: value for name, value in item.items() if name not in {"id", "type_of_reference"}}
        if date:
            stated["date"] = stated["date"].removeprefix(f"{date.year:04}/")
        assert stated == {name: value for name, value in expected.items() if value}


def test_a_reference_says_what_is_known() -> None:
    paper = Paper(
        title="A $x^2$ title",
        authors=("Laurens van der Maaten", "Gemini Team"),
        arxiv="2410.12265",
        doi="10.1234/a_b",
        venue="Transactions on Tests",
        published=dt.date(2024, 2, 29),
        withdrawn=True,
    )
    assert ris((cited(paper),)).decode().split("\r\n") == [
        "TY  - JOUR",
        "ID  - a-slug",
        "TI  - A x² title",
        "AU  - van der Maaten, Laurens",
        "AU  - Gemini Team",
        "PY  - 2024",
        "DA  - 2024/02/29",
        "T2  - Transactions on Tests",
        "DB  - arXiv",
        "AN  - 2410.12265",
        "DO  - 10.1234/a_b",
        "UR  - https://arxiv.org/abs/2410.12265",
        "N1  - Withdrawn",
        "ER  - ",
        "",
    ]


def test_every_shipped_record_is_read_back() -> None:
    check(shipped())


def test_hostile_papers_are_read_back() -> None:
    check(hostile())


@given(papers)
def test_any_paper_is_read_back(paper: Paper) -> None:
    check([cited(paper)])
