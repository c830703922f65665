"""Records: YAML that reads well, and reads back as the same paper."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given

from generator.model import Listed, Paper, Theme
from generator.records.codec import decode, encode
from generator.settings import Site
from tests.support.strategies import papers

WORDS = "A sentence of several words that says what the paper does and how well. " * 3


@given(papers)
def test_every_paper_reads_back_as_it_was_written(paper: Paper) -> None:
    text = encode(paper)
    assert decode(text.encode(), "a.yaml", Paper) == (paper, ()), text


def test_a_record_reads_well() -> None:
    day = dt.date(2025, 10, 30)
    paper = Paper(
        listed=(Listed(listing="2025-10-30-a.txt", issue=day, position=3, votes=0),),
        published=day,
        updated=day,
        id="a",
        themes=("data", "models"),
        note="Why: it is #1.\nAnd it is \N{PARTY POPPER}.",
        arxiv="2410.10",
        abstract=WORDS.strip() + "\nA second paragraph.",
        title="No",
        authors=("Ann", "Bob: Jr."),
    )
    assert (
        encode(paper)
        == """\
title: 'No'
abstract: >-
  A sentence of several words that says what the paper does and how well. A sentence of several words
  that says what the paper does and how well. A sentence of several words that says what the paper
  does and how well.

  A second paragraph.
authors:
- Ann
- 'Bob: Jr.'
arxiv: "2410.10"
published: 2025-10-30
updated: 2025-10-30
id: a
themes:
- data
- models
pick: false
note: >-
  Why: it is #1.

  And it is \N{PARTY POPPER}.
listed:
- listing: 2025-10-30-a.txt
  issue: 2025-10-30
  position: 3
  votes: 0
"""
    )


@pytest.mark.parametrize("kind", [Paper, Site, tuple[Theme, ...]])
def test_every_field_that_is_read_has_a_description(kind: type) -> None:
    schemas = msgspec.json.schema(kind)["$defs"]
    assert [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, found in schema["properties"].items()
        if not found.get("description")
    ] == []


def test_a_problem_on_the_first_line_shows_it() -> None:
    _, (problem,) = decode(b"titel: A\nid: a\n", "a.yaml", Paper)
    assert (problem.location.line, problem.location.text) == (1, "titel: A")
