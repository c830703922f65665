"""Find the papers that a note names, by a link or by how their titles begin: "Large Language Monkeys"."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

_LINK = re.compile(r"\]\(/(papers/[^/)\s]+)/?\)")
_CAPITALS = re.compile(r"[A-Z]\w*(?:[ -][A-Z]\w*)+|[A-Z]\w*[A-Z]\w*")
"""Two capitalised words or more, or one with a capital inside."""
LONGEST = 16
"""Words of a name."""


def name_of(title: str) -> str:
    """Return the name that a title begins with, up to its colon; empty if it has no such name."""
    name, colon, _ = title.partition(":")
    return name if colon and _CAPITALS.fullmatch(name) else ""


def names_in(note: str) -> tuple[str, ...]:
    """Return what a note may name papers by: addresses on the site; names, also without first words."""
    found = dict.fromkeys(_LINK.findall(note))
    for match in _CAPITALS.finditer(note):
        words = match[0].split(" ")
        firsts = range(max(0, len(words) - LONGEST), len(words))
        found |= dict.fromkeys(" ".join(words[first:]) for first in firsts)
    return tuple(name for name in found if name.startswith("papers/") or _CAPITALS.fullmatch(name))


class Named(Protocol):
    """A paper of an index."""

    @property
    def name(self) -> str:
        """The name that its title begins with."""

    @property
    def naming(self) -> tuple[str, ...]:
        """What its note names."""


class Namings(msgspec.Struct, frozen=True):
    """Who names whom. Only names that some note uses are kept."""

    namers: Mapping[str, frozenset[str]] = {}
    """Slugs of the papers whose notes use a name."""
    owners: Mapping[str, frozenset[str]] = {}
    """Slugs of the papers that have it."""

    @classmethod
    def of(cls, papers: Mapping[str, Named]) -> "Namings":
        """Return those of papers by slug."""
        namers: dict[str, set[str]] = {}
        owners: dict[str, set[str]] = {}
        for slug, paper in papers.items():
            for name in paper.naming:
                namers.setdefault(name, set()).add(slug)
        if namers:
            for slug, paper in papers.items():
                for name in names(slug, paper):
                    if name in namers:
                        owners.setdefault(name, set()).add(slug)
        return cls(*({name: frozenset(slugs) for name, slugs in side.items()} for side in (namers, owners)))

    def concerns(self, slug: str, paper: Named) -> bool:
        """Return whether a change of a paper may change who names whom."""
        return bool(paper.naming) or any(name in self.namers for name in names(slug, paper))

    def named_by(self, slug: str, paper: Named) -> set[str]:
        """Return the other papers that a paper's note names."""
        return {owner for name in paper.naming for owner in self.owners.get(name, ())} - {slug}

    def naming(self, slug: str, paper: Named) -> set[str]:
        """Return the other papers whose notes name a paper."""
        return {namer for name in names(slug, paper) for namer in self.namers.get(name, ())} - {slug}

    def differing(self, other: "Namings") -> Iterator[str]:
        """Yield the papers for which it differs from another one."""
        for mine, theirs in ((self.namers, other.namers), (self.owners, other.owners)):
            for name in mine.keys() | theirs.keys():
                if mine.get(name) != theirs.get(name):
                    for side in (self, other):
                        yield from side.namers.get(name, ())
                        yield from side.owners.get(name, ())


def names(slug: str, paper: Named) -> tuple[str, ...]:
    """Return what a paper may be named by."""
    return (f"papers/{slug}", paper.name) if paper.name else (f"papers/{slug}",)
