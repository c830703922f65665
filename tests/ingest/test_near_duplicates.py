"""Which new records are told to be of the same paper, maybe, as another record."""

import datetime as dt
from typing import Any

import pytest

from generator.ingest.catalog import Catalog, CatalogReceipt, CatalogReceipts, CatalogRecord
from generator.ingest.identity import identity_of
from generator.ingest.known_papers import known_papers
from generator.ingest.near_duplicates import near_duplicates
from generator.model import Stated

LONG = "A Study of the Words by Which Papers Are Known"


def told(*papers: dict[str, Any], made: int = 1, listings: tuple[str, ...] = ()) -> list[str]:
    """Return what is told of papers, of which the last ones are new."""
    rows = [
        CatalogRecord(
            f"{number}.yaml", b"", f"p{number}", f"p{number}", identity=identity_of(Stated(**paper))
        )
        for number, paper in enumerate(papers)
    ]
    receipts: dict[str, list[CatalogReceipt]] = {}
    for number, row in enumerate(rows):
        name = listings[number] if listings else f"{number}.txt"
        assert row.identity
        vanished = name.endswith("!")
        receipts.setdefault(name.removesuffix("!"), []).append(CatalogReceipt(row.id, row.identity, vanished))
    catalog = Catalog(
        records={row.path: row for row in rows},
        receipts={name: CatalogReceipts(receipts=tuple(found)) for name, found in receipts.items()},
    )
    new = {row.path for row in rows[-made:]}
    problems = near_duplicates(new, catalog, known_papers(rows, catalog.receipts))
    return [f"{problem.location.path}: {problem.message} {problem.hint}" for problem in problems]


TITLE, ABSTRACT = "nearly the same title", "the same abstract"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        # titles of sixteen letters that have 94 % of them in common
        ({"title": "abcdefghijklmnop"}, {"title": "abcdefghijklmnopq"}, TITLE),
        ({"title": "abcdefghijklmno"}, {"title": "abcdefghijklmnop"}, ""),
        ({"title": "abcdefghijklmnopq"}, {"title": "abcdefghiXklmnopq"}, TITLE),
        ({"title": "abcdefghijklmnop"}, {"title": "abcdefghiXklmnop"}, ""),
        # and the first five or the last five
        ({"title": LONG}, {"title": LONG.replace("Study", "Studs").replace("Known", "Knows")}, TITLE),
        ({"title": LONG}, {"title": LONG.replace("Study", "Sturdy").replace("Are", "Art")}, TITLE),
        ({"title": LONG}, {"title": LONG.replace("Study", "Sturdy").replace("Known", "Knows")}, ""),
        # but neither other numbers, signs or years
        ({"title": f"{LONG} 1"}, {"title": f"{LONG} 2"}, ""),
        ({"title": LONG}, {"title": f"{LONG}?"}, ""),
        ({"title": LONG, "published": 2020}, {"title": f"{LONG} On", "published": 2021}, ""),
        ({"title": LONG, "published": 2020}, {"title": f"{LONG} On"}, TITLE),
        # nor other identifiers
        ({"title": LONG, "doi": "10.1234/a"}, {"title": f"{LONG} On", "arxiv": "2410.12265"}, TITLE),
        ({"title": LONG, "doi": "10.1234/a"}, {"title": f"{LONG} On", "doi": "10.1234/b"}, ""),
        # an abstract tells more than all but identifiers
        (
            {"title": "A", "abstract": "Words.", "published": 2020},
            {"title": "B 2", "abstract": "Words."},
            ABSTRACT,
        ),
        ({"title": "A", "abstract": "Words."}, {"title": "B", "abstract": "Others."}, ""),
        ({"title": "Pears"}, {"title": "Pears and apples"}, ""),
        ({"arxiv": "2410.12265", "abstract": "Words."}, {"arxiv": "2410.12266", "abstract": "Words."}, ""),
    ],
)
def test_a_new_record_may_be_of_the_same_paper(one: dict[str, Any], other: dict[str, Any], why: str) -> None:
    papers = (
        paper | ({"published": dt.date(paper["published"], 1, 1)} if "published" in paper else {})
        for paper in (one, other)
    )
    message = f"1.yaml: This may be the same paper as 0.yaml: {why}. If it is, run `broadsheet merge p0 p1`."
    assert told(*papers) == [message] * bool(why)


PAPER = {"title": LONG, "abstract": "Words."}


def test_of_several_the_first_is_told_and_of_two_new_ones_one() -> None:
    assert [found[:49] for found in told(PAPER, PAPER, PAPER)] == [
        "2.yaml: This may be the same paper as 0.yaml: the"
    ]
    assert [found[:49] for found in told(PAPER, PAPER, made=2)] == [
        "0.yaml: This may be the same paper as 1.yaml: the"
    ]


@pytest.mark.parametrize(("listings", "number"), [(("a", "b"), 1), (("a", "a"), 0), (("a!", "a"), 1)])
def test_papers_that_one_listing_names_are_two(listings: tuple[str, ...], number: int) -> None:
    assert len(told(PAPER, PAPER, listings=listings)) == number


@pytest.mark.parametrize(("new", "number"), [(1000, 1), (1001, 0)])
def test_more_than_a_thousand_new_records_are_not_compared(new: int, number: int) -> None:
    others = [{"title": f"{place} {place}"} for place in range(new - 1)]
    assert len(told(PAPER, *others, PAPER, made=new)) == number
