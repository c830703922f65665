"""What a parser of listings is given, and what it returns."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec

from generator.model import Stated
from generator.problem import Location, Problem

_SHOWS_NOTHING = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""What a browser shows as nothing: zero-width spaces and joiners, direction marks, a byte order mark."""
_SPACES = " \t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_QUOTED = 60
_AND = re.compile(r"(?:and|or|to|nor|vs\.?|und|oder|et|ou)(?:\s|\Z)")
_HALF_A_LINK = re.compile(
    r"https?://(?:(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co)/(?:[\w.-]+/)?)?\Z"
)
_QUOTE = re.compile(r"\A(?:> ?)+")
_GOES_ON_AT_A_SLASH = re.compile(r"https?:(?:/|//\S*)?\Z")
BLANK = _SHOWS_NOTHING + _SPACES + "".join(map(chr, range(0x2000, 0x200B)))
"""The characters that make no text: a line of them is blank."""


class Span(msgspec.Struct, frozen=True, order=True):
    """Lines of a file, first and last, counted from 1, both included."""

    first: int
    last: int
    column: int = 0
    """Column of the first line where a record begins, counted from 1; 0 where it has whole lines."""
    last_column: int = 0
    """Column of the last line where it ends, included."""


class Part(NamedTuple):
    """A piece of a line that a link covers, or that lies between links."""

    text: str
    href: str
    """Where the link leads; empty where there is no link."""


class Line(NamedTuple):
    """A line that is not blank."""

    number: int
    """Place in the file, counted from 1."""
    text: str
    """What it says, without the white space around it."""
    parts: tuple[Part, ...] = ()
    """Its links and what lies between them; empty where the page is plain text."""
    heading: int = 0
    """Level of the heading that it is; 0 where it is none."""


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
        """Yield the lines that are not blank; one that holds a zero-width space only is blank."""
        for number, text in enumerate(self.lines, start=1):
            if stripped := text.strip(BLANK):
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
    is_year_guessed: bool = False
    """Whether the page has no year for `published`, and it is the one before the issue."""


class Parse(msgspec.Struct, frozen=True, kw_only=True):
    """A listing, taken apart: entries, boilerplate and the problems' lines together cover every line."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    boilerplate: tuple[Span, ...] = ()
    """Lines that are the page's own words around its entries, and blank ones."""
    source: str = ""
    """The name of the format; empty where it is unknown, or there are several files in one."""


def without_quote_marks(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return lines without the marks of a quotation (``> ``), if nine in ten of the written ones have one."""
    written = sum(bool(line.strip(BLANK)) for line in lines)
    quoted = sum(line.startswith(">") for line in lines)
    if quoted * 10 < written * 9:
        return lines
    return tuple(_QUOTE.sub("", line) for line in lines)


def quote(text: str) -> str:
    """Return the text for a message: only its beginning, where it is long."""
    return f"'{text}'" if len(text) <= _QUOTED else f"'{text[:_QUOTED].rstrip()} ...'"


def join(lines: Iterable[str]) -> str:
    """Return lines as one, by a space, but for a word that was parted at its hyphen, and for a link.

    EXAMPLE::

        end-to-     pre-            the long
        end     ->  and post-   ->  window
        end-to-end  pre- and post-  the long window
    """
    texts = list(lines)
    joined = texts[:1]
    for above, below in pairwise(texts):
        is_one_word = _is_parted_link(above, below) or _is_parted_word(above, below)
        joined.append(below if is_one_word else f" {below}")
    return "".join(joined)


def _is_parted_link(above: str, below: str) -> bool:
    return bool(_HALF_A_LINK.search(above) or (below[:1] == "/" and _GOES_ON_AT_A_SLASH.search(above)))


def _is_parted_word(above: str, below: str) -> bool:
    return above[-1:] == "-" and above[-2:-1].isalnum() and below[:1].isalnum() and not _AND.match(below)
