r"""Decide which entries are the same paper, so that each paper has one record.

Two entries are one paper if they have the same arXiv identifier, else the same DOI, else the same title.
Entries of one title are still two papers if their identifiers differ; if their years differ and their
abstracts are not the same (a year may be a guess from the issue, where a page states days only); or if their
titles differ by a sign (C, C++, C#) and their abstracts differ too. Titles are compared as they are shown, so
that ``$\tau$-bench`` is ``τ-bench``. A paper without identifier and title is known by its abstract. Likeness
beyond that proves nothing.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Set
from typing import NamedTuple

import msgspec

from generator.model import Stated
from generator.text import plain


class Identity(NamedTuple):
    """What identifies a paper. A field is empty if nothing is stated."""

    arxiv: str
    doi: str
    title: str
    """Its key: empty where there is no title, or one without letters and digits."""
    content: str
    """A digest that identifies a paper without identifier and title; else empty."""
    signs: str
    """The title's signs that tell titles of the same letters apart."""
    year: int
    abstract: str
    """A piece of its digest."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What two papers share, one of these, if they may be one."""
        return tuple(filter(None, self[:4]))

    def has_one_of(self, keys: Set[str]) -> bool:
        """Tell whether the paper has one of the keys, none of which is empty."""
        return not keys.isdisjoint(self[:4])

    def has_another_identifier(self, other: "Identity") -> bool:
        """Tell whether two papers cannot be one, since their arXiv identifiers or DOIs differ."""
        pairs = (self.arxiv, other.arxiv), (self.doi, other.doi)
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def identity_of(stated: Stated) -> Identity:
    """Return the identity of a paper with these statements; its abstract is a digest, as in receipts."""
    title = unicodedata.normalize("NFKC", plain(stated.title or ""))
    arxiv, doi, key = stated.arxiv or "", (stated.doi or "").casefold(), title_key(title)
    return Identity(
        arxiv=arxiv,
        doi=doi,
        title=key,
        content="" if arxiv or doi or key else stated.abstract or statement_digest(stated),
        signs="".join(SIGNS.findall(title)),
        year=stated.published.year if stated.published else 0,
        abstract=(stated.abstract or "").rpartition(":")[2][:16],
    )


SIGNS = re.compile(
    r"[!?&+#*@%^|~<>=\u00a9\u00ae\u00b0\u00b1\u00d7\u00f7\u2190-\u22ff$\u20a0-\u20bf]"
    r"|(?<=\w)--+(?!\S)|(?<!\S)\.(?=\w)|(?<=\w)['\u2032\u2019](?!\S)"
)
"""Signs that are part of a name, a formula or a question: those of C++, C#, A*, C--, C!, .NET, f', Recall@k.
In other punctuation the copies of one title differ."""


def statement_digest(stated: Stated) -> str:
    """Return a digest of all that is stated, in hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(stated, order="deterministic")).hexdigest()


def title_key(title: str) -> str:
    """Return the letters, marks and digits of a title, in one spelling; empty without a letter or digit.

    Of any script, by NFKC and case folding (Unicode Standard Annex 15; The Unicode Standard, 3.13).
    """
    if title.isascii():  # as most are; it takes a tenth of the time
        return "".join(filter(str.isalnum, title.lower()))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    key = "".join(character for character in folded if unicodedata.category(character)[0] in "LMN")
    return key if any(map(str.isalnum, key)) else ""


class IdentityIndex:
    """Finds the paper of an identity among those that one source knows, each by the id of its record."""

    def __init__(self, identities: defaultdict[str, set[Identity]]) -> None:
        """Begin an empty index. `identities` has those of all sources by id, and each `add` adds to it."""
        self._identities = identities
        self._same: dict[tuple[object, ...], str] = {}
        self._identified: dict[str, str] = {}
        self._titled: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, identity: Identity, name: str) -> None:
        """Remember that the paper `name` has this identity too."""
        self._identities[name].add(identity)
        self._same.setdefault(identity[:-1], name)
        for identifier in filter(None, (identity.arxiv, identity.doi, identity.content)):
            self._identified.setdefault(identifier, name)
        if identity.title:
            self._titled[identity.title].add(name)

    def same(self, identity: Identity) -> str | None:
        """Return the paper that was known by this very identity, whatever its abstract."""
        return self._same.get(identity[:-1])

    def identified(self, identity: Identity) -> str | None:
        """Return the paper of the same arXiv identifier, else DOI, else content."""
        found = (self._identified.get(name) for name in (identity.arxiv, identity.doi, identity.content))
        return next(filter(None, found), None)

    def titled(self, identity: Identity) -> str | None:
        """Return the paper of the same title, unless the two contradict each other.

        Of several, the first by id, which is mostly the one made first, whatever order they were met in.
        """
        namesakes = sorted(self._titled.get(identity.title, ()))
        return self.same(identity) or next(
            (name for name in namesakes if not self._contradicts(name, identity)), None
        )

    def _contradicts(self, name: str, identity: Identity) -> bool:
        """Tell whether identifiers differ from all that are known, or years or signs and the abstract."""
        known = self._identities[name]
        if _differs(identity.arxiv, {one.arxiv for one in known}):
            return True
        if _differs(identity.doi, {one.doi for one in known}):
            return True
        if _differs(identity.year, {one.year for one in known}):
            abstracts = {one.abstract for one in known if one.title == identity.title}
            if not identity.abstract or identity.abstract not in abstracts:
                return True
        # a title without signs states that it has none
        has_other_signs = identity.signs not in {one.signs for one in known}
        return has_other_signs and _differs(identity.abstract, {one.abstract for one in known})


def _differs(stated: str | int, known: Set[str] | Set[int]) -> bool:
    """Tell whether a value differs from all that are known. An empty one says nothing."""
    return bool(stated) and stated not in known and any(known)
