"""The search index: the files that readers' browsers search, and a digest of all that they are made from.

Where the papers are those of the last index, nothing is made, and what makes it is not even imported.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

import msgspec

from generator.files import digest
from generator.library.library import Library
from generator.model import Card
from generator.website.search.blocks import blocks

FOLDER = "search/pagefind"
"""The folder of the index in the output: all of it, and nothing else that a build writes."""
ENTRY = f"{FOLDER}/pagefind-entry.json"
"""The only file whose content may change under the same name: it names the files that belong together."""


Cache = dict[bytes, bytes]
"""Indexed blocks, encoded, by the digests of what they were made from."""


def source(library: Library) -> bytes:
    """Return a digest of all that the index of a library is made from, empty if it has no paper."""
    return (
        digest(b"".join(_source(library, block) for block in blocks(library.cards))) if library.cards else b""
    )


def _source(library: Library, block: tuple[Card, ...]) -> bytes:
    found = blake2b(library.site.language.encode(), digest_size=16)
    for theme in library.themes:
        found.update(theme.slug.encode() + b"\0")
    for card in block:  # what a card says follows from its record and its address
        found.update(card.slug.encode() + b"\0" + library.records[card.slug].digest)
    return found.digest()


def made(library: Library, cache: Cache) -> dict[str, bytes] | str:
    """Return the files of an index by their paths in the output, its entry last, or why there are none.

    Where there is no paper, there are no files. Only blocks that the cache does not have are indexed; from
    then on it has those of this library and no others.
    """
    if not library.cards:
        return {}
    from generator.website.search.indexed_block import IndexedBlock
    from generator.website.search.merged import merged
    from generator.website.search.pagefind import PagefindError

    wanted = {_source(library, block): block for block in blocks(library.cards)}
    missing = [key for key in wanted if key not in cache]
    try:
        with ThreadPoolExecutor(os.cpu_count()) as makers:  # it is Pagefind that takes the time
            made = makers.map(lambda key: _indexed(library, wanted[key]), missing)
            cache.update(zip(missing, made, strict=True))
    except PagefindError as flaw:
        return str(flaw)
    for key in cache.keys() - wanted.keys():
        del cache[key]
    found = [msgspec.msgpack.decode(cache[key], type=IndexedBlock) for key in wanted]
    return {f"{FOLDER}/{path}": data for path, data in merged(found).items()}


def _indexed(library: Library, block: tuple[Card, ...]) -> bytes:
    from generator.website.search.documents import documents
    from generator.website.search.indexed_block import indexed_block
    from generator.website.search.pagefind import index_files

    language = library.site.language.partition("-")[0].lower()
    return msgspec.msgpack.encode(indexed_block(index_files(documents(library, block), language)))
