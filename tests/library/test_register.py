"""The register of what was published: what two machines wrote, and what an editor's program did to it."""

import pytest

from generator.library.register import decode_register, encode_register

ENTRY = (
    '{{"id":"tag:d,2025:x","url":"papers/x/",'
    '"published":"2025-10-{}T12:00:00Z","updated":"2025-10-{}T12:00:00Z"{}}}'
)
ROW = '{{"feed":"feeds/papers","id":"tag:d,2025:x","since":"2025-10-{}"{}}}'
ADDRESS = '{{"url":"papers/x/"{}}}'
GONE = ',"let_go":"Wrong."'


def read(text: str) -> str:
    register, problems = decode_register(text.encode())
    assert not problems, problems
    return encode_register(register.rows).decode().rstrip("\n")


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (ENTRY.format("01", "03", ""), ENTRY.format("02", "02", ""), ENTRY.format("01", "03", "")),
        (
            ENTRY.format("01", "02", ',"papers":5'),
            ENTRY.format("01", "03", ',"papers":6'),
            ENTRY.format("01", "03", ',"papers":6'),
        ),
        (ENTRY.format("01", "01", GONE), ENTRY.format("01", "01", ""), ENTRY.format("01", "01", "")),
        (ENTRY.format("01", "01", GONE), ENTRY.format("01", "01", GONE), ENTRY.format("01", "01", GONE)),
        (ROW.format("05", ',"current":true'), ROW.format("04", ""), ROW.format("04", ',"current":true')),
        (ROW.format("05", ',"current":false'), ROW.format("05", ""), ROW.format("05", ',"current":false')),
        (ROW.format("05", ',"left":true'), ROW.format("05", ""), ROW.format("05", "")),
        (ADDRESS.format(GONE), ADDRESS.format(""), ADDRESS.format("")),
        (ADDRESS.format(GONE), ADDRESS.format(GONE), ADDRESS.format(GONE)),
    ],
)
def test_of_two_lines_the_one_that_loses_nothing_counts(one: str, other: str, both: str) -> None:
    assert read(f"{one}\n{other}\n") == read(f"{other}\n{one}\n") == both


def test_blank_lines_a_byte_order_mark_and_other_line_ends_change_nothing() -> None:
    assert read(f"\ufeff{ADDRESS.format('')}\r\n\r\n{ROW.format('05', '')}\r  \n") == "\n".join(
        [ROW.format("05", ""), ADDRESS.format("")]
    )


@pytest.mark.parametrize(
    "line",
    [
        "null",
        "[]",
        "{}",
        '{"url":5}',
        ROW.format("33", ""),
        ENTRY.format("01", "01", "").replace("Z", ""),
        '{"url":"x"',
        ROW.format("01", ',"new":1'),
        ENTRY.format("01", "01", ',"new":1'),
        ADDRESS.format(',"new":1'),
    ],
)
def test_a_line_that_is_none_is_told_by_its_place(line: str) -> None:
    _, [problem] = decode_register(f"{ADDRESS.format('')}\n{line}\n".encode())
    assert (str(problem.location), problem.location.text) == ("content/published.jsonl:2", line)
