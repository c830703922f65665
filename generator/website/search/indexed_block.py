"""What Pagefind made of a block, in a form that is quickly merged with other blocks.

Its files are gzip of `pagefind_dcd` and CBOR. Of a word they list the papers that have it (postings), each as
`[pages since the last one, places in the text, places in the metadata]`. Of these bytes only the first number
depends on what comes before the block, so they are kept as they are.
"""

import gzip
import re
from collections.abc import Mapping
from typing import Any

import cbor2
import msgspec

from generator.files import digest

MAGIC = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
_PROGRAM = re.compile(r"pagefind\.js|wasm\.")
"""What searches an index. Pagefind's own interfaces and its worker come with each index, too."""


class Postings(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The papers that have a word."""

    count: int
    first: int
    """The first paper, by its number in the block."""
    last: int
    rest: bytes
    """CBOR of all that follows the first number."""


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word, and where it is."""

    text: str
    papers: Postings
    variants: tuple[tuple[str, Postings], ...]
    """The forms it is written in, with diacritics."""


class IndexedBlock(msgspec.Struct, frozen=True, array_like=True):
    """The index of a block."""

    entry: dict[str, Any]
    language: str
    papers: list[tuple[str, int]]
    """The name of each paper's fragment, and the number of its words."""
    fragments: dict[str, bytes]
    """What results show of a paper, by path."""
    words: list[Word]
    filters: dict[str, dict[str, list[int]]]
    sorts: dict[str, list[int]]
    fields: list[str]
    """Of the metadata, in the order in which places in them refer to them."""
    program: dict[str, bytes]
    """The files that search an index, by path."""


def indexed_block(files: Mapping[str, bytes]) -> IndexedBlock:
    """Return what Pagefind's files, by path, say of one language."""
    entry = msgspec.json.decode(files[ENTRY])
    [(language, about)] = entry["languages"].items()
    _, papers, chunks, filters, sorts, fields = _value(files[f"pagefind.{about['hash']}.pf_meta"])
    words = [word for *_, name in chunks for word in _value(files[f"index/{name}.pf_index"])[0]]
    fragments = [files[f"fragment/{name}.pf_fragment"] for name, _ in papers]
    names = [named(language, fragment) for fragment in fragments]
    return IndexedBlock(
        entry=entry,
        language=language,
        papers=[(name, count) for name, (_, count) in zip(names, papers, strict=True)],
        fragments={f"fragment/{name}.pf_fragment": data for name, data in zip(names, fragments, strict=True)},
        words=[_word(*word) for word in words],
        filters={name: dict(_value(files[f"filter/{file}.pf_filter"])[1]) for name, file in filters},
        sorts=dict(sorts),
        fields=fields,
        program={path: data for path, data in files.items() if _PROGRAM.match(path)},
    )


def named(language: str, data: bytes) -> str:
    """Return the name of a file of the index."""
    return f"{language}_{digest(data).hex()[:16]}"


def _value(data: bytes) -> Any:
    return cbor2.loads(gzip.decompress(data).removeprefix(MAGIC))


def _word(text: str, papers: list[Any], variants: list[Any]) -> Word:
    return Word(text, _postings(papers), tuple((form, _postings(found)) for form, found in variants))


def _postings(papers: list[Any]) -> Postings:
    if not papers:  # it has the word only in other forms
        return Postings(0, 0, 0, b"")
    (first, *others), *following = papers
    rest = b"".join(cbor2.dumps(value) for value in (*others, *following))
    return Postings(len(papers), first, sum(paper[0] for paper in papers), rest)
