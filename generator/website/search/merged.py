"""The indexes of blocks as one index, which is what Pagefind would make of all their papers.

It is the same on every run, while Pagefind writes filters in an order that differs from run to run
(github.com/Pagefind/pagefind/issues/638). Files are named by their digests.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

import cbor2
import msgspec

from generator.website.search.indexed_block import ENTRY, MAGIC, IndexedBlock, Postings, named

SMALLEST, LARGEST = 1 << 13, 1 << 16
"""Bytes of a file of words before it is compressed. A browser fetches the one that has a word it needs."""
FOR_A_PAPER = 24
"""Bytes of such a file for each paper. So there are some sixty files until they have the largest size."""

_Found = tuple[int, Postings]
"""Postings, and the number of the first paper of their block."""


def merged(blocks: Sequence[IndexedBlock]) -> dict[str, bytes]:
    """Return the files of the index of all blocks, by path, the entry last."""
    starts = [0, *accumulate(len(block.papers) for block in blocks)]
    first = blocks[-1]
    files = dict(first.program)

    def add(folder: str, kind: str, data: bytes) -> str:
        name = named(first.language, data)
        files[f"{folder}{name}.{kind}"] = data
        return name

    papers = []
    for block in blocks:
        papers += block.papers
        files |= block.fragments
    chunks = [(low, high, add("index/", "pf_index", data)) for low, high, data in _chunks(blocks, starts)]
    filters = [(name, add("filter/", "pf_filter", data)) for name, data in _filters(blocks, starts)]
    sorts: dict[str, list[int]] = defaultdict(list)
    for start, block in zip(starts, blocks, strict=False):
        for name, found in block.sorts.items():
            sorts[name] += [start + number for number in found]
    meta = [first.entry["version"], papers, chunks, filters, sorted(sorts.items()), first.fields]
    about = first.entry["languages"][first.language] | {"hash": add("pagefind.", "pf_meta", _data(meta))}
    entry = first.entry | {"languages": {first.language: about | {"page_count": starts[-1]}}}
    return files | {ENTRY: msgspec.json.encode(entry, order="sorted")}


def _chunks(blocks: Sequence[IndexedBlock], starts: Sequence[int]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the files of words, each with its first and its last word."""
    words: dict[str, list[_Found]] = defaultdict(list)
    variants: dict[str, dict[str, list[_Found]]] = defaultdict(lambda: defaultdict(list))
    for start, block in zip(starts, blocks, strict=False):
        for word in block.words:
            words[word.text].append((start, word.papers))
            for form, found in word.variants:
                variants[word.text][form].append((start, found))
    chunk: list[str] = []
    data: list[bytes] = []
    size, enough = 0, min(LARGEST, max(SMALLEST, FOR_A_PAPER * sum(len(block.papers) for block in blocks)))
    for text in sorted(words):
        forms = variants.get(text, {})
        encoded = [_array(3) + cbor2.dumps(text) + _joined(words[text]) + _array(len(forms))]
        if forms:
            encoded += (_array(2) + cbor2.dumps(form) + _joined(forms[form]) for form in sorted(forms))
        data += encoded
        chunk.append(text)
        size += sum(map(len, encoded))
        if size >= enough:
            yield chunk[0], chunk[-1], _compressed(_array(1) + _array(len(chunk)) + b"".join(data))
            chunk, data, size = [], [], 0
    if chunk:
        yield chunk[0], chunk[-1], _compressed(_array(1) + _array(len(chunk)) + b"".join(data))


def _joined(found: list[_Found]) -> bytes:
    """Return postings of several blocks as those of one index."""
    parts: list[bytes] = []
    count = last = 0
    for start, postings in found:
        if postings.count:
            count += postings.count
            parts += _array(3), _number(start + postings.first - last), postings.rest
            last = start + postings.last
    return _array(count) + b"".join(parts)


def _filters(blocks: Sequence[IndexedBlock], starts: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Yield the file of each filter: its values, each with the numbers of its papers."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for start, block in zip(starts, blocks, strict=False):
        for name, values in block.filters.items():
            for value, numbers in values.items():
                found[name][value] += [start + number for number in numbers]
    for name in sorted(found):
        yield name, _data([name, sorted(found[name].items())])


@lru_cache(maxsize=1 << 16)
def _number(value: int) -> bytes:
    return cbor2.dumps(value)


@lru_cache(maxsize=1 << 16)
def _array(length: int) -> bytes:
    """Return the head of a CBOR array (RFC 8949, 3)."""
    if length < 24:
        return bytes([0x80 | length])
    size = next(power for power in range(3) if length < 1 << (8 << power))
    return bytes([0x98 + size]) + length.to_bytes(1 << size)


def _data(value: Iterable[object]) -> bytes:
    return _compressed(cbor2.dumps(value))


def _compressed(data: bytes) -> bytes:
    """Return data as gzip that is the same on any Python: 3.13 names another system as its writer."""
    packed = gzip.compress(MAGIC + data, 6, mtime=0)
    return packed[:9] + _UNKNOWN_SYSTEM + packed[10:]


_UNKNOWN_SYSTEM = b"\xff"  # RFC 1952, 2.3.1
