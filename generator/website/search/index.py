"""The search index: the files that readers' browsers search, and a digest of all that they are made from.

Where the papers are those of the last index, nothing is made, and what makes it is not even imported.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.msgpack import decode, encode

from generator.files import digest
from generator.library.library import Library
from generator.model import Card
from generator.website.search.blocks import blocks

if TYPE_CHECKING:
    from generator.website.search.indexed_block import IndexedBlock

FOLDER = "search/pagefind"
"""The folder of the index in the output: all of it, and nothing else that a build writes."""
ENTRY = f"{FOLDER}/pagefind-entry.json"
"""The only file whose content may change under the same name: it names the files that belong together."""

Cache = dict[str, memoryview]
"""What an index was made from, encoded, for the next one: its blocks by name, and its chunks."""
CHUNKS = "chunks"
Files = dict[str, bytes | None]
"""Files by path; None for one that is in place already."""


def source(library: Library) -> bytes:
    """Return a digest of all that the index of a library is made from, empty if it has no paper."""
    return digest(b"\0".join(_sources(library, library.cards))) if library.cards else b""


def _sources(library: Library, cards: Iterable[Card]) -> list[bytes]:
    """Return what each paper is indexed from: what a card says follows from its record and its address."""
    names = (library.site.language, *(theme.slug for theme in library.themes))
    settings = digest("\0".join(names).encode())
    return [settings + library.records[card.slug].digest + card.slug.encode() for card in cards]


def _name(sources: Iterable[bytes]) -> str:
    """Return the name of a block of papers."""
    return digest(b"\0".join(sources)).hex()


def made(library: Library, cache: Cache, in_place: Collection[str] = ()) -> Files | str:
    """Return the files of an index by their paths in the output, its entry last, or why there are none.

    Where there is no paper, there are no files. `in_place` are the paths of those that the output has. Only
    papers that the cache does not have are indexed; from then on it has those of this library and no others.
    """
    if not library.cards:
        return {}
    from concurrent.futures import ThreadPoolExecutor

    from generator.website.search.chunks import Chunks
    from generator.website.search.indexed_block import IndexedBlock
    from generator.website.search.merged import merged
    from generator.website.search.pagefind import PagefindError

    parts = {_name(_sources(library, part)): part for part in blocks(library.cards)}
    kept = [decode(data, type=IndexedBlock) for name, data in cache.items() if name != CHUNKS]
    known = {_name(block.sources): block for block in kept}
    stale = {name: block for name, block in known.items() if name not in parts}
    places = {source: (name, number) for name in stale for number, source in enumerate(stale[name].sources)}
    missing = [name for name in parts if name not in known]
    try:
        with ThreadPoolExecutor(os.cpu_count()) as makers:  # it is Pagefind that takes the time
            indexed = makers.map(lambda name: _indexed(library, parts[name], stale, places), missing)
            known.update(zip(missing, indexed, strict=True))
    except PagefindError as flaw:
        return str(flaw)
    before = decode(cache[CHUNKS], type=Chunks) if CHUNKS in cache else Chunks()
    inside = {path.removeprefix(f"{FOLDER}/") for path in in_place}
    files, chunks = merged({name: known[name] for name in parts}, inside, before, known)
    cache.update({name: memoryview(encode(known[name])) for name in missing})
    cache[CHUNKS] = memoryview(encode(chunks))
    for name in cache.keys() - parts.keys() - {CHUNKS}:
        del cache[name]
    return {f"{FOLDER}/{path}": data for path, data in files.items()}


def _indexed(
    library: Library,
    cards: Sequence[Card],
    stale: Mapping[str, "IndexedBlock"],
    places: Mapping[bytes, tuple[str, int]],
) -> "IndexedBlock":
    """Return the block of papers; those that stale blocks have, at these places, are not indexed again."""
    from generator.website.search.documents import documents
    from generator.website.search.indexed_block import indexed_block
    from generator.website.search.pagefind import index_files
    from generator.website.search.picked import picked

    sources = _sources(library, cards)
    numbers: dict[str, dict[int, int]] = defaultdict(dict)
    for new, source in enumerate(sources):
        name, old = places.get(source, ("", len(numbers[""])))
        numbers[name][old] = new
    fresh = numbers.pop("", {})
    parts = [(stale[name], some) for name, some in numbers.items()]
    if fresh:
        language = library.site.language.partition("-")[0].lower()
        files = index_files(documents(library, [cards[new] for new in fresh.values()]), language)
        parts.append((indexed_block([sources[new] for new in fresh.values()], files), fresh))
    return picked(parts)
