"""Reading a record: where a list in it doubles, the work does too, counted in calls of functions."""

import sys
from collections.abc import Callable
from functools import partial

import pytest

from generator.library.snapshot import read_library
from tests.support.digest import Write


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, as a number that is the same on any machine."""
    counted = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "row",
    [
        "changes: - {{date: 2025-10-30, text: Correction {0}}}",  # all of a name, each an error
        "themes: - unknown-{0}",
        "formerly: - old-{0}",
        "authors: - Ann Author{0}",
        "listed: - {{listing: list-{0}, issue: 2025-10-30, position: {0}}}",
        "unknown: - value {0}",
        "tags: - tag-{0}",
    ],
)
def test_twice_as_many_rows_are_at_most_two_and_a_half_times_the_work(digest: Write, row: str) -> None:
    name, item = row.split(" ", 1)
    worked = []
    for rows in (150, 300):
        lines = [name, *(item.format(number) for number in range(rows))]
        root = digest("== content/papers/a.yaml\ntitle: A\n" + "\n".join(lines))
        worked.append(calls(partial(read_library, root)))
    assert worked[1] < 2.5 * worked[0]
