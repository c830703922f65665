"""Titles and abstracts that stand in turn, a line each, and what is left where one of them is missing.

A page marks neither. Position tells them apart as long as nothing is missing; these rules find the next whole
paper where something is:

- a title is a line of at most 300 characters (the longest seen has 170);
- an abstract ends as a sentence does, or with a URL, or is longer than any title;
- a line that is neither is a stray, and so is the paper above it if its abstract breaks off in mid-sentence:
  the stray may be the rest of it.
"""

from collections.abc import Sequence

from generator.listings.entry import Line, Listing
from generator.problem import Problem, error

LONGEST_TITLE = 300
_CLOSING = "\"'”’)]}»*_"
_SENTENCE_ENDS = (".", "!", "?", "…", "。")
_QUOTED = 60


def may_be_title(text: str) -> bool:
    """Tell whether a line is short enough for a title."""
    return len(text) <= LONGEST_TITLE


def ends_whole(text: str) -> bool:
    """Tell whether a text ends as a sentence does, or with a URL: an abstract that was cut seldom does."""
    return text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS) or "://" in text.rsplit(maxsplit=1)[-1]


def pair(lines: Sequence[Line]) -> tuple[list[list[Line]], list[list[Line]]]:
    """Return the papers, each a title and its abstract, and the strays between them, adjacent ones together."""
    papers: list[list[Line]] = []
    strays: list[list[Line]] = []
    index = 0
    while index < len(lines):
        if _is_paper(lines[index : index + 2]):
            papers.append(list(lines[index : index + 2]))
            index += 2
            continue
        stray = lines[index]
        above = lines[index - 1] if index else None
        if strays and strays[-1][-1] == above:
            strays[-1].append(stray)
        elif papers and papers[-1][-1] == above and not ends_whole(papers[-1][-1].text):
            strays.append([*papers.pop(), stray])
        else:
            strays.append([stray])
        index += 1
    return papers, strays


def _is_paper(lines: Sequence[Line]) -> bool:
    if len(lines) < 2 or not may_be_title(lines[0].text):
        return False
    return ends_whole(lines[1].text) or not may_be_title(lines[1].text)


def stray(listing: Listing, lines: Sequence[Line]) -> Problem:
    """Return the error of lines that are no whole paper, in the midst of a page."""
    return error(
        listing.at(lines[0].number, lines[-1].number),
        f"{quote(lines[0].text)} is part of no whole paper: a title and then its abstract.",
        "Add the line that is missing, or delete what is left over.",
    )


def cut(listing: Listing, lines: Sequence[Line], missing: str, hint: str) -> Problem:
    """Return the error of a text that ends within a paper."""
    return error(
        listing.at(lines[0].number, lines[-1].number),
        f"This listing ends inside a paper: {quote(lines[0].text)} has {missing}.",
        f"Capture the page again to its end, or {hint}.",
    )


def quote(text: str) -> str:
    """Return the text for a message: its beginning alone, where it is long."""
    return f"'{text}'" if len(text) <= _QUOTED else f"'{text[:_QUOTED].rstrip()} ...'"
