"""What a text is made of: the values between the one scanner and its three writers."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec


class Formula(msgspec.Struct, frozen=True):
    """Mathematics, as TeX without its delimiters."""

    tex: str
    display: bool = False
    """Whether it stands on a line of its own: `$$...$$` or `\\[...\\]`."""


class Begin(msgspec.Struct, frozen=True):
    """The start of a styled stretch or a link. Its `End` follows; the two nest properly."""

    tag: str
    """The HTML element that shows it."""
    url: str = ""
    """Where a link goes; empty for what is no link."""


class End(msgspec.Struct, frozen=True):
    """The end of what the innermost `Begin` began."""

    tag: str


Segment = str | Formula | Begin | End
"""A plain string is words, ready to show, not escaped."""


class Line(NamedTuple):
    """What a reader reads."""

    text: str
    braces: Mapping[int, int]
    """Where each opening brace closes."""


class Reading(NamedTuple):
    """What a reader makes of a place in a line."""

    segments: tuple[Segment, ...]
    resume: int
    """Where the scanner goes on."""
    closing: int | None = None
    """Where the argument that begins here has its closing brace."""
    ending: Segment = ""
    """What stands in that brace's place."""


CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that no output may hold.

Controls and surrogates, which XML forbids; line and paragraph separators; and the directional embeddings,
overrides and isolates (UAX #9), with which a title could reorder the page around it.
"""


def clean(text: str) -> str:
    """Return one line of text without control characters; those that are white space become spaces."""
    if text.isprintable():
        return text
    return CONTROL.sub(lambda control: " " if control[0].isspace() else "", text)
