"""Parse a listing into entries, each with the identity of its paper."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from generator.files import digest
from generator.ingest.identity import Identity, identity_of
from generator.ingest.receipts import digested
from generator.library.paths import LISTINGS
from generator.listings import FORMATS, Entry, issue_of, parse
from generator.model import Stated
from generator.problem import Problem

FORMAT_NAMES = tuple(form.NAME for form in FORMATS)


class ParsedEntry(NamedTuple):
    """One paper, as a listing names it."""

    entry: Entry
    stated: Stated
    """What it states, as receipts hold it: a digest in the abstract's place."""
    identity: Identity


class ParsedListing(msgspec.Struct, frozen=True, kw_only=True):
    """A listing below `content/listings/`, parsed."""

    name: str
    issue: dt.date | None
    digest: bytes
    """Of its bytes."""
    entries: tuple[ParsedEntry, ...]
    problems: tuple[Problem, ...] = ()
    is_empty: bool = False
    """Whether it is a page without papers, as on a weekend: only boilerplate."""
    source: str = ""
    """The name of its format; empty where that cannot be told."""
    format_name: str | None = None
    """The format that a person named, where its content does not tell."""
    anyway: str | None = None
    """Why a person filed it, although something spoke against it."""

    @property
    def path(self) -> str:
        """Where it is, relative to the digest's folder."""
        return f"{LISTINGS}{self.name}"

    @property
    def size(self) -> int:
        """How many entries it has."""
        return len(self.entries)

    @property
    def keys(self) -> set[str]:
        """The keys of all its papers' identities."""
        return {key for one in self.entries for key in one.identity.keys}


def parse_listing(
    name: str, data: bytes, format_name: str | None = None, anyway: str | None = None
) -> ParsedListing:
    """Parse the bytes of a listing that has, or is to have, this name."""
    issue = issue_of(name)
    found = parse(data, f"{LISTINGS}{name}", issue, format_name)
    lines = data.removesuffix(b"\n").count(b"\n") + 1
    return ParsedListing(
        name=name,
        issue=issue,
        digest=digest(data),
        entries=tuple(
            ParsedEntry(entry, stated := digested(entry.stated), identity_of(stated))
            for entry in found.entries
        ),
        problems=found.problems,
        is_empty=not found.entries and sum(span.last - span.first + 1 for span in found.boilerplate) >= lines,
        source=format_name or found.source,
        format_name=format_name,
        anyway=anyway,
    )


def at(path: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems with another path: that of a file with the same text."""
    return tuple(
        msgspec.structs.replace(problem, location=msgspec.structs.replace(problem.location, path=path))
        for problem in problems
    )
