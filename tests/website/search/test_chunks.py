"""The files of words: how large they are, and with which word each begins and ends."""

import pytest

from generator.website.search.chunks import Chunk, chunked, size_of_chunks
from generator.website.search.indexed_block import IndexedBlock, Word, packed
from generator.website.search.postings import encoded

ENCODED = 12
"""Bytes of each word below."""


def block(words: str) -> IndexedBlock:
    found = [Word(word, encoded([[0, [1], [2]]])) for word in words.split()]
    return IndexedBlock((), {}, "en", [("a", 1)], (), packed(found), {}, [], {})


def shown(chunk: Chunk) -> str:
    return f"{chunk.first}-{chunk.last}" + (f" < {chunk.next}" if chunk.next else "")


@pytest.mark.parametrize(
    ("papers", "size"),
    [(1, 8192), (341, 8192), (342, 8208), (2730, 65_520), (2731, 65_536), (100_000, 65_536)],
)
def test_a_file_has_8_to_64_kilobytes(papers: int, size: int) -> None:
    assert size_of_chunks(papers) == size


@pytest.mark.parametrize(
    ("size", "found"),
    [
        (2 * ENCODED, ["aa-ab < ba", "ba-bb < ca", "ca-ca"]),
        (2 * ENCODED + 1, ["aa-ba < bb", "bb-ca"]),
        (5 * ENCODED, ["aa-ca"]),
        (9 * ENCODED, ["aa-ca"]),
    ],
)
def test_a_file_ends_with_the_word_with_which_it_reaches_its_size(size: int, found: list[str]) -> None:
    chunks = chunked({0: block("aa ab ba"), 1: block("bb ca")}, size, {}, lambda _: "")
    assert [shown(chunk) for chunk in chunks] == found
