"""What lines of a page are among their neighbours: the table in this folder is the specification."""

import re
from pathlib import Path

import pytest
import yaml

from generator.listings.entry import Line, Part
from generator.listings.pages.bylines import piece_of
from generator.listings.pages.context import in_context

PAGES = yaml.safe_load(Path(__file__).with_name("context.yaml").read_text("utf-8"))


def line(number: int, written: str) -> Line:
    """Return a line as a saved page has it: ``### A Title``, or ``[Orchard](/orchard)``."""
    mark, text = re.fullmatch(r"(?:(#+) )?(.+)", written).groups()  # type: ignore[union-attr]
    link = re.fullmatch(r"\[(.+)\]\((.+)\)", text)
    parts = (Part(link[1], link[2]),) if link else ()
    return Line(number, link[1] if link else text, parts, len(mark or ""))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_lines_are(page: str) -> None:
    rows = [re.split(r"\s+\| ", row) for row in page.splitlines()]
    lines = [line(number, text) for number, (row, _) in enumerate(rows, 1) for text in row.split(" ; ")]
    told = in_context([piece_of(one) for one in lines])
    for number, (_, expected) in enumerate(rows, 1):
        found = [piece for piece in told if piece.first <= number <= piece.last]
        kinds = " ; ".join(piece.kind.name for piece in found)
        texts = [piece.text for piece in found]
        is_same = texts == [one.text for one in lines if one.number == number]
        assert (kinds if is_same else f"{kinds} {' ; '.join(texts)}") == expected
