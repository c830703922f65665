"""Blocks of the search index: papers that Pagefind indexes together. After an edit, only its block is.

Papers run from the end of lists, so new ones come into the last block. A block begins at a paper whose slug
has a certain digest (content-defined chunking): a paper that is removed or filed elsewhere moves no bounds
but those that it made.
"""

from collections.abc import Iterator, Sequence

from generator.files import digest
from generator.model import Card

SIZE = 512
"""Papers of a block, on average."""


def blocks(cards: Sequence[Card], size: int = SIZE) -> Iterator[tuple[Card, ...]]:
    """Yield the blocks of all papers, which come in the order of lists; in a block, the last comes first.

    A block has half the size, and then goes on to a paper that begins another.
    """
    half = max(1, size // 2)
    block: list[Card] = []
    for card in reversed(cards):
        begins = int.from_bytes(digest(card.slug.encode())) % half == 0
        if len(block) >= 4 * half or (begins and len(block) >= half):
            yield tuple(block)
            block = []
        block.append(card)
    if block:
        yield tuple(block)
