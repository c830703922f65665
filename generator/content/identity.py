"""One paper, one record: by what a paper is known, and which of the known ones an entry names.

Same arXiv identifier, else same DOI, else same title, unless the two state different years or identifiers. A
paper without any of the three is known by its abstract. Likeness beyond that proves nothing.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from generator.model import Stated


class Facts(NamedTuple):
    """By what a paper is known."""

    arxiv: str
    doi: str
    title: str
    """Its key: empty where there is no title, or one without letters and digits."""
    year: int
    content: str
    """What there is to know a paper by that has none of the three; else empty."""


def facts_of(stated: Stated) -> Facts:
    """Return by what a paper is known, of what is stated of it, its abstract as receipts hold it."""
    arxiv, doi, title = stated.arxiv or "", (stated.doi or "").casefold(), title_key(stated.title or "")
    known = arxiv or doi or title
    return Facts(
        arxiv=arxiv,
        doi=doi,
        title=title,
        year=stated.published.year if stated.published else 0,
        content="" if known else stated.abstract or statement_digest(stated),
    )


def statement_digest(stated: Stated) -> str:
    """Return a digest of all that is stated, in hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(stated, order="deterministic")).hexdigest()


def title_key(title: str) -> str:
    """Return the letters, marks and digits of a title, in one spelling; empty without a letter or digit.

    Of any script, by NFKC and case folding (Unicode Standard Annex 15; The Unicode Standard, 3.13).
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    key = "".join(character for character in folded if unicodedata.category(character)[0] in "LMN")
    return key if any(map(str.isalnum, key)) else ""


class Index:
    """The papers known so far, each by the id of its record."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], str] = {}
        self._titled: dict[str, list[str]] = {}
        self._facts: dict[str, list[Facts]] = {}

    def add(self, facts: Facts, name: str) -> None:
        """Remember that the paper `name` is known by these facts too."""
        for key in _keys(facts):
            self._known.setdefault(key, name)
        namesakes = self._titled.setdefault(facts.title, [])
        if facts.title and name not in namesakes:
            namesakes.append(name)
        self._facts.setdefault(name, []).append(facts)

    def find(self, facts: Facts) -> str | None:
        """Return the paper that is the same, None where none is known."""
        for key in _keys(facts):
            if key in self._known:
                return self._known[key]
        namesakes = self._titled.get(facts.title, ())
        return next((name for name in namesakes if not self._contradicted(name, facts)), None)

    def _contradicted(self, name: str, facts: Facts) -> bool:
        for field in ("arxiv", "doi", "year"):
            known = {getattr(other, field) for other in self._facts[name]} - {"", 0}
            stated = getattr(facts, field)
            if stated and known and stated not in known:
                return True
        return False


def _keys(facts: Facts) -> Iterator[tuple[object, ...]]:
    yield facts  # the same statement as before goes where it went before, whatever was learnt since
    if facts.arxiv:
        yield "arxiv", facts.arxiv
    if facts.doi:
        yield "doi", facts.doi
    if facts.content:
        yield "content", facts.content
