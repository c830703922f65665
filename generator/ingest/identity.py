"""One paper, one record: by what a paper is known, and which of the known ones an entry names.

Same arXiv identifier, else same DOI, else same title, unless the two state different years or identifiers. A
paper without any of the three is known by its abstract. Likeness beyond that proves nothing.
"""

import hashlib
import unicodedata
from collections import defaultdict
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
    """Papers that are known from one source, each by the id of its record."""

    def __init__(self, facts: defaultdict[str, set[Facts]]) -> None:
        """Begin an index; `facts` are all that any source knows, by id, and grow with it."""
        self._facts = facts
        self._same: dict[Facts, str] = {}
        self._identified: dict[str, str] = {}
        self._titled: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, facts: Facts, name: str) -> None:
        """Remember that the paper `name` is known by these facts too."""
        self._facts[name].add(facts)
        self._same.setdefault(facts, name)
        for identifier in filter(None, (facts.arxiv, facts.doi, facts.content)):
            self._identified.setdefault(identifier, name)
        if facts.title:
            self._titled[facts.title].add(name)

    def same(self, facts: Facts) -> str | None:
        """Return the paper that was known by these very facts."""
        return self._same.get(facts)

    def identified(self, facts: Facts) -> str | None:
        """Return the paper of the same arXiv identifier, else DOI, else content."""
        found = (self._identified.get(name) for name in (facts.arxiv, facts.doi, facts.content))
        return next(filter(None, found), None)

    def titled(self, facts: Facts) -> str | None:
        """Return the paper of the same title, unless the two state different years or identifiers.

        Of several, the first by id, which is mostly the one made first, whatever order they were met in.
        """
        namesakes = sorted(self._titled.get(facts.title, ()))
        return self._same.get(facts) or next(
            (name for name in namesakes if not self._contradicts(name, facts)), None
        )

    def _contradicts(self, name: str, facts: Facts) -> bool:
        for field in ("arxiv", "doi", "year"):
            known = {getattr(other, field) for other in self._facts[name]} - {"", 0}
            stated = getattr(facts, field)
            if stated and known and stated not in known:
                return True
        return False
