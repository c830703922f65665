"""Vectors: what a sentence model makes of each paper's title and abstract; those of alike papers are near.

The table, `content/vectors.txt`, has a line for each text, by its digest. Only `broadsheet refresh-terms` and
`ingest` write it, with a model; whoever builds needs only the table, so a build gives the same bytes on any
machine. A number of a vector is one character of base64, 64 steps of 1/150 from -32 to 31: that changes a
cosine by a hundredth at most. A paper whose text is not in the table has no vector.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from math import cos, pi, sqrt
from operator import mul
from zlib import crc32

import msgspec

from generator.library.paths import VECTORS
from generator.model import Paper
from generator.problem import Location, Problem, at_most, error

ALL = b"*"
"""The key in the file of the row that names the model and has the mean of all vectors."""
STEP, LOWEST, HIGHEST = 150, -32, 31
"""Steps to 1, and the range of a number, in steps."""
MOST = 127
"""The largest number of a vector from which the mean is taken away."""
UNSURE = 0.12
"""How much more than its estimate a cosine is taken to be."""
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_STEPS = bytes(max(0, _ALPHABET.find(character)) for character in range(256))
_HEAD = b"""\
# What a sentence model makes of each paper's title and abstract: the digest of the text, and its vector, a
# character of base64 for each number. `*`: the model, and the mean of all vectors.
# `broadsheet refresh-terms` writes this file from all papers, and `broadsheet ingest` adds new ones.
"""


class Vector(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A vector from which the mean is taken away; an empty one where a paper has none."""

    fingerprint: int = 0
    """What changes where the vector does."""
    numbers: bytes = b""
    """Signed, a byte each; the largest is MOST."""
    length: float = 0
    signs: bytes = b""
    """Of each number, a bit."""


NO_VECTOR = Vector()


class Vectors(msgspec.Struct, frozen=True):
    """The table."""

    model: bytes = b""
    """Name of the model; empty where there is no table."""
    mean: bytes = b""
    """The mean of all vectors when the table was last made from all papers, as in the file."""
    rows: Mapping[bytes, bytes] = {}
    """Vectors as in the file, by the digest of the text."""

    def fingerprint(self, text: bytes) -> int:
        """Return what changes where the vector of a text does, by its digest; 0 where it has none."""
        row = self.rows.get(text)
        return crc32(row, crc32(self.mean)) if row else 0

    def of(self, text: bytes) -> Vector:
        """Return the vector of a text without the mean, by the text's digest."""
        if not (row := self.rows.get(text)):
            return NO_VECTOR
        numbers = [one - other for one, other in zip(_steps(row), _steps(self.mean), strict=True)]
        return vector_of(numbers, self.fingerprint(text))


def vector_of(numbers: Sequence[float], fingerprint: int = 0) -> Vector:
    """Return the vector of these numbers, whatever its length."""
    scale = MOST / (max(map(abs, numbers)) or 1)
    scaled = array("b", (round(scale * number) for number in numbers))
    length = sqrt(sum(map(mul, scaled, scaled))) or 1.0
    signs = int("1" + "".join("01"[number > 0] for number in numbers), 2)
    size = (signs.bit_length() + 7) // 8
    return Vector(fingerprint, scaled.tobytes(), length, signs.to_bytes(size, "big"))


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors: 1 where they say the same, about 0 for any two papers."""
    sides = (memoryview(side.numbers).cast("b") for side in (one, other))
    product: int = sum(map(mul, *sides))
    return product / (one.length * other.length)


def cosine_at_most(one: Vector, other: Vector) -> float:
    """Return what the cosine hardly exceeds, from signs: the share that differs is the angle over pi.

    (M. X. Goemans and D. P. Williamson, 1995.) It takes a tenth of the time of the cosine.
    """
    if not (one.signs and other.signs):
        return -1
    signs = int.from_bytes(one.signs, "big") ^ int.from_bytes(other.signs, "big")
    return cos(pi * signs.bit_count() / len(one.numbers)) + UNSURE


def text_of(paper: Paper) -> str:
    """Return what of a paper a vector is made of."""
    return " ".join(f"{paper.title or paper.headline or ''}. {paper.abstract or ''}".split())


def text_key(paper: Paper) -> bytes:
    """Return the digest by which the table knows the text of a paper."""
    return sha256(text_of(paper).encode()).hexdigest()[:16].encode()


def row_of(vector: Iterable[float]) -> bytes:
    """Return a vector of length 1 as the file has it."""
    steps = (min(HIGHEST, max(LOWEST, round(STEP * number))) for number in vector)
    return bytes(_ALPHABET[step - LOWEST] for step in steps)


def mean_of(rows: Sequence[bytes]) -> bytes:
    """Return the mean of vectors, all as the file has them."""
    sums = [sum(column) / len(rows) for column in zip(*map(_steps, rows), strict=True)]
    return bytes(_ALPHABET[round(number)] for number in sums)


def _steps(row: bytes) -> bytes:
    return row.translate(_TO_STEPS)


def encode_vectors(vectors: Vectors) -> bytes:
    """Return the table as a file's text: a line a vector, in order of digests."""
    lines = (b"%s\t%s\n" % row for row in sorted(vectors.rows.items()))
    return b"%s%s\t%s\t%s\n%s" % (_HEAD, ALL, vectors.model, vectors.mean, b"".join(lines))


def decode_vectors(data: bytes) -> tuple[Vectors | None, tuple[Problem, ...]]:
    """Return the table that a file holds; None, and which lines are not rows of it, where there are any."""
    model = mean = b""
    rows: dict[bytes, bytes] = {}
    problems = []
    for number, line in enumerate(data.splitlines(), 1):
        key, *facts = line.split(b"\t")
        is_row = bool(key and facts and facts[-1]) and not facts[-1].translate(None, _ALPHABET)
        if is_row and key == ALL and len(facts) == 2:
            model, mean = facts
        elif is_row and len(facts) == 1 and len(facts[0]) == len(mean):
            rows[key] = facts[0]
        elif not line.startswith(b"#"):
            place = Location(path=VECTORS, line=number, text=line[:80].decode("utf-8", "replace"))
            hint = "Remove the line; `broadsheet refresh-terms` computes what is missing."
            problems.append(error(place, "This line is not a row of the table of vectors.", hint))
    return (None, at_most(problems, VECTORS)) if problems else (Vectors(model, mean, rows), ())
