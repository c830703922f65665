"""Lines and columns of a text, by offset."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from generator.listings.entry import Span


class Places:
    """Finds lines and columns, both counted from 1, in lines that are joined by line feeds."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self._last = max(len(lines), 1)

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset."""
        line = min(bisect_right(self._starts, offset), self._last)
        return line, offset - self._starts[line - 1] + 1

    def span(self, begin: int, end: int) -> Span:
        """Return the place of what is between two offsets, the latter excluded."""
        first, column = self.at(begin)
        last, last_column = self.at(max(end - 1, begin))
        return Span(first, last, column, last_column)
