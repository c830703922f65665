"""Damage the examples of one format after the other: `python -m tests.listings.fuzz MINUTES [FORMAT...]`.

Prints how many texts each parser was given and the longest time that one took; ends with 1 where one raised,
or took more than ten seconds of the processor. One in ten is grown to a megabyte.
"""

import sys
import time
import traceback

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.support.damaged import EDITS, EXAMPLES, PIECES, Edit, check, damaged

LARGE = 1_000_000
LONGEST = 10.0
"""Seconds."""
A_ROUND = 200
"""Examples of one seed."""
GROWN = st.sampled_from([*[b""] * 2 * len(PIECES), *PIECES, *[b"whole"] * (len(PIECES) // 2)])
"""What a text is grown by, if at all: a piece that is repeated in its middle, or the whole of it."""


def grown(data: bytes, piece: bytes) -> bytes:
    if piece == b"whole":
        return (data * (LARGE // max(1, len(data)) + 1))[:LARGE]
    half = len(data) // 2
    return data[:half] + piece * (LARGE // len(piece) if piece else 0) + data[half:]


def fuzz(name: str, minutes: float) -> tuple[int, float, str]:
    """Return how many texts a parser was given, the longest time in seconds, and what went wrong."""
    count, slowest, end, number = 0, 0.0, time.monotonic() + minutes * 60, 0

    @given(EDITS, st.integers(0, 100), st.booleans(), GROWN, st.integers(0, 9))
    @settings(
        max_examples=A_ROUND,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        print_blob=False,
    )
    def one(edits: list[Edit], index: int, is_named: bool, piece: bytes, dice: int) -> None:
        nonlocal count, slowest
        if time.monotonic() > end:
            return
        data = damaged(name, index, edits)
        data = grown(data, piece) if dice == 9 else data
        begin = time.process_time()
        check(data, name if is_named else None)
        took = time.process_time() - begin
        count, slowest = count + 1, max(slowest, took)
        assert took <= LONGEST, f"{took:.1f} s for {len(data):,} bytes: {data[:2000]!r}"

    while time.monotonic() < end:
        try:
            seed(number)(one)()
        except Exception:
            return count, slowest, traceback.format_exc()
        number += 1
    return count, slowest, ""


def main() -> int:
    minutes, names = float(sys.argv[1]), sys.argv[2:] or list(EXAMPLES)
    failed = False
    for name in names:
        count, slowest, flaw = fuzz(name, minutes)
        print(f"{name}: {count:,} texts in {minutes:g} minutes, at most {slowest:.2f} s {flaw}", flush=True)
        failed |= bool(flaw)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
