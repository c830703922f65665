"""Text into lines of a measure. Widths are those of the letters, added up: there is no kerning."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

Width = Callable[[str], int]
"""Tells how wide a text is, in pixels."""

TOKEN = re.compile(r"[^ ]+?(?:(?<=\w\w)[-\N{EN DASH}](?=\w\w)| |$)")
"""What stays together: a word with the space behind it, or the part of one up to a hyphen."""
ENDS = " ,;:-\N{EN DASH}"
"""What an ellipsis does not follow."""


class Token(NamedTuple):
    """What is not broken, and how wide it is."""

    text: str
    width: int
    bare: int
    """Without the space behind it."""


def wrapped(text: str, measure: int, width: Width) -> list[str]:
    """Return the fewest lines of a text, their lengths as even as that allows.

    Only a word that is wider than the measure is broken.
    """
    tokens = list(_tokens(text, measure, width))
    fewest = len(_lines(tokens, measure))
    narrowest = bisect_left(range(measure), True, key=lambda narrow: len(_lines(tokens, narrow)) <= fewest)
    return _lines(tokens, narrowest)


def fitted(text: str, measure: int, width: Width) -> str:
    """Return as many whole words as fit into one line; an ellipsis replaces the others."""
    if width(text) <= measure:
        return text
    whole = _longest(text, measure - width(" …"), width)
    if " " in whole and not text[len(whole) :].startswith(" "):
        whole = whole[: whole.rindex(" ")]
    return f"{whole.rstrip(ENDS)} …" if whole else ""


def _tokens(text: str, measure: int, width: Width) -> Iterator[Token]:
    for token in TOKEN.findall(text):
        rest = token
        while width(rest.rstrip()) > measure:
            piece = _longest(rest, measure, width) or rest[0]
            yield Token(piece, width(piece), width(piece))
            rest = rest[len(piece) :]
        if rest:
            yield Token(rest, width(rest), width(rest.rstrip()))


def _longest(text: str, measure: int, width: Width) -> str:
    """Return the longest beginning that is no wider than the measure."""
    taken = 0
    for end, character in enumerate(text):
        taken += width(character)
        if taken > measure:
            return text[:end]
    return text


def _lines(tokens: list[Token], measure: int) -> list[str]:
    """Return the lines that tokens fill one after the other; a token that is too wide has its own."""
    lines: list[str] = []
    room = 0
    for token in tokens:
        if not lines or token.bare > room:
            lines.append("")
            room = measure
        lines[-1] += token.text
        room -= token.width
    return [line.rstrip() for line in lines]
