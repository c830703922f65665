"""Split papers into blocks, which Pagefind indexes one by one: after an edit, only one is indexed again.

The oldest papers come first, so new ones are in the last block. A block begins at a paper whose slug has a
certain digest (content-defined chunking). So a paper that is removed or filed elsewhere moves only the bounds
of its own block.
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
    half = size // 2
    block: list[Card] = []
    for card in reversed(cards):
        begins = int.from_bytes(digest(card.slug.encode())) % half == 0
        if len(block) >= 4 * half or (begins and len(block) >= half):
            yield tuple(block)
            block = []
        block.append(card)
    if block:
        yield tuple(block)
