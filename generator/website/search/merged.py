"""The indexes of blocks as one index, which is what Pagefind would make of all their papers.

It is the same on every run, while Pagefind writes filters in an order that differs from run to run
(github.com/Pagefind/pagefind/issues/638). Files are named by their digests.
"""

import gzip
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate

import cbor2
import msgspec

from generator.website.search.chunks import Chunks, chunked, size_of_chunks, unchanged
from generator.website.search.indexed_block import ENTRY, MAGIC, IndexedBlock, named


def merged(
    blocks: Mapping[str, IndexedBlock],
    in_place: Collection[str],
    before: Chunks,
    known: Mapping[str, IndexedBlock],
) -> tuple[dict[str, bytes | None], Chunks]:
    """Return the files of the index of all blocks by path, the entry last, and its chunks.

    A file that is `in_place` may be None: its name is that of its content. `before` are the chunks of an
    earlier index; they are not made again where their words are the same, if `known` has its blocks, too.
    """
    starts = [0, *accumulate(len(block.papers) for block in blocks.values())]
    starting = dict(zip(starts, blocks.values(), strict=False))
    first = starting[0]
    files: dict[str, bytes | None] = dict(first.program)

    def add(folder: str, kind: str, data: bytes) -> str:
        name = named(first.language, data)
        files[f"{folder}{name}.{kind}"] = data
        return name

    papers: list[tuple[str, int]] = []
    for block in blocks.values():
        papers += block.papers
        paths = (f"fragment/{name}.pf_fragment" for name, _ in block.papers)
        found = zip(paths, block.fragments, strict=True)
        files |= {path: None if path in in_place else data for path, data in found}
    now = Chunks(first.language, size_of_chunks(starts[-1]), dict(zip(starts, blocks, strict=False)))
    same = unchanged(before, now, known)
    kept = {begin: chunk for begin, chunk in same.items() if chunk.path in in_place}
    chunks = [*chunked(starting, now.size, kept, lambda data: add("index/", "pf_index", _compressed(data)))]
    files |= {chunk.path: files.get(chunk.path) for chunk in chunks}
    filters = [(name, add("filter/", "pf_filter", data)) for name, data in _filters(starting)]
    listed = [(chunk.first, chunk.last, chunk.name) for chunk in chunks]
    sorts = [("order", [*range(starts[-1])])]
    meta = [first.entry["version"], papers, listed, filters, sorts, first.fields]
    about = first.entry["languages"][first.language] | {"hash": add("pagefind.", "pf_meta", _data(meta))}
    entry = first.entry | {"languages": {first.language: about | {"page_count": starts[-1]}}}
    files[ENTRY] = msgspec.json.encode(entry, order="sorted")
    return files, msgspec.structs.replace(now, chunks=chunks)


def _filters(blocks: Mapping[int, IndexedBlock]) -> Iterator[tuple[str, bytes]]:
    """Yield the file of each filter: its values, each with the numbers of its papers."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for start, block in blocks.items():
        for name, values in block.filters.items():
            for value, numbers in values.items():
                found[name][value] += [start + number for number in numbers]
    for name in sorted(found):
        yield name, _data([name, sorted(found[name].items())])


def _data(value: Iterable[object]) -> bytes:
    return _compressed(cbor2.dumps(value))


def _compressed(data: bytes) -> bytes:
    """Return data as gzip that is the same on any Python: 3.13 names another system as its writer."""
    packed = gzip.compress(MAGIC + data, LEVEL, mtime=0)
    return packed[:9] + _UNKNOWN_SYSTEM + packed[10:]


_UNKNOWN_SYSTEM = b"\xff"  # RFC 1952, 2.3.1
LEVEL = 4
"""Of compression. A level more takes 1.6 times as long, and makes files 3 % smaller."""
