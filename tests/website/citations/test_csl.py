"""CSL-JSON: valid by the rules of csl-data.json that matter here, and it says what the record says."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from hypothesis import given
from msgspec import Meta

from generator.model import Paper
from generator.website.citations.citation import Citation
from generator.website.citations.csl import csl_json
from tests.support.cited_papers import cited, hostile, papers, shipped

Text = Annotated[str, Meta(min_length=1, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$")]


class Author(msgspec.Struct, forbid_unknown_fields=True):
    """A name in two parts, or a literal one."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None


class Issued(msgspec.Struct, forbid_unknown_fields=True, rename={"parts": "date-parts"}):
    """One date of up to three whole numbers."""

    parts: Annotated[
        list[Annotated[list[int], Meta(min_length=1, max_length=3)]], Meta(min_length=1, max_length=2)
    ]


class Item(msgspec.Struct, forbid_unknown_fields=True, rename={"container": "container-title"}):
    """The variables that are used, by their names and types in the schema; `id` and `type` are required."""

    id: Text
    type: Literal["article", "article-journal", "paper-conference"]
    title: Text | None = None
    author: list[Author] = []
    issued: Issued | None = None
    container: Text | None = None
    publisher: Text | None = None
    number: Text | None = None
    DOI: Text | None = None
    URL: Text | None = None
    note: Text | None = None


def check(citations: Iterable[Citation]) -> None:
    citations = tuple(citations)
    found = msgspec.json.decode(csl_json(citations), type=list[Item])
    assert [item.id for item in found] == [citation.key for citation in citations]
    for citation, item in zip(citations, found, strict=True):
        assert item.title == (citation.title or None)
        assert item.author == [
            Author(family=name.family, given=name.given) if name.given else Author(literal=name.family)
            for name in citation.authors
        ]
        assert (item.issued and item.issued.parts) == ([list(citation.date)] if citation.date else None)
        assert (item.container, item.DOI, item.note) == (
            citation.venue or None,
            citation.doi or None,
            citation.note or None,
        )
        assert citation.url == (item.URL or "")


def test_an_item_says_what_is_known() -> None:
    paper = Paper(
        title="A $x^2$ title",
        authors=("Ann Other", "Gemini Team"),
        arxiv="2410.12265",
        published=dt.date(2024, 2, 29),
    )
    data = csl_json((cited(paper),))
    assert data.startswith(b'[\n {\n  "id": "a-slug",\n')
    assert msgspec.json.decode(data) == [
        {
            "id": "a-slug",
            "type": "article",
            "title": "A x² title",
            "author": [{"family": "Other", "given": "Ann"}, {"literal": "Gemini Team"}],
            "issued": {"date-parts": [[2024, 2, 29]]},
            "publisher": "arXiv",
            "number": "arXiv:2410.12265",
            "URL": "https://arxiv.org/abs/2410.12265",
        }
    ]


def test_arxiv_did_not_publish_what_a_journal_did() -> None:
    paper = Paper(title="A title", arxiv="2410.12265", venue="Annals of Tests")
    [item] = msgspec.json.decode(csl_json((cited(paper),)))
    assert (item["type"], item["container-title"]) == ("article-journal", "Annals of Tests")
    assert "publisher" not in item


def test_every_shipped_record_is_valid() -> None:
    check(shipped())


def test_hostile_papers_are_valid() -> None:
    check(hostile())


@given(papers)
def test_any_paper_is_valid(paper: Paper) -> None:
    check([cited(paper)])
