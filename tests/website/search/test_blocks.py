"""Blocks of the index: an edit changes one, and merged they are what is made of all papers at once."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library.library import Library
from generator.model import Card
from generator.website.search.blocks import blocks
from generator.website.search.documents import documents
from generator.website.search.indexed_block import IndexedBlock, indexed_block
from generator.website.search.merged import merged
from generator.website.search.pagefind import index_files
from tests.support.libraries import library, paper

WORDS = [
    "The müller, the Muller and the MÜLLER.",
    "Mueller's naïve 强化学习 of Ⅸ",
    "normalizing normal norms",
    "",
]


def of(papers: int) -> Library:
    return library(
        {
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
    )


def indexed(found: Library, cards: Sequence[Card]) -> IndexedBlock:
    return indexed_block(index_files(documents(found, cards), "en"))


@pytest.mark.slow
def test_an_index_merged_of_blocks_is_the_index_of_all_papers_to_the_byte() -> None:
    found = of(60)
    parts = [*blocks(found.cards, 8)]
    assert len(parts) > 4
    whole = merged([indexed(found, found.cards[::-1])])
    assert merged([indexed(found, part) for part in parts]) == whole


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
