"""Files that are lists: made of pieces, of which those that the last build made are not encoded again."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from generator.engine.ledger import Pieces
from generator.engine.page import encode
from generator.files import digest

PIECE = 250
"""Items of a piece. They are counted from the end: lists grow at their beginning."""


class ListEncoder:
    """Encodes a view that is a list: of its `items`, and of what is the same for all of them.

    The bytes of an item depend on nothing else. A file of many is what its pieces are as files of their own,
    each without the beginning and the end, joined.
    """

    def __init__(
        self, encode: Callable[[Any], bytes], between: bytes, before: bytes = b"", after: bytes = b""
    ) -> None:
        """Encode a view whole by a function; each file has these bytes at its seams, unless it is empty."""
        self._encode, self._between, self._before, self._after = encode, between, before, after

    def __call__(self, view: Any) -> bytes:
        """Return a view's bytes."""
        return self._encode(view)

    def joined(self, view: Any, last: bytes, pieces: Pieces) -> tuple[bytes, Pieces]:
        """Return a view's bytes and their pieces, given those of the file as it was made last."""
        parts, known = _parts(view), dict(self._cut(last, pieces))
        if len(parts) < 2:
            return self._encode(view), ()
        data: list[bytes | memoryview] = []
        made = []
        for part in parts:
            name = digest(encode(part))
            data.append(known.get(name) or self._piece(part))
            made.append((name, len(data[-1])))
        return self._before + self._between.join(data) + self._after, tuple(made)

    def _piece(self, part: Any) -> bytes:
        return self._encode(part).removeprefix(self._before).removesuffix(self._after)

    def _cut(self, last: bytes, pieces: Pieces) -> Iterator[tuple[bytes, memoryview]]:
        start, whole = len(self._before), memoryview(last)
        for name, size in pieces:
            yield name, whole[start : start + size]
            start += size + len(self._between)


@lru_cache(maxsize=1)  # the formats of a list share its pieces, and what was found of them
def _parts(view: Any) -> list[Any]:
    """Return views of the pieces of a view's items."""
    items: Sequence[Any] = view.items
    ends = range(len(items) % PIECE or PIECE, len(items) + PIECE, PIECE)
    return [msgspec.structs.replace(view, items=items[max(0, end - PIECE) : end]) for end in ends]
