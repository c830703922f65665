"""What a listing says and what is shown, case by case: the tables in this folder are the specification."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from generator.text import RenderedText, feed_inline, inline, paragraphs, plain
from generator.text.math.from_tex import mathml_tree
from generator.text.scanner import scan
from generator.text.segments import Formula

HERE = Path(__file__).parent
DOLLARS = yaml.safe_load((HERE / "dollars.yaml").read_text("utf-8"))
FORMULAS = [
    re.split(r"\s{2,}", line)
    for line in (HERE / "formulas.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


class Case(NamedTuple):
    text: str
    html: str | None = None
    plain: str | None = None
    feed: str | None = None
    fallbacks: int = 0


CASES = [
    pytest.param(Case(**case), id=f"{group}: {case['text']}")
    for group, cases in yaml.safe_load((HERE / "shown.yaml").read_text("utf-8")).items()
    for case in cases
]


@pytest.mark.parametrize("case", CASES)
def test_text_is_shown(case: Case) -> None:
    shown = inline(case.text)
    assert case.html in (None, shown.html)
    assert case.plain in (None, plain(case.text))
    assert case.feed in (None, feed_inline(case.text))
    assert len(shown.as_tex) == case.fallbacks


@pytest.mark.parametrize(("text", "tex"), DOLLARS["formulas"].items())
def test_dollars_delimit_a_formula(text: str, tex: str) -> None:
    assert [segment.tex for segment in scan(text) if isinstance(segment, Formula)] == [tex]


@pytest.mark.parametrize("text", DOLLARS["money"])
def test_dollars_are_money(text: str) -> None:
    assert not [segment for segment in scan(text) if isinstance(segment, Formula)]


@pytest.mark.parametrize(("tex", "line"), FORMULAS)
def test_formula_on_one_line(tex: str, line: str) -> None:
    assert plain(rf"\({tex}\)") == line
    assert mathml_tree(Formula(tex)) is not None


def test_each_line_that_is_not_empty_is_a_paragraph() -> None:
    assert paragraphs("One $x_\n\n  \nTwo $\\foo$") == (inline("One $x_"), inline("Two $\\foo$"))
    assert paragraphs("") == ()


def test_formulas_that_could_not_become_mathml_are_named() -> None:
    assert inline(r"$x$ $\foo$ $\bar$") == RenderedText(inline(r"$x$ $\foo$ $\bar$").html, (r"\foo", r"\bar"))
