import codecs

import pytest

from generator.listings import decode
from generator.problem import Severity

PATH = "content/listings/page.txt"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks(line_break: str) -> None:
    assert decode(f"one{line_break}{line_break}two".encode(), PATH).lines == ("one", "", "two")


def test_a_line_break_at_the_end_begins_no_line() -> None:
    assert decode(b"one\ntwo\n", PATH) == decode(b"one\ntwo", PATH)


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\u00a0", "\t"])
def test_what_is_no_line_break(character: str) -> None:
    text = f"one{character}two"
    assert decode(text.encode(), PATH).lines == (text,)


def test_a_byte_order_mark_is_no_text() -> None:
    decoded = decode(codecs.BOM_UTF8 + b"one", PATH)
    assert (decoded.lines, decoded.problems) == (("one",), ())


@pytest.mark.parametrize(
    ("bells", "places"),
    [
        (3, "at 1:17, 3:17, 5:17."),
        (4, "at 1:17, 3:17, 5:17 and on 1 more line."),
        (5, "at 1:17, 3:17, 5:17 and on 2 more lines."),
    ],
)
def test_unprintable_characters_are_removed_with_a_notice(bells: int, places: str) -> None:
    text = "\n".join(["A line of text, \x07with a bell.", "Another line of text, with none."] * bells)
    decoded = decode(text.encode(), PATH)
    (problem,) = decoded.problems
    assert decoded.lines[0] == "A line of text, with a bell."
    assert problem.severity is Severity.NOTICE
    assert str(problem.location) == f"{PATH}:1:17"
    assert problem.message.endswith(places)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\x9f", "\ufffe", "\uffff"])
def test_an_unprintable_character(character: str) -> None:
    assert decode(f"one, two, {character}three, four".encode(), PATH).lines == ("one, two, three, four",)


def test_bytes_that_are_not_utf8() -> None:
    decoded = decode(b"A whole line of text.\nA broken line of t\xe9xt, and \x07more of it.\n", PATH)
    assert decoded.lines == ("A whole line of text.", "A broken line of t\ufffdxt, and more of it.")
    assert decoded.broken == {2}
    assert [(problem.severity, str(problem.location)) for problem in decoded.problems] == [
        (Severity.ERROR, f"{PATH}:2:19"),
        (Severity.NOTICE, f"{PATH}:2:28"),
    ]


def test_a_character_cut_at_the_end() -> None:
    decoded = decode("A line that ends with a dot ·".encode()[:-1], PATH)
    assert decoded.broken == {1}


@pytest.mark.parametrize(
    ("data", "lines"), [(b"", 1), (b"\n", 1), (b"\n\n", 2), (b" \r\n\t", 2), (codecs.BOM_UTF8, 1)]
)
def test_an_empty_file(data: bytes, lines: int) -> None:
    decoded = decode(data, PATH)
    (problem,) = decoded.problems
    assert (decoded.lines, problem.message) == ((), "This file is empty.")
    assert (problem.location.line, problem.location.last_line) == (1, lines)


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 100,
        bytes(range(256)) * 100,
        "A page in UTF-16".encode("utf-16"),
        b"\x89PNG\r\n\x1a\n\x00\x00",
    ],
)
def test_what_is_not_text(data: bytes) -> None:
    decoded = decode(data, PATH)
    (problem,) = decoded.problems
    assert decoded.lines == ()
    assert problem.message == "This is not text in UTF-8."
    assert (problem.severity, problem.location.line) == (Severity.ERROR, 1)
