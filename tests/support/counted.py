"""Work that is counted, so that a test says the same on every machine, quick or slow."""

import sys
import time
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """Return how many functions were called, those of C too."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Tell whether work on a size takes less than nine times the processor time of work on a quarter of it.

    Linear work takes four times as much, the square sixteen times. For work within one call, as of a pattern,
    where `calls` sees nothing.
    """
    return any(  # what else the machine does may cost one of the two more
        _seconds(work, size) < 9 * max(_seconds(work, size // 4), 0.02) for _ in range(3)
    )


def _seconds(work: Callable[[int], object], size: int) -> float:
    """Return the processor time that work on a size takes."""
    start = time.process_time()
    work(size)
    return time.process_time() - start
