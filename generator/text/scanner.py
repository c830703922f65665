r"""Text -> segments: one pass from left to right that every output shares.

The scanner looks for marks, and asks the mark's reader what it means. A reader is a pure function of the line
and a place in it; where it answers None, the mark stays as typed. An argument in braces is not read
recursively: its ending waits on a stack until the scanner arrives there, so nesting costs only its length.
"""

import re
from itertools import groupby
from typing import NamedTuple

from generator.text.formulas import read_formula
from generator.text.links import read_address
from generator.text.macros import read_group, read_macro
from generator.text.punctuation import read_dash, read_tie
from generator.text.quotes import paired
from generator.text.repairs import has_any, mended
from generator.text.segments import Begin, End, Line, Reading, Segment, clean

MARK = re.compile(r"https?://|--+|\{\\|\\[(\[]?|\$|~")
TRACES = ("://", "--", "$", "\\", "~")
"""Text without one of these has no mark; to look for them is cheap."""
READERS = {
    "h": read_address,
    "-": read_dash,
    "~": read_tie,
    "$": read_formula,
    "\\": read_macro,
    "\\(": read_formula,
    "\\[": read_formula,
    "{\\": read_group,
}
"""Who reads a mark, by what it is or how it begins."""

BRACE = re.compile(r"\\.|[{}]")
DEEPEST = 8
"""Arguments nest no deeper; beyond, their macros stay as typed."""


class Pending(NamedTuple):
    """An ending, and the closing brace it waits for."""

    brace: int
    ending: Segment


def scan(text: str) -> tuple[Segment, ...]:
    """Return one line of a listing's text as segments, neighbouring words joined."""
    text = paired(mended(clean(text)))
    if not has_any(text, TRACES):
        return (text,) if text else ()
    line = Line(text, _matching_braces(text) if "{" in text else {})
    segments: list[Segment] = []
    pending: list[Pending] = []
    position = 0
    while True:
        limit = pending[-1].brace if pending else len(text)
        mark = MARK.search(text, position, limit)
        segments.append(text[position : mark.start() if mark else limit])
        if mark:
            reading = _read(line, mark, pending)
            segments += reading.segments
            if reading.closing is not None:
                pending.append(Pending(reading.closing, reading.ending))
            position = reading.resume
        elif pending:
            segments.append(pending.pop().ending)
            position = limit + 1
        else:
            return _joined(segments)


def _read(line: Line, mark: re.Match[str], pending: list[Pending]) -> Reading:
    reader = READERS.get(mark[0]) or READERS[mark[0][0]]
    reading = reader(line, mark.start())
    if reading is None or (reading.closing is not None and len(pending) == DEEPEST):
        return Reading((mark[0],), mark.end())
    return _unlinked(reading) if any(waiting.ending == End("a") for waiting in pending) else reading


def _unlinked(reading: Reading) -> Reading:
    """Return the reading without the link that it may be: HTML has no link in a link."""
    if not any(isinstance(segment, Begin) and segment.url for segment in reading.segments):
        return reading
    words = tuple(segment for segment in reading.segments if isinstance(segment, str))
    return reading._replace(segments=words, ending="")


def _matching_braces(text: str) -> dict[int, int]:
    braces: dict[int, int] = {}
    opening: list[int] = []
    for brace in BRACE.finditer(text):
        if brace[0] == "{":
            opening.append(brace.start())
        elif brace[0] == "}" and opening:
            braces[opening.pop()] = brace.start()
    return braces


def _joined(segments: list[Segment]) -> tuple[Segment, ...]:
    joined: list[Segment] = []
    for are_words, group in groupby(segments, key=lambda segment: isinstance(segment, str)):
        if are_words:
            joined.append("".join(map(str, group)))
        else:
            joined.extend(group)
    return tuple(filter(None, joined))
