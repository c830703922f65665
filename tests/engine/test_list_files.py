"""Files that are lists: made of pieces of the last one, they are what is encoded whole."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engine import list_files
from generator.engine.ledger import Pieces
from generator.engine.list_files import ListEncoder

PARTS = {
    "lines": (b"", b"", b""),
    "entries": (b"", b"\n", b""),
    "json": (b"[\n", b",\n", b"\n]\n"),
}
"""What is before, between and after the items of a format."""
NONE: Pieces = ()


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    items: tuple[int, ...]


numbers = st.builds(Numbers, name=st.sampled_from("ab"), items=st.lists(st.integers(0, 9)).map(tuple))


@pytest.mark.parametrize("form", PARTS)
@given(first=numbers, second=numbers)
def test_what_is_made_of_pieces_is_what_is_encoded_whole(form: str, first: Numbers, second: Numbers) -> None:
    before, between, after = PARTS[form]
    encoded: list[int] = []

    def encode(view: Numbers) -> bytes:
        encoded.extend(view.items)
        lines = (f"{view.name}{number};".encode() for number in view.items)
        return before + between.join(lines) + after if view.items else b"nothing"

    encoder = ListEncoder(encode, between, before, after)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(list_files, "PIECE", 3)
        data, pieces = b"", NONE
        for view in (first, second, msgspec.structs.replace(second, items=(7, *second.items))):
            data, pieces = encoder.joined(view, data, pieces)
            assert data == encode(view)
        encoded.clear()
        assert encoder.joined(view, data, pieces) == (data, pieces)
        assert encoded == [] or len(view.items) <= 3, "pieces that are known are not encoded again"
