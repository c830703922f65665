"""Split the words of an index into files, the chunks: a browser fetches only the one with the word it needs.

A chunk ends with the word with which it reaches its size. So after an edit most chunks end where they did,
and those in which no word changed are not made again.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby, pairwise

import cbor2
import msgspec

from generator.website.search.indexed_block import LETTERS, IndexedBlock, unpacked
from generator.website.search.postings import Postings, head_of_array, joined

SMALLEST, LARGEST = 1 << 13, 1 << 16
"""Bytes of a chunk before it is compressed."""
FOR_A_PAPER = 24
"""Bytes of a chunk for each paper. So there are some sixty chunks until they have the largest size."""
FEW = 4
"""Blocks. If more of them change, so do nearly all chunks."""


class Chunk(msgspec.Struct, frozen=True, array_like=True):
    """A file of words."""

    first: str
    last: str
    next: str | None
    """The first word of the next chunk."""
    name: str

    @property
    def path(self) -> str:
        """Return the path of the file in the index."""
        return f"index/{self.name}.pf_index"


class Chunks(msgspec.Struct, frozen=True, array_like=True):
    """All chunks of an index, and what they were made from."""

    language: str = ""
    size: int = 0
    blocks: dict[int, str] = {}
    """The names of the blocks, by the numbers of their first papers."""
    chunks: list[Chunk] = []


def size_of_chunks(papers: int) -> int:
    """Return the bytes with which a chunk ends, in an index of so many papers."""
    return min(LARGEST, max(SMALLEST, FOR_A_PAPER * papers))


def unchanged(before: Chunks, now: Chunks, blocks: Mapping[str, IndexedBlock]) -> dict[str, Chunk]:
    """Return the chunks of an index whose words are the same in another one, which has no chunks yet.

    The key is the first word that belongs into the chunk, empty for the first chunk: up to the next chunk all
    words are the same, and no word was added. `blocks` has the blocks of both, by name; if it lacks one, no
    chunk is known to be the same.
    """
    moved = {start for start, _ in before.blocks.items() ^ now.blocks.items()}
    is_alike = (before.language, before.size) == (now.language, now.size)
    if not is_alike or len(moved) > FEW or not blocks.keys() >= {*before.blocks.values()}:
        return {}
    words = sorted({word for start in moved for word in _changed(start, before, now, blocks)})
    begins = ["", *(chunk.next for chunk in before.chunks if chunk.next)]
    return {
        begin: chunk
        for begin, chunk in zip(begins, before.chunks, strict=True)
        if all(chunk.next and chunk.next <= word for word in words[bisect_left(words, begin) :][:1])
    }


def _changed(start: int, before: Chunks, now: Chunks, blocks: Mapping[str, IndexedBlock]) -> Iterator[str]:
    """Yield the words that differ in the two blocks of which this is the first paper."""
    was, new = (blocks[found.blocks[start]].words if start in found.blocks else {} for found in (before, now))
    for letters in was.keys() | new.keys():
        if was.get(letters) != new.get(letters):
            yield from (word.name for word in {*unpacked(was.get(letters))} ^ {*unpacked(new.get(letters))})


def chunked(
    blocks: Mapping[int, IndexedBlock], size: int, known: Mapping[str, Chunk], add: Callable[[bytes], str]
) -> Iterator[Chunk]:
    """Yield the chunks of all blocks, which come by the numbers of their first papers.

    Known chunks, keyed as `unchanged` does, are taken as they are. Of others `add` takes the bytes and
    returns the name of the file.
    """
    letters = sorted({letters for block in blocks.values() for letters in block.words})
    begin: str | None = ""
    while begin is not None:
        following = letters[bisect_left(letters, begin[:LETTERS]) :]
        found = [known[begin]] if begin in known else _new(_words(blocks, following, begin), size, add)
        begin = None
        for chunk in found:
            yield chunk
            begin = chunk.next
            if begin in known:
                break


def _new(words: Iterator[tuple[str, bytes]], size: int, add: Callable[[bytes], str]) -> Iterator[Chunk]:
    """Yield the chunks of words, which come in order, each with its CBOR."""
    texts: list[str] = []
    data: list[bytes] = []
    length = 0
    for (text, encoded), (following, _) in pairwise(chain(words, [("", b"")])):
        texts.append(text)
        data.append(encoded)
        length += len(encoded)
        if length >= size or not following:
            name = add(head_of_array(1) + head_of_array(len(texts)) + b"".join(data))
            yield Chunk(texts[0], text, following or None, name)
            texts, data, length = [], [], 0


def _words(
    blocks: Mapping[int, IndexedBlock], letters: Iterable[str], begin: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the words from one on, in order, each with CBOR of the word, its papers and its forms."""
    for some in letters:
        found: dict[str, list[tuple[int, Postings]]] = defaultdict(list)
        for start, block in blocks.items():
            for word in unpacked(block.words.get(some)):
                found[word.name].append((start, word.papers))
        names = sorted(name for name in found if name >= begin)
        for text, named in groupby(names, lambda name: name.partition("\0")[0]):
            data = {name[len(text) + 1 :]: joined(found[name]) for name in named}
            papers = data.pop("", head_of_array(0))
            parts = [head_of_array(3), cbor2.dumps(text), papers, head_of_array(len(data))]
            for form, encoded in data.items():
                parts += head_of_array(2), cbor2.dumps(form), encoded
            yield text, b"".join(parts)
