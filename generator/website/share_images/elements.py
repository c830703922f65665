"""What a share image says, and the words and rules that it is set in."""

from enum import StrEnum, auto
from typing import NamedTuple

import msgspec


class ShareImage(msgspec.Struct, frozen=True, kw_only=True):
    """What a share image says, from top to foot: text of any length, in any script."""

    nameplate: str
    label: str = ""
    pick: bool = False
    headings: tuple[str, ...]
    """What it is about: the first of these that the fonts can show is set large."""
    motto: str = ""
    titles: tuple[str, ...] = ()
    """Of papers: as many as there is room for, a line each."""
    who: str = ""
    facts: str = ""


class Face(StrEnum):
    """A typeface, of one weight."""

    BOLD = auto()
    SERIF = auto()
    SANS = auto()


class Ink(StrEnum):
    """A colour of the site."""

    BLACK = auto()
    GREY = auto()
    RED = auto()


class Style(NamedTuple):
    """How words are set."""

    face: Face
    size: int
    """Pixels to the em."""
    ink: Ink = Ink.BLACK
    tracking: int = 0
    """Pixels added behind each letter."""


class Words(NamedTuple):
    """Words in their place."""

    x: int
    baseline: int
    text: str
    style: Style


class Rule(NamedTuple):
    """A line across the page."""

    y: int
    thickness: int
    ink: Ink
