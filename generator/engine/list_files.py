"""Encode long lists in pieces, and take the pieces that did not change from the file of the last build."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from generator.engine.ledger import Pieces
from generator.engine.page import encode
from generator.files import digest

PIECE = 250
"""Items in a piece. Pieces are counted from the end, since lists grow at their beginning."""


class ListEncoder:
    """Encodes a view that is a list: it has `items`, and fields that are the same for all of them.

    The bytes of an item depend on nothing else. So a long file is the files of its pieces, joined, each
    without its beginning and its end.
    """

    def __init__(
        self, encode: Callable[[Any], bytes], between: bytes, before: bytes = b"", after: bytes = b""
    ) -> None:
        """Encode a whole view by a function. A file has these bytes between, before and after its items."""
        self._encode, self._between, self._before, self._after = encode, between, before, after

    def __call__(self, view: Any) -> bytes:
        """Return a view's bytes."""
        return self._encode(view)

    def joined(self, view: Any, last: bytes, pieces: Pieces) -> tuple[bytes, Pieces]:
        """Return a view's bytes and its pieces, given the file and the pieces of the last build."""
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


@lru_cache(maxsize=1)  # the formats of a list share its pieces
def _parts(view: Any) -> list[Any]:
    """Cut a view into views of at most `PIECE` items each."""
    items: Sequence[Any] = view.items
    ends = range(len(items) % PIECE or PIECE, len(items) + PIECE, PIECE)
    return [msgspec.structs.replace(view, items=items[max(0, end - PIECE) : end]) for end in ends]
