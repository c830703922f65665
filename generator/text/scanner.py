r"""Split text into segments, in one pass from left to right that every output shares.

The scanner looks for marks, and calls the mark's parser. A parser is a pure function of the line and a place
in it; where it returns None, the mark stays as typed. An argument in braces is not parsed recursively: its
end waits on a stack until the scanner arrives there, so nesting costs only its length.

    Use \emph{all} of $x$  ->  "Use ", Begin("em"), "all", End("em"), " of ", Formula("x")
"""

import re
from functools import lru_cache
from itertools import chain, groupby
from typing import NamedTuple

from generator.text.bare_math import restore_formulas
from generator.text.formulas import find_dollars, parse_dollar, parse_environment, parse_formula
from generator.text.links import parse_url
from generator.text.macros import parse_group, parse_macro, stars_to_macros
from generator.text.punctuation import parse_dash, parse_tie
from generator.text.quotes import curl_quotes, curl_segments, curl_straight
from generator.text.repairs import has_any, repair
from generator.text.segments import Begin, End, Parsed, Segment, SourceLine, clean

MARK = re.compile(r"https?://|--+|\{\\|\\(?:[(\[]|begin\{)?|\$|~")
TRIGGERS = ("://", "--", "$", "\\", "~")
"""Text without any of these has no mark; they are quick to look for."""
PARSERS = {
    "h": parse_url,
    "-": parse_dash,
    "~": parse_tie,
    "$": parse_dollar,
    "\\": parse_macro,
    "\\(": parse_formula,
    "\\[": parse_formula,
    "\\begin{": parse_environment,
    "{\\": parse_group,
}
"""The parser of a mark, by the mark or its first character."""

BRACE = re.compile(r"\\.|[{}]")
DEEPEST = 8
"""Levels of arguments; the macros of deeper ones stay as typed."""


class Pending(NamedTuple):
    """The end of an argument, and the closing brace that it replaces."""

    brace: int
    ending: Segment


@lru_cache(maxsize=1 << 11)  # a page and its issue, mail and feeds show the same text, at about the same time
def scan(text: str) -> tuple[Segment, ...]:
    """Return one line of a listing's text as segments, neighbouring words joined."""
    repaired = repair(clean(text))
    dollars = find_dollars(repaired) if "$" in repaired else {}
    text = stars_to_macros(curl_quotes(restore_formulas(repaired, dollars)))
    if not has_any(text, TRIGGERS):
        return (curl_straight(text),) if text else ()
    braces = _matching_braces(text) if "{" in text else {}
    line = SourceLine(text, braces, dollars if text == repaired or not dollars else find_dollars(text))
    segments: list[Segment] = []
    pending: list[Pending] = []
    position = 0
    while True:
        limit = pending[-1].brace if pending else len(text)
        mark = MARK.search(text, position, limit)
        segments.append(text[position : mark.start() if mark else limit])
        if mark:
            parsed = _parse(line, mark, pending)
            segments += parsed.segments
            if parsed.closing is not None:
                pending.append(Pending(parsed.closing, parsed.ending))
            position = parsed.resume
        elif pending:
            segments.append(pending.pop().ending)
            position = limit + 1
        else:
            return tuple(curl_segments(_joined(segments)))


def _parse(line: SourceLine, mark: re.Match[str], pending: list[Pending]) -> Parsed:
    parser = PARSERS.get(mark[0]) or PARSERS[mark[0][0]]
    parsed = parser(line, mark.start())
    if parsed is None or (parsed.closing is not None and len(pending) == DEEPEST):
        return Parsed((mark[0],), mark.end())
    return _unlinked(parsed) if any(waiting.ending == End("a") for waiting in pending) else parsed


def _unlinked(parsed: Parsed) -> Parsed:
    """Return what was parsed without its link, if it is one: HTML has no link in a link."""
    if not any(isinstance(segment, Begin) and segment.url for segment in parsed.segments):
        return parsed
    words = tuple(segment for segment in parsed.segments if isinstance(segment, str))
    return parsed._replace(segments=words, ending="")


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
    """Return the segments with neighbouring texts joined and empty ones left out."""
    groups = groupby(segments, key=lambda segment: isinstance(segment, str))
    joined = (["".join(map(str, group))] if are_texts else group for are_texts, group in groups)
    return tuple(filter(None, chain.from_iterable(joined)))
