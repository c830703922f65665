"""The parts of a text: the values that the scanner returns and the writers take."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec


class Formula(msgspec.Struct, frozen=True):
    """Mathematics, as TeX without its delimiters."""

    tex: str
    display: bool = False
    """Whether it is set on a line of its own: `$$...$$` or `\\[...\\]`."""


class Begin(msgspec.Struct, frozen=True):
    """The start of a styled stretch or a link. Its `End` follows; the two nest properly."""

    tag: str
    """The HTML element."""
    url: str = ""
    """A link's target; empty for other elements."""


class End(msgspec.Struct, frozen=True):
    """The end of the innermost `Begin`."""

    tag: str


Segment = str | Formula | Begin | End
"""A string is text to show, not escaped."""


class SourceLine(NamedTuple):
    """A line as its parsers get it."""

    text: str
    braces: Mapping[int, int]
    """By place of each opening brace, the place of its closing one."""
    dollars: Mapping[int, "Parsed"] = MappingProxyType({})
    """By place of each dollar that begins something, what it begins."""


class Parsed(NamedTuple):
    """What a parser found at a place in a line."""

    segments: tuple[Segment, ...]
    resume: int
    """Where the scanner goes on."""
    closing: int | None = None
    """The place of the closing brace of an argument that begins here."""
    ending: Segment = ""
    """What replaces that brace."""


CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that no output may contain.

Controls and surrogates, which XML forbids; line and paragraph separators; and the directional embeddings,
overrides and isolates (UAX #9), with which a title could reorder the page around it.
"""


def clean(text: str) -> str:
    """Return one line of text without control characters; those that are white space become spaces."""
    if text.isprintable():
        return text
    return CONTROL.sub(lambda control: " " if control[0].isspace() else "", text)
