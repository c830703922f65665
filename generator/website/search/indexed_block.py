"""What Pagefind made of a block, in a form that is quickly merged with other blocks.

Its files are gzip of `pagefind_dcd` and CBOR.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import cbor2
import msgspec

from generator.files import digest
from generator.website.search.postings import Postings, encoded

MAGIC = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
_PROGRAM = re.compile(r"pagefind\.js|wasm\.")
"""What searches an index. Pagefind's own interfaces and its worker come with each index, too."""


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word, and where it is."""

    name: str
    """The word; or the word, NUL, and one form that it is written in, with diacritics."""
    papers: Postings


class IndexedBlock(msgspec.Struct, frozen=True, array_like=True):
    """The index of a block."""

    sources: Sequence[bytes]
    """What each paper was indexed from."""
    entry: dict[str, Any]
    language: str
    papers: Sequence[tuple[str, int]]
    """The name of each paper's fragment, and the number of its words."""
    fragments: Sequence[bytes]
    """What results show of each paper."""
    words: dict[str, memoryview]
    """By the letters they begin with, packed, as an edit concerns few of them."""
    filters: dict[str, dict[str, list[int]]]
    fields: list[str]
    """Of the metadata, in the order in which places in them refer to them."""
    program: dict[str, bytes]
    """The files that search an index, by path."""


LETTERS = 3
_unpacked = msgspec.msgpack.Decoder(list[Word]).decode


def unpacked(words: memoryview | None) -> list[Word]:
    """Return the words that a block keeps under the same letters; none where it has no such words."""
    return [] if words is None else _unpacked(words)


def packed(words: Iterable[Word]) -> dict[str, memoryview]:
    """Return words as a block keeps them."""
    found: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        found[word.name[:LETTERS].partition("\0")[0]].append(word)
    return {letters: memoryview(msgspec.msgpack.encode(some)) for letters, some in found.items()}


def indexed_block(sources: Sequence[bytes], files: Mapping[str, bytes]) -> IndexedBlock:
    """Return what Pagefind's files, by path, say of one language."""
    entry = msgspec.json.decode(files[ENTRY])
    [(language, about)] = entry["languages"].items()
    _, papers, chunks, filters, _, fields = _value(files[f"pagefind.{about['hash']}.pf_meta"])
    # a list, so that memory is freed at once: what is freed word by word lies scattered, and slows each block
    listed = [word for *_, name in chunks for word in _value(files[f"index/{name}.pf_index"])[0]]
    fragments = [files[f"fragment/{name}.pf_fragment"] for name, _ in papers]
    names = [named(language, fragment) for fragment in fragments]
    return IndexedBlock(
        sources=sources,
        entry=entry,
        language=language,
        papers=[(name, count) for name, (_, count) in zip(names, papers, strict=True)],
        fragments=fragments,
        words=packed(word for found in listed for word in _words(*found)),
        filters={name: dict(_value(files[f"filter/{file}.pf_filter"])[1]) for name, file in filters},
        fields=fields,
        program={path: data for path, data in files.items() if _PROGRAM.match(path)},
    )


def named(language: str, data: bytes) -> str:
    """Return the name of a file of the index."""
    return f"{language}_{digest(data).hex()[:16]}"


def _value(data: bytes) -> Any:
    return cbor2.loads(gzip.decompress(data).removeprefix(MAGIC))


def _words(text: str, papers: list[Any], variants: list[Any]) -> Iterator[Word]:
    named = ((text, papers), *((f"{text}\0{form}", found) for form, found in variants))
    return (Word(name, encoded(found)) for name, found in named if found)
