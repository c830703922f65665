"""Titles and abstracts that stand in turn, a line each, and what is left where one of them is missing.

A page marks neither. Position tells them apart as long as nothing is missing; these rules find the next whole
paper where something is:

- a title is a line of at most 300 characters (the longest seen has 170);
- an abstract is longer, or ends with a full stop or a URL (titles may be questions, but hardly statements);
- a line that is neither is a stray, and so is the paper above it if its abstract breaks off in mid-sentence:
  the stray may be the rest of it.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from generator.listings.entry import Line, Listing, Span
from generator.problem import Problem, error

LONGEST_TITLE = 300
_FULL_STOPS = (".", "\u2026", "\u3002")
_CLOSING = "\"'\u2019\u201d\u00bb)]}*_"
_QUOTED = 60


class Kind(Enum):
    """What some lines of a page are."""

    PAPER = auto()
    STRAYS = auto()
    """Lines that are no whole paper, in the midst of a page."""
    CUT = auto()
    """The paper that a page ends in."""


class Passage(NamedTuple):
    """Lines that belong together. A paper's begin with its title and its abstract."""

    lines: list[Line]
    kind: Kind

    @property
    def span(self) -> Span:
        """The lines' place, with all that lies between them."""
        return Span(self.lines[0].number, self.lines[-1].number)


def may_be_title(text: str) -> bool:
    """Tell whether a line is short enough for a title."""
    return len(text) <= LONGEST_TITLE


def reads_as_abstract(text: str) -> bool:
    """Tell whether a line is no title."""
    return not may_be_title(text) or _ends_with(_FULL_STOPS, text)


def ends_whole(text: str) -> bool:
    """Tell whether a text ends as a sentence does, or with a URL: one that was cut seldom does."""
    return _ends_with((*_FULL_STOPS, "!", "?"), text)


def _ends_with(marks: tuple[str, ...], text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(marks) or "://" in text.rsplit(maxsplit=1)[-1]


def pair(lines: Sequence[Line]) -> list[Passage]:
    """Return the papers and, between them, the strays; adjacent strays are one passage."""
    passages: list[Passage] = []
    index = 0
    while index < len(lines):
        title, *below = lines[index : index + 2]
        if below and may_be_title(title.text) and reads_as_abstract(below[0].text):
            passages.append(Passage([title, *below], Kind.PAPER))
            index += 2
        else:
            above = passages.pop().lines if passages and not _is_complete(passages[-1]) else []
            above.append(title)
            passages.append(Passage(above, Kind.STRAYS))
            index += 1
    return passages


def _is_complete(passage: Passage) -> bool:
    return passage.kind is Kind.PAPER and ends_whole(passage.lines[-1].text)


def flaws(listing: Listing, passages: Sequence[Passage]) -> list[Problem]:
    """Return an error for each passage that is no paper."""
    return [_flaw(listing, passage) for passage in passages if passage.kind is not Kind.PAPER]


def _flaw(listing: Listing, passage: Passage) -> Problem:
    place, name = listing.at(passage.span), quote(passage.lines[0].text)
    if passage.kind is Kind.STRAYS:
        message = f"{name} is part of no whole paper: a title and then its abstract."
        return error(place, message, "Add the line that is missing, or delete what is left over.")
    if len(passage.lines) == 1:
        message = f"This listing ends inside a paper: {name} has no abstract."
        return error(place, message, "Capture the page again to its end, or delete the line.")
    message = f"This listing ends inside a paper: {name} is not whole."
    hint = "Capture the page again to its end; if that is all it says, add a line 'Subscribe' below."
    return error(place, message, hint)


def quote(text: str) -> str:
    """Return the text for a message: its beginning alone, where it is long."""
    return f"'{text}'" if len(text) <= _QUOTED else f"'{text[:_QUOTED].rstrip()} ...'"
