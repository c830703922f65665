"""Receipts: lines that read back, in one order, and whose flaws are found."""

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.ingest.receipts import Receipt, decode_receipts, digested, encode_receipts
from generator.model import Stated
from generator.problem import MOST
from tests.support.examples import MORE
from tests.support.strategies import counts, slugs, stated

receipts = st.builds(
    Receipt,
    id=slugs,
    position=counts,
    stated=stated.map(digested),
    votes=st.none() | counts,
    discussion=st.none() | counts,
)


@settings(max_examples=50 * MORE)
@given(st.lists(receipts, max_size=3))
def test_receipts_read_back_as_they_were_written(some: list[Receipt]) -> None:
    text = encode_receipts(some)
    found, problems = decode_receipts(text.encode(), "a.jsonl")
    assert problems == ()
    assert sorted(found, key=encoded) == sorted(some, key=encoded)
    assert encode_receipts(reversed(some)) == text
    assert text.count("\n") == len(some)


def encoded(receipt: Receipt) -> str:
    return encode_receipts([receipt])


def test_the_abstract_is_held_as_a_digest() -> None:
    held = digested(Stated(title="A", abstract="Words.")).abstract or ""
    assert held.startswith("sha256:")
    assert len(held) == 7 + 32


def test_every_broken_line_is_named() -> None:
    text = '{"id":"a","position":1,"stated":{}}\n\n{"id":"A","position":1,"stated":{}}\n[\n{"id":"b"}\n'
    found, problems = decode_receipts(text.encode(), "a.jsonl")
    assert [receipt.id for receipt in found] == ["a"]
    assert [str(problem.location) for problem in problems] == ["a.jsonl:3", "a.jsonl:4", "a.jsonl:5"]
    assert decode_receipts(b"\xff", "a.jsonl")[1][0].message == "This is not UTF-8 text."


def test_of_thousands_of_lines_that_are_no_receipts_the_first_are_told() -> None:
    _, problems = decode_receipts(b"no receipt\n" * 5000, "a.jsonl")
    assert len(problems) == MOST + 1
    assert problems[-1].message == f"This file has more than {MOST} errors. The first {MOST} are listed."
