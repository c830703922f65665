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
    column: int = 0
    """Column of the first line where a record begins, counted from 1; 0 where it has whole lines."""
    last_column: int = 0
    """Column of the last line where it ends, included."""


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

    @property
    def text(self) -> str:
        """The lines, joined by line feeds."""
        return "\n".join(self.lines)

    def written(self) -> Iterator[Line]:
        """Yield the lines that are not blank."""
        for number, text in enumerate(self.lines, start=1):
            if stripped := text.strip():
                yield Line(number, stripped)

    def between(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return what lies before, between and after the spans, which are in the file's order."""
        edges = [Span(0, 0), *spans, Span(len(self.lines) + 1, 0)]
        gaps = (Span(above.last + 1, below.first - 1) for above, below in pairwise(edges))
        return tuple(gap for gap in gaps if gap.first <= gap.last)

    def at(self, span: Span) -> Location:
        """Return the place of some lines."""
        last = span.last if span.last > span.first else 0
        text = self.lines[span.first - 1]
        return Location(path=self.path, line=span.first, column=span.column, last_line=last, text=text)

    def within(self, line: int, column: int) -> Location:
        """Return a place within a line; lines and columns count from 1."""
        return Location(path=self.path, line=line, column=column, text=self.lines[line - 1])


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
