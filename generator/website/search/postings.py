"""Postings: the papers that have a word. Pagefind lists them as CBOR (RFC 8949).

Each paper is `[papers since the last one, places in the text, places in the metadata]`. Of these bytes only
the first number depends on what comes before a block, so they are kept as they are.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Any

import cbor2
import msgspec


class Postings(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The papers of a block that have a word."""

    count: int
    first: int
    """The first paper, by its number in the block."""
    last: int
    numbers: bytes
    """Of all the papers, each of two bytes."""
    rest: bytes
    """CBOR of all that follows the first number."""


def encoded(papers: Sequence[Any]) -> Postings:
    """Return postings that are listed as Pagefind does, of one paper or more."""
    numbers = array("H", accumulate(map(itemgetter(0), papers)))
    head = len(head_of_array(len(papers)) + head_of_array(3) + _number(numbers[0]))
    return Postings(len(papers), numbers[0], numbers[-1], numbers.tobytes(), cbor2.dumps(papers)[head:])


def joined(found: Iterable[tuple[int, Postings]]) -> bytes:
    """Return postings of blocks, each with the number of its first paper, as CBOR of one index."""
    parts: list[bytes] = []
    count = last = 0
    for start, postings in found:
        count += postings.count
        parts += head_of_array(3), _number(start + postings.first - last), postings.rest
        last = start + postings.last
    return head_of_array(count) + b"".join(parts)


def selected(found: Sequence[tuple[Postings, Mapping[int, int]]]) -> Postings | None:
    """Return postings of some papers, by their numbers in each block, under their new numbers, or None."""
    papers = []
    for postings, numbers in found:
        known = memoryview(postings.numbers).cast("H")
        if len(found) == 1 and all(numbers.get(number) == number for number in known):
            return postings
        listed = zip(known, cbor2.loads(joined([(0, postings)])), strict=True)
        papers += [(numbers[number], places) for number, (_, *places) in listed if number in numbers]
    if not papers:
        return None
    papers.sort()
    before = [0, *(number for number, _ in papers)]
    return encoded([[number - last, *places] for last, (number, places) in zip(before, papers, strict=False)])


@lru_cache(maxsize=1 << 16)
def _number(value: int) -> bytes:
    return cbor2.dumps(value)


@lru_cache(maxsize=1 << 16)
def head_of_array(length: int) -> bytes:
    """Return the head of a CBOR array: its length as a number, of another type (RFC 8949, 3)."""
    first, *others = cbor2.dumps(length)
    return bytes([0x80 | first, *others])
