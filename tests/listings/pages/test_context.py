"""What lines of a page are among their neighbours: the table in this folder is the specification."""

import re
from pathlib import Path

import pytest
import yaml

from generator.listings.pages.bylines import piece_of
from generator.listings.pages.context import in_context
from tests.support.pages import line

PAGES = yaml.safe_load(Path(__file__).with_name("context.yaml").read_text("utf-8"))


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
