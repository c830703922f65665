"""Blocks of the index: an edit changes one, and merged they are what is made of all papers at once."""

import gzip
import random
import unicodedata
from functools import partial

import cbor2
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library.library import Library
from generator.model import Paper
from generator.website.search import chunks, index
from generator.website.search.blocks import blocks
from generator.website.search.indexed_block import MAGIC
from tests.support.libraries import SITE, library, paper

WORDS = [
    "The müller, the Muller and the MÜLLER.",
    "Mueller's naïve 强化学习 of Ⅸ, là, la",
    "normalizing normal norms",
    "",
]


def of_number(papers: int) -> dict[str, Paper]:
    return {
        f"p{number}": paper(
            f"Title {number} {WORDS[number % 4]}" if number % 5 else None,
            position=number,
            abstract=f"{WORDS[number % 3]} {number}",
            comment="9 pages" if number % 7 == 0 else None,
            pick=number % 4 == 0,
            themes=("data",) if number % 2 else (),
        )
        for number in range(papers)
    }


def of(papers: int) -> Library:
    return library(of_number(papers))


def changed(papers: dict[str, Paper], rng: random.Random) -> dict[str, Paper]:
    """Return other papers: one of them edited, removed, renamed, moved in lists, or some added."""
    slug, other, new = rng.choice([*papers]), rng.choice([*papers]), f"n{rng.randrange(1000)}"
    text = " ".join(rng.sample(f"{' '.join(WORDS)} of alpha, beta and gamma".split(), 9))
    match rng.choice(["edit", "edit", "edit", "remove", "rename", "move", "add"]):
        case "edit":
            return papers | {slug: msgspec.structs.replace(papers[slug], abstract=text)}
        case "remove":
            return {name: found for name, found in papers.items() if name != slug}
        case "rename":
            return {new if name == slug else name: found for name, found in papers.items()}
        case "move":
            return papers | {slug: papers[other], other: papers[slug]}
        case _:
            some = {f"{new}-{place}": paper(position=place, abstract=text) for place in range(3)}
            return papers | some


def test_a_word_is_listed_once_with_its_papers_and_with_those_of_each_of_its_forms() -> None:
    first, second = (
        paper("Alpha", position=2, abstract="Or la, là, été, or 강."),
        paper("Beta", abstract="La la."),
    )
    made = index.made(library({"a": first, "b": second}), {})
    assert not isinstance(made, str)
    [chunk] = (data for path, data in made.items() if path.endswith(".pf_index") and data)
    assert chunk[4:10] == bytes(5) + b"\xff"  # gzip names neither a time nor a system
    [words] = cbor2.loads(gzip.decompress(chunk).removeprefix(MAGIC))
    decomposed = unicodedata.normalize("NFD", "강")
    # a paper is [papers since the last one, places in the text after their weight, places in the metadata]
    assert [row for row in words if row[0] in {"beta", "ete", "la", "or", decomposed}] == [
        ["beta", [[1, [-25, 3], [-5, 0]]], []],
        ["ete", [[0, [-25, 9], []]], [["été", [[0, [-25, 3], []]]]]],
        ["la", [[0, [-25, 1, 7], []], [1, [-25, 0, 1], []]], [["là", [[0, [-25, 2], []]]]]],
        ["or", [[0, [-25, 0, 4], []]], []],
        [decomposed, [], [["강", [[0, [-25, 5], []]]]]],
    ]


@pytest.mark.slow
def test_an_index_made_after_edits_is_the_index_of_all_papers_to_the_byte(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng, papers = random.Random(3), of_number(40)
    cache: index.Cache = {}
    files: dict[str, bytes] = {}
    again = 0
    monkeypatch.setattr(chunks, "SMALLEST", 1)
    monkeypatch.setattr(chunks, "FOR_A_PAPER", 5)  # so that there are many chunks
    for step in range(16):
        site = msgspec.structs.replace(SITE, language="de" if 7 <= step < 9 else "en")
        in_place = {path for path in files if rng.random() < 0.95}
        monkeypatch.setattr(index, "blocks", partial(blocks, size=8))
        made = index.made(library(papers, site=site), cache, in_place)
        monkeypatch.setattr(index, "blocks", lambda cards: [cards[::-1]])
        whole = index.made(library(papers, site=site), {})
        assert not isinstance(made, str)
        again += sum(data is None for path, data in made.items() if path.endswith(".pf_index"))
        assert in_place >= {path for path, data in made.items() if data is None}
        files = {path: files[path] if data is None else data for path, data in made.items()}
        assert files == whole
        papers = changed(papers, rng)
    assert again > 20


@given(st.integers(1, 80), st.integers(0, 79))
def test_blocks_have_all_papers_in_order_and_one_more_paper_changes_few(papers: int, extra: int) -> None:
    cards = of(80).cards
    fewer = tuple(card for place, card in enumerate(cards[-papers:]) if place != extra)
    before, after = ([*blocks(some, 8)] for some in (fewer, cards[-papers:]))
    for some, found in ((fewer, before), (cards[-papers:], after)):
        assert tuple(card for block in found for card in block) == some[::-1]
        assert all(len(block) <= 16 for block in found)
        assert all(len(block) >= 4 for block in found[:-1])


def test_a_new_paper_comes_into_the_last_block_and_an_old_one_that_goes_changes_no_block_far_away() -> None:
    cards = of(80).cards
    before = [*blocks(cards[1:], 8)]
    assert [*blocks(cards, 8)][: len(before) - 1] == before[:-1]
    without = [*blocks((*cards[:70], *cards[71:]), 8)]
    assert len({*map(tuple, without)} - {*map(tuple, blocks(cards, 8))}) <= 2


@pytest.mark.parametrize(
    ("papers", "lengths"),
    [
        ("", []),
        ("....", [4]),
        ("....|", [4, 1]),
        ("...|", [4]),
        ("..|..|.", [5, 2]),
        ("|||||||||", [4, 4, 1]),
        (17 * ".", [16, 1]),
    ],
)
def test_a_block_of_half_its_size_or_more_ends_before_a_paper_that_begins_one(
    papers: str, lengths: list[int]
) -> None:
    slugs = {"|": iter(BEGINNING), ".": iter(OTHERS)}
    [card] = of(1).cards
    cards = [msgspec.structs.replace(card, slug=next(slugs[kind])) for kind in papers]
    assert [len(block) for block in blocks(cards[::-1], 8)] == lengths


BEGINNING = ["a0", "a12", "a15", "a16", "a20", "a25", "a28", "a32", "a33"]
"""Slugs that begin a block of some 8 papers."""
OTHERS = [f"a{number}" for number in (*range(1, 12), 13, 14, *range(17, 20), 21)]
