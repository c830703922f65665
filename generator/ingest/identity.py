r"""One paper, one record: by what a paper is known, and which of the known ones an entry names.

Same arXiv identifier, else same DOI, else same title, unless the two state different identifiers, or
different years without having the same abstract, or their titles differ by a sign (C, C++, C#) and their
abstracts differ too. (A year may be a guess from the issue, where a page states days only.) Titles are
compared as they are shown, so that ``$\tau$-bench`` is ``τ-bench``. A paper without any of the three is
known by its abstract. Likeness beyond that proves nothing.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from typing import NamedTuple

import msgspec

from generator.model import Stated
from generator.text import plain


class Identity(NamedTuple):
    """By what a paper is known. Every field is empty where nothing is stated."""

    arxiv: str
    doi: str
    title: str
    """Its key: empty where there is no title, or one without letters and digits."""
    content: str
    """A digest to know a paper by that has neither identifier nor title; else empty."""
    signs: str
    """The title's signs that tell titles of the same letters apart."""
    year: int
    abstract: str
    """A piece of its digest."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What two papers share, one of these, if they may be one."""
        return tuple(filter(None, self[:4]))

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
    """The papers that one source knows: which of them, by the id of its record, has an identity."""

    def __init__(self, identities: defaultdict[str, set[Identity]]) -> None:
        """Begin an index; `identities` are those that any source knows, by id, and grow with it."""
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
        differ = {field for field in Identity._fields if self._differs(name, identity, field)}
        if differ & {"arxiv", "doi"}:
            return True
        known = {other.abstract for other in self._identities[name] if other.title == identity.title}
        is_same_text = bool(identity.abstract) and identity.abstract in known
        return ("year" in differ and not is_same_text) or differ >= {"signs", "abstract"}

    def _differs(self, name: str, identity: Identity, field: str) -> bool:
        known, stated = {getattr(other, field) for other in self._identities[name]}, getattr(identity, field)
        if field != "signs":  # a title without signs states that, a paper without year states nothing
            known -= {"", 0}
        return bool(known) and stated not in known and (bool(stated) or field == "signs")
