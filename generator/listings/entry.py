"""What a parser of listings is given, and what it returns."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec

from generator.model import Stated
from generator.problem import Location, Problem


class Span(msgspec.Struct, frozen=True, order=True):
    """Lines of a file, first and last, counted from 1, both included."""

    first: int
    last: int


class Line(NamedTuple):
    """A line that is not blank."""

    number: int
    """Place in the file, counted from 1."""
    text: str
    """What it says, without the white space around it."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A text that someone wrote, naming papers."""

    path: str
    issue: dt.date | None
    """The day it is filed under, where its name states one."""
    lines: tuple[str, ...]
    """The text, split at its line breaks."""

    def written(self) -> Iterator[Line]:
        """Yield the lines that are not blank."""
        for number, text in enumerate(self.lines, start=1):
            if stripped := text.strip():
                yield Line(number, stripped)

    def between(self, lines: Iterable[Line]) -> tuple[Span, ...]:
        """Return all that lies before, between and after the lines, which are in the file's order."""
        edges = [0, *(line.number for line in lines), len(self.lines) + 1]
        return tuple(Span(above + 1, below - 1) for above, below in pairwise(edges) if below - above > 1)

    def at(self, first: int, last: int = 0, column: int = 0) -> Location:
        """Return a place in the file: a line, or several, or a column of one, all counted from 1."""
        text = self.lines[first - 1]
        return Location(path=self.path, line=first, column=column, last_line=last, text=text)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One paper as one listing names it."""

    position: int
    """Place in the listing, counted from 1."""
    span: Span
    """The lines it was read from."""
    stated: Stated
    votes: int | None = None
    discussion: int | None = None


class Parse(msgspec.Struct, frozen=True, kw_only=True):
    """A listing, taken apart: entries, furniture and the problems' lines together cover every line."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    furniture: tuple[Span, ...] = ()
    """Lines that are the page's own words around its entries, and blank ones."""
