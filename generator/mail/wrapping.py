"""Wrap plain text to lines that fit a terminal.

`wcwidth.wrap` breaks long URLs with other long words, and takes nine times as long.
"""

from functools import lru_cache
from unicodedata import combining, east_asian_width

WIDTH = 72
"""Columns, which leave room to be quoted in 80."""
URL_STARTS = ("https://", "http://", "<https://", "<http://", "(https://", "(http://")


@lru_cache(maxsize=4096)  # a mail that is too long is tried at several lengths
def fill(text: str, indent: str = "") -> str:
    """Return text in lines of at most `WIDTH` columns, each after the indent. URLs are not broken."""
    room = WIDTH - len(indent)
    lines: list[str] = []
    used = room
    for word in text.split():
        needed = columns(word)
        if used + 1 + needed <= room:
            lines[-1] += f" {word}"
            used += 1 + needed
        elif needed <= room or word.startswith(URL_STARTS):
            lines.append(f"{indent}{word}")
            used = needed
        else:
            lines += [f"{indent}{piece}" for piece in _pieces(word, room)]
            used = columns(lines[-1]) - len(indent)
    return "\n".join(lines)


def columns(text: str) -> int:
    """Return the columns that text takes in a terminal: ideographs two (UAX #11), combining accents none."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else not combining(char) for char in text)


def _pieces(word: str, room: int) -> list[str]:
    """Return a word longer than a line, as scripts without spaces have them, in pieces that fit."""
    pieces = [""]
    for char in word:
        if columns(pieces[-1] + char) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces
