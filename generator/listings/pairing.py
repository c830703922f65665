"""Titles and abstracts that stand in turn, a line each, and what is left where one of them is missing.

A page marks neither. Position tells them apart as long as nothing is missing; these rules find the next whole
paper where something is:

- a title is a line of at most 300 characters (the longest seen has 170);
- an abstract is longer, or ends with a full stop or a URL (titles may be questions, but hardly statements);
- a line that is neither is a stray, and so is the paper above it if its abstract breaks off in mid-sentence:
  the stray may be the rest of it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from generator.listings.entry import Line, Listing
from generator.problem import Problem, error

LONGEST_TITLE = 300
_CLOSING = "\"'\u2019\u201d\u00bb)]}*_"
_FULL_STOPS = (".", "…", "。")
_QUOTED = 60


class Passage(NamedTuple):
    """Adjacent lines: a paper, which begins with its title and its abstract, or strays."""

    lines: list[Line]
    is_paper: bool


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
            passages.append(Passage([title, *below], is_paper=True))
            index += 2
            continue
        above = passages.pop() if passages and not _is_complete(passages[-1]) else Passage([], is_paper=False)
        above.lines.append(title)
        passages.append(Passage(above.lines, is_paper=False))
        index += 1
    return passages


def _is_complete(passage: Passage) -> bool:
    return passage.is_paper and ends_whole(passage.lines[-1].text)


def stray(listing: Listing, lines: Sequence[Line]) -> Problem:
    """Return the error of lines that are no whole paper, in the midst of a page."""
    return error(
        listing.at(lines[0].number, lines[-1].number),
        f"{quote(lines[0].text)} is part of no whole paper: a title and then its abstract.",
        "Add the line that is missing, or delete what is left over.",
    )


def cut(listing: Listing, lines: Sequence[Line]) -> Problem:
    """Return the error of a page that ends within a paper."""
    place, title = listing.at(lines[0].number, lines[-1].number), quote(lines[0].text)
    if len(lines) == 1:
        message = f"This listing ends inside a paper: {title} has no abstract."
        return error(place, message, "Capture the page again to its end, or delete the line.")
    return error(
        place,
        f"This listing ends inside a paper: {title} is not whole.",
        "Capture the page again to its end; if that is all it says, add a line 'Subscribe' below.",
    )


def quote(text: str) -> str:
    """Return the text for a message: its beginning alone, where it is long."""
    return f"'{text}'" if len(text) <= _QUOTED else f"'{text[:_QUOTED].rstrip()} ...'"
