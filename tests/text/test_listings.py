"""The four real listings: every formula becomes MathML, and only the authors' own macros are left of TeX."""

import re
from pathlib import Path

import pytest

from generator.text import inline, plain
from generator.text.scanner import scan
from generator.text.segments import Formula

LISTINGS = Path(__file__).resolve().parents[2] / "content/listings"
LINES = [line for path in sorted(LISTINGS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
pytestmark = pytest.mark.skipif(not LINES, reason=f"no listings in {LISTINGS}")


def test_every_formula_becomes_mathml() -> None:
    formulas = [segment for line in LINES for segment in scan(line) if isinstance(segment, Formula)]
    assert len(formulas) == 24
    assert [tex for line in LINES for tex in inline(line).as_tex] == []


def test_only_the_authors_own_macros_are_left_of_tex() -> None:
    left = {macro for line in LINES for macro in re.findall(r"\\\w+|[$`]|''", plain(line))}
    assert left == {r"\dataset"}


def test_every_url_is_a_link() -> None:
    urls = [line.count("http://") + line.count("https://") for line in LINES]
    assert sum(urls) == sum(inline(line).html.count("<a href=") for line in LINES)
