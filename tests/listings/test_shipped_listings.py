"""The listings of the shipped digest, and two genuine pages that were cut: facts that a reader can check."""

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from generator.listings import Entry, Parse, issue_of, parse
from generator.problem import Severity

ROOT = Path(__file__).resolve().parents[2]
LISTINGS = ROOT / "content/listings"
DUMP = "2024-11-20-arxiv-dump.txt"
NORMALIZATION = "2025-10-30-hf-daily-normalization.txt"
SAMPLING = "2025-10-30-hf-daily-sampling.txt"
SIMILAR = "2025-10-31-hf-similar-selection.txt"
COUNTS = {DUMP: 10, NORMALIZATION: 60, SAMPLING: 60, SIMILAR: 214}

pytestmark = pytest.mark.skipif(not LISTINGS.is_dir(), reason=f"there is no folder {LISTINGS}")


@cache
def parsed(name: str) -> Parse:
    return parse((LISTINGS / name).read_bytes(), name, issue_of(name))


def entry_titled(name: str, beginning: str) -> Entry:
    (entry,) = (entry for entry in parsed(name).entries if (entry.stated.title or "").startswith(beginning))
    return entry


@pytest.mark.parametrize("name", COUNTS)
def test_every_paper_is_read_and_nothing_is_reported(name: str) -> None:
    assert len(parsed(name).entries) == COUNTS[name]
    assert parsed(name).problems == ()


@pytest.mark.parametrize("name", COUNTS)
def test_titles_and_abstracts_are_verbatim(name: str) -> None:
    lines = (LISTINGS / name).read_text(encoding="utf-8").split("\n")
    for entry in parsed(name).entries:
        assert entry.stated.abstract in lines
        assert entry.stated.title is None or entry.stated.title in {
            line.removeprefix("Subscribe") for line in lines
        }


@pytest.mark.parametrize("name", COUNTS)
def test_only_the_header_and_blank_lines_are_boilerplate(name: str) -> None:
    lines = (LISTINGS / name).read_text(encoding="utf-8").split("\n")
    boilerplate = [
        line for span in parsed(name).boilerplate for line in lines[span.first - 1 : span.last] if line
    ]
    assert len(boilerplate) == {DUMP: 0, SIMILAR: 2}.get(name, 6)


@pytest.mark.parametrize("name", [NORMALIZATION, SAMPLING])
def test_two_papers_alone_have_no_byline(name: str) -> None:
    without = [entry.stated.title for entry in parsed(name).entries if not entry.stated.published]
    assert without == (
        [
            "Toward Effective Tool-Integrated Reasoning via Self-Evolved Preference Learning",
            "Fast Controlled Generation from Language Models with Adaptive Weighted Rejection Sampling",
        ]
        if name == SAMPLING
        else []
    )


def test_papers_of_organizations() -> None:
    entry = entry_titled(SAMPLING, "Verbalized Sampling")
    assert (entry.stated.organization_handle, entry.stated.organization) == ("stanfordnlp", "Stanford NLP")
    assert (entry.stated.published, entry.discussion) == (dt.date(2025, 10, 1), 3)
    entry = entry_titled(NORMALIZATION, "AdamP")
    assert (entry.stated.organization_handle, entry.stated.organization) == ("naver-ai", "NAVER AI Lab")
    assert (entry.stated.published, entry.discussion) == (dt.date(2020, 6, 15), None)


@pytest.mark.parametrize(
    ("name", "title", "authors", "published", "discussion"),
    [
        (SAMPLING, "Don't Retrieve, Generate", 1, dt.date(2025, 4, 20), None),
        (SAMPLING, "What are the Desired Characteristics", 10, dt.date(2023, 5, 12), 1),
        (SAMPLING, "SMOTE", 4, dt.date(2011, 6, 9), None),
        (NORMALIZATION, "Bidirectional Likelihood Estimation", 5, dt.date(2025, 7, 31), 2),
    ],
)
def test_bylines(name: str, title: str, authors: int, published: dt.date, discussion: int | None) -> None:
    entry = entry_titled(name, title)
    assert (entry.stated.author_count, entry.stated.published) == (authors, published)
    assert entry.discussion == discussion


def test_the_first_and_the_last_similar_paper() -> None:
    first, *_, last = parsed(SIMILAR).entries
    assert first.stated.title == (
        "VideoICL: Confidence-based Iterative In-context Learning for Out-of-Distribution Video Understanding"
    )
    assert (last.stated.abstract or "").endswith(
        "repository: https://github.com/sisinflab/Recommender-ChatGPT"
    )
    assert last.stated.links == {"code": "https://github.com/sisinflab/Recommender-ChatGPT"}


def test_the_dump() -> None:
    stated = {entry.stated.arxiv: entry.stated for entry in parsed(DUMP).entries}
    assert stated["2409.20288"].comment == "NeurIPs 2024"
    assert stated["2409.20288"].links == {"code": "https://github.com/CSHaitao/LexEval"}
    assert (stated["2409.20288"].published, stated["2409.20288"].updated) == (
        dt.date(2024, 9, 30),
        dt.date(2024, 10, 14),
    )
    assert r"$\alpha_{1\sim8}$" in (stated["2408.10058"].abstract or "")
    assert [paper.comment for paper in stated.values() if paper.comment] == [
        "13 pages",
        "NeurIPs 2024",
        "9 pages",
        "Accepted by ACL 2024",
    ]


@pytest.mark.parametrize(
    ("name", "whole"), [("hfdaily_hugingapi_topsis.txt", 1), ("hfsimilar_proxy-6ci_protein.txt", 0)]
)
def test_a_page_that_was_cut(name: str, whole: int) -> None:
    sample = ROOT.parent / "shared/samples/h_seedstyle" / name
    if not sample.is_file():
        pytest.skip(f"there is no file {sample}")
    result = parse(sample.read_bytes(), name, None)
    (problem,) = result.problems
    assert len(result.entries) == whole
    assert problem.severity is Severity.ERROR
    assert problem.message.startswith("This listing ends inside a paper: '")
