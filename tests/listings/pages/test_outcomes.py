"""Which lines of a page are papers, and what is said of the others, page by page."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from generator.listings import Parse, parse

PAGES = yaml.safe_load(Path(__file__).with_name("outcomes.yaml").read_text("utf-8"))
TEXTS = {
    "A": (
        "We see how pears fall, and find that they fall fewer times "
        "than figs, which is a third of all that fell here."
    ),
    "B": (
        "Long windows are hard to see through, since a pane of glass "
        "is thick. We clean it, and light falls through both."
    ),
    "C": (
        "Graphs forget what is far away, and we prove how much of it "
        "survives. A rewiring doubles that in one fast pass."
    ),
    "S": "We see pears.",
    "X": "x " * 501,
    "Y": "x " * 499 + "x",
}


def marks(parsed: Parse) -> dict[int, str]:
    """Return the mark of each line."""
    found = {line: "." for span in parsed.boilerplate for line in range(span.first, span.last + 1)}
    for entry in parsed.entries:
        for line in range(entry.span.first, entry.span.last + 1):
            found[line] = found.get(line, "") + str(entry.position)
    for problem in parsed.problems:
        place = problem.location
        for line in range(place.line, max(place.line, place.last_line) + 1):
            found[line] = found.get(line, "") + "!"
    return found


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_becomes_of_each_line(page: str) -> None:
    rows = [row[5:] for row in page.splitlines() if not row.startswith("=> ")]
    text = "\n".join(rows).format(**TEXTS)
    parsed = parse(text.encode(), "page.txt", dt.date(2025, 10, 3), "hf-daily")
    found = marks(parsed)
    outcome = [f"{found[line]:2} | {row}".rstrip() for line, row in enumerate(rows, 1)]
    assert outcome + [f"=> {problem.message}" for problem in parsed.problems] == page.splitlines()
