"""The bytes of a listing, read as lines of text."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from generator.problem import Location, Problem, error, notice

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Control characters and non-characters: XML 1.0 and YAML 1.2 can carry none, or advise against them."""
UNDECODED = re.compile(r"[\udc80-\udcff]")
"""What stands for a byte that is not UTF-8 (PEP 383)."""
REPLACEMENT = "\ufffd"
SAMPLE = 65_536
SHOWN = 3


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A text without byte order mark and unprintable characters."""

    lines: tuple[str, ...] = ()
    """The text, split at its line breaks; none where it is no text."""
    broken: frozenset[int] = frozenset()
    """Numbers of the lines with bytes that are not UTF-8; U+FFFD stands in their place."""
    problems: tuple[Problem, ...] = ()


class _Place(NamedTuple):
    line: int
    column: int


def decode(data: bytes, path: str) -> Decoded:
    r"""Return the lines of a text file, and what is wrong with its bytes.

    A line ends with ``\n``, ``\r\n`` or ``\r`` and nowhere else: ``str.splitlines`` also splits at characters
    that occur within a sentence, such as U+2028. Unprintable characters are removed, with a notice. A file
    that is empty, or where a tenth of what it begins with is unprintable or not UTF-8, gives an error alone.
    """
    text = data.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        return _nothing(path, text, "This file is empty.", "Capture the page again, or leave it out.")
    if _is_binary(text[:SAMPLE]):
        return _nothing(path, text, "This is not text in UTF-8.", "Save the page as plain text in UTF-8.")
    lines = text.removesuffix("\n").split("\n")
    odd = {number: line for number, line in enumerate(lines, start=1) if not line.isprintable()}
    undecoded, unprintable = _places(UNDECODED, odd), _places(UNPRINTABLE, odd)
    for line, _ in (*undecoded, *unprintable):
        lines[line - 1] = UNPRINTABLE.sub("", UNDECODED.sub(REPLACEMENT, lines[line - 1]))
    problems = []
    if undecoded:
        message = f"Bytes that are not UTF-8, {_listed(undecoded)}."
        hint = "Save the file as UTF-8."
        problems.append(error(_location(path, lines, undecoded[0]), message, hint))
    if unprintable:
        message = f"Control characters, which no page or feed can carry, are removed, {_listed(unprintable)}."
        problems.append(notice(_location(path, lines, unprintable[0]), message))
    return Decoded(
        lines=tuple(lines), broken=frozenset(place.line for place in undecoded), problems=tuple(problems)
    )


def _nothing(path: str, text: str, message: str, hint: str) -> Decoded:
    whole = Location(path=path, line=1, last_line=text.removesuffix("\n").count("\n") + 1)
    return Decoded(problems=(error(whole, message, hint),))


def _is_binary(sample: str) -> bool:
    flaws = len(UNDECODED.findall(sample)) + len(UNPRINTABLE.findall(sample))
    return flaws * 10 > len(sample)


def _places(flaw: re.Pattern[str], lines: Mapping[int, str]) -> list[_Place]:
    """Return where each line with the flaw has it first."""
    found = ((number, flaw.search(line)) for number, line in lines.items())
    return [_Place(number, match.start() + 1) for number, match in found if match]


def _listed(places: list[_Place]) -> str:
    shown = ", ".join(f"{line}:{column}" for line, column in places[:SHOWN])
    more = len(places) - SHOWN
    return f"at {shown}" + (f" and on {more} more line{'s' * (more > 1)}" if more > 0 else "")


def _location(path: str, lines: list[str], place: _Place) -> Location:
    return Location(path=path, line=place.line, column=place.column, text=lines[place.line - 1])
