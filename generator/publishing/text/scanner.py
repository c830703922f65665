r"""Text -> segments: one pass from left to right that every output shares.

The scanner looks for marks, and asks the mark's reader what it means. A reader is a pure function of the text
and a place; where it answers None, the mark stays as typed. An argument in braces is not read recursively:
its ending waits on a stack until the scanner arrives there, so that no nesting costs more than its length.
"""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from generator.publishing.text.damage import mended
from generator.publishing.text.formulas import read_formula
from generator.publishing.text.links import read_address
from generator.publishing.text.macros import read_group, read_macro
from generator.publishing.text.punctuation import curled, read_dash, read_tie
from generator.publishing.text.segments import Begin, End, Reading, Segment, clean

MARK = re.compile(r"https?://|--+|\{\\|\\|\$|~")
BRACE = re.compile(r"\\.|[{}]")
DEEPEST = 8
"""Styles and links nest no deeper; beyond, macros stay as typed."""


class Pending(NamedTuple):
    """An ending and the closing brace it waits for."""

    brace: int
    ending: Segment


def scan(text: str) -> tuple[Segment, ...]:
    """Return one line of a listing's text as segments, words mended and ready to show."""
    text = curled(clean(text))
    braces = _matching_braces(text) if "{" in text else {}
    segments: list[Segment] = []
    pending: list[Pending] = []
    position = 0
    while True:
        limit = pending[-1].brace if pending else len(text)
        mark = MARK.search(text, position, limit)
        segments.append(text[position : mark.start() if mark else limit])
        if mark:
            reading = _read(text, mark, braces, pending)
            segments += reading.segments
            if reading.closing >= 0:
                pending.append(Pending(reading.closing, reading.ending))
            position = reading.resume
        elif pending:
            segments.append(pending.pop().ending)
            position = limit + 1
        else:
            return _joined(segments)


def _read(text: str, mark: re.Match[str], braces: Mapping[int, int], pending: list[Pending]) -> Reading:
    as_typed = Reading((mark[0],), mark.end())
    reading = _meaning(text, mark.start(), braces)
    if reading is None or (reading.closing >= 0 and len(pending) == DEEPEST):
        return as_typed
    return _unlinked(reading) if any(waiting.ending == End("a") for waiting in pending) else reading


def _meaning(text: str, start: int, braces: Mapping[int, int]) -> Reading | None:
    match text[start]:
        case "h":
            return read_address(text, start)
        case "-":
            return read_dash(text, start)
        case "~":
            return read_tie(text, start)
        case "$":
            return read_formula(text, start)
        case "{":
            return read_group(text, start, braces)
        case _ if text.startswith((r"\(", r"\["), start):
            return read_formula(text, start)
        case _:
            return read_macro(text, start, braces)


def _unlinked(reading: Reading) -> Reading:
    """Return the reading without the link it may begin: HTML has no link in a link."""
    if not any(isinstance(segment, Begin) and segment.url for segment in reading.segments):
        return reading
    words = tuple(segment for segment in reading.segments if isinstance(segment, str))
    return reading._replace(segments=words, ending="")


def _matching_braces(text: str) -> dict[int, int]:
    braces: dict[int, int] = {}
    open_braces: list[int] = []
    for brace in BRACE.finditer(text):
        if brace[0] == "{":
            open_braces.append(brace.start())
        elif brace[0] == "}" and open_braces:
            braces[open_braces.pop()] = brace.start()
    return braces


def _joined(segments: list[Segment]) -> tuple[Segment, ...]:
    joined: list[Segment] = []
    for words, group in groupby(segments, key=lambda segment: isinstance(segment, str)):
        joined += [mended("".join(map(str, group)))] if words else group
    return tuple(segment for segment in joined if segment)
