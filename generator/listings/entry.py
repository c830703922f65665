"""What a parser of listings returns."""

import msgspec

from generator.model import Stated
from generator.problem import Problem


class Span(msgspec.Struct, frozen=True, order=True):
    """Lines of a file, first and last, counted from 1, both included."""

    first: int
    last: int


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
