"""Record why captures were refused, in `content/receipts/refused/LISTING.txt`, a reason a line.

The file has no date, so that the same refusal writes the same bytes. Filing a listing of that name removes
it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.ingest.captures import CaptureReport, ParsedCapture
from generator.ingest.plan import Write
from generator.library.paths import REFUSED


def refused_changes(
    root: Path, captures: Iterable[ParsedCapture | CaptureReport], reports: Iterable[CaptureReport]
) -> Iterator[Write]:
    """Yield what is to be written or removed, given captures and what came of each."""
    for capture, report in zip(captures, reports, strict=True):
        if isinstance(capture, ParsedCapture):
            path = f"{REFUSED}{capture.listing.name}.txt"
            if report.refusals:
                yield Write(path=path, data="".join(f"{reason}\n" for reason in report.refusals).encode())
            elif report.listing and (root / path).exists():
                yield Write(path=path, data=None)
