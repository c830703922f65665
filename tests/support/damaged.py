"""Examples of each format, cut, flipped and repeated at random; and what has to hold of any of them."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from hypothesis import strategies as st

from generator.listings import FORMATS, parse
from generator.model import Stated
from generator.problem import Severity

FOLDER = Path(__file__).parents[1] / "listings"
FILES = [path for path in sorted(FOLDER.glob("*/*.*")) if path.suffix not in (".yaml", ".pyc")]
EXAMPLES = {
    form.NAME: [path.read_bytes() for path in FILES if path.parent.name == form.NAME] for form in FORMATS
}
PIECES = [
    *(b"<", b">", b"&", b"&#0;", b"&a;", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE x [", b"<a>" * 300),
    *(b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\ud800", b"null", b"1e999", b"-1", b"9" * 5000),
    *(b"[" * 2000, b'{"a":' * 2000, b"@article{", b"ER  - \n", b"TY  - X\n", b"TY - JOUR\n", b"\\\\\n"),
    *(b"$", b"\\'{e}", b"#", b"\x00", b"\xff", b"\n", b"\n\n", b"  ", "\u2028".encode()),
    *(b"../../etc/passwd", b"A" * 5000),
]
Edit = Callable[[bytes], bytes]
PLACES = st.floats(0, 1, exclude_max=True)


def at(data: bytes, place: float) -> int:
    return int(len(data) * place)


def cut(place: float) -> Edit:
    return lambda data: data[: at(data, place)]


def flip(place: float, bit: int) -> Edit:
    def edit(data: bytes) -> bytes:
        index = at(data, place)
        return data[:index] + bytes(byte ^ 1 << bit for byte in data[index : index + 1]) + data[index + 1 :]

    return edit


def insert(place: float, piece: bytes) -> Edit:
    return lambda data: data[: at(data, place)] + piece + data[at(data, place) :]


def remove(place: float, length: int) -> Edit:
    return lambda data: data[: at(data, place)] + data[at(data, place) + length :]


def repeat(place: float, length: int) -> Edit:
    return lambda data: data[: at(data, place) + length] + data[at(data, place) :]


EDITS = st.lists(
    st.builds(cut, PLACES)
    | st.builds(flip, PLACES, st.integers(0, 7))
    | st.builds(insert, PLACES, st.sampled_from(PIECES) | st.binary(max_size=5))
    | st.builds(remove, PLACES, st.integers(1, 200))
    | st.builds(repeat, PLACES, st.integers(1, 300)),
    min_size=1,
    max_size=8,
)


def damaged(name: str, index: int, edits: Iterable[Edit]) -> bytes:
    data = EXAMPLES[name][index % len(EXAMPLES[name])]
    for edit in edits:
        data = edit(data)
    return data


def check(data: bytes, name: str | None) -> None:
    """Assert that a text is parsed into values that can be kept, or gives an error; nothing is raised."""
    parsed = parse(data, "page", None, name)
    for entry in parsed.entries:
        assert msgspec.convert(msgspec.to_builtins(entry.stated), Stated) == entry.stated
        assert msgspec.json.decode(msgspec.json.encode(entry.stated), type=Stated) == entry.stated
    assert parsed.entries or any(problem.severity is Severity.ERROR for problem in parsed.problems)
