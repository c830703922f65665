"""The table of vectors: what its rows mean, that reading gives what was written, and what is no row."""

from hashlib import sha256
from math import sqrt
from random import Random

import pytest

from generator.library.vectors import (
    UNSURE,
    Vectors,
    cosine,
    cosine_at_most,
    decode_vectors,
    encode_vectors,
    mean_of,
    row_of,
    text_key,
    vector_of,
)
from tests.support.libraries import paper

EAST, NORTH, BETWEEN = row_of([0.2, 0, 0]), row_of([0, 0.2, 0]), row_of([0.2, 0.2, 0])
TABLE = Vectors(b"a-model", row_of([0, 0, 0]), {b"east": EAST, b"north": NORTH, b"between": BETWEEN})


def angle(one: bytes, other: bytes, table: Vectors = TABLE) -> float:
    return round(cosine(table.of(one), table.of(other)), 2)


def test_a_row_has_a_character_of_base64_for_each_number_in_steps_from_minus_32_to_31() -> None:
    assert row_of([-32 / 150, 0, 1 / 150, 30.4 / 150, 31 / 150]) == b"Agh+/"
    assert row_of([-1, 1]) == b"A/"


def test_the_cosine_is_that_of_the_vectors_without_the_mean() -> None:
    assert (angle(b"east", b"east"), angle(b"east", b"north"), angle(b"east", b"between")) == (1, 0, 0.71)
    moved = Vectors(b"a-model", mean_of([EAST, NORTH]), TABLE.rows)
    assert angle(b"east", b"north", moved) == -1


def test_a_text_that_is_not_in_the_table_has_no_vector() -> None:
    assert TABLE.of(b"west").numbers == b""
    assert TABLE.of(b"west").fingerprint == TABLE.fingerprint(b"west") == 0
    assert cosine_at_most(TABLE.of(b"east"), TABLE.of(b"west")) == -1


def test_another_vector_or_mean_has_another_fingerprint() -> None:
    others = Vectors(b"a-model", TABLE.mean, {b"east": NORTH}), Vectors(b"a-model", EAST, {b"east": EAST})
    assert TABLE.fingerprint(b"east") not in {other.fingerprint(b"east") for other in others}


@pytest.mark.parametrize("seed", range(10))
def test_quantised_vectors_have_the_cosine_to_a_hundredth(seed: int) -> None:
    chance = Random(seed)
    one = [chance.gauss(0, 0.05) for _ in range(384)]
    other = [number + chance.gauss(0, 0.05) for number in one]
    exact = sumproduct(one, other) / sqrt(sumproduct(one, one) * sumproduct(other, other))
    table = Vectors(b"m", row_of([0] * 384), {b"a": row_of(one), b"b": row_of(other)})
    assert abs(cosine(table.of(b"a"), table.of(b"b")) - exact) < 0.01
    assert abs(cosine_at_most(table.of(b"a"), table.of(b"b")) - exact - UNSURE) < 0.3


def sumproduct(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_signs_tell_about_how_near_vectors_are() -> None:
    east, north = vector_of((1, 0, 1, 1)), vector_of((1, 1, 1, 1))
    assert (east.numbers, east.signs, north.signs) == (bytes((127, 0, 127, 127)), b"\x1b", b"\x1f")
    assert vector_of((-1,) * 7).signs == b"\x80"
    assert round(cosine_at_most(east, north), 4) == 0.8271
    assert cosine(vector_of((0, 0)), vector_of((1, 1))) == 0


def test_the_key_is_of_title_and_abstract_whatever_the_line_breaks() -> None:
    one = text_key(paper("A title", abstract="Of\nwords."))
    assert one == sha256(b"A title. Of words.").hexdigest()[:16].encode()
    assert one == text_key(paper("A  title", abstract="Of words.", note="Read it."))
    assert one != text_key(paper("A title", abstract="Of other words."))
    assert text_key(paper(None, headline="A title", abstract="Of words.")) == one


def test_the_file_has_a_line_for_each_text_in_order_and_gives_the_table_again() -> None:
    data = encode_vectors(TABLE)
    assert data.decode().splitlines()[3:] == [
        "*\ta-model\tggg",
        "between\t++g",
        "east\t+gg",
        "north\tg+g",
    ]
    assert decode_vectors(data) == (TABLE, ())
    assert decode_vectors(b"") == (Vectors(), ())


def test_tables_that_git_merged_line_by_line_are_one() -> None:
    other = Vectors(TABLE.model, EAST, {b"west": EAST, b"east": EAST})
    merged, problems = decode_vectors(encode_vectors(TABLE) + encode_vectors(other))
    assert (merged, problems) == (Vectors(TABLE.model, EAST, {**TABLE.rows, **other.rows}), ())


def test_lines_that_are_no_rows_are_told_each_with_its_place() -> None:
    table, problems = decode_vectors(
        encode_vectors(TABLE) + b"<<<<<<< HEAD\nwest\tgg\nsouth\tg g\nup\t\xff\xff\xff\n"
    )
    assert table is None
    assert [problem.location.line for problem in problems] == [8, 9, 10, 11]
    assert problems[0].message == "This line is not a row of the table of vectors."
