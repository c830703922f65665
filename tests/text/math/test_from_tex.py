"""Which converted formulas are accepted, and how their elements are changed."""

import pytest

from generator.text import inline
from generator.text.math.from_tex import mathml_tree
from generator.text.math.tree import Node
from generator.text.segments import Formula

REJECTED = {
    "an unknown macro": r"\R^d",
    "a link": r"\href{javascript:alert(1)}{x}",
    "a style": r"\style{background:url(x)}{x}",
    "a class": r"\class{frame}{x}",
    "a definition": r"\def\a{\b\b}\def\b{x}\a",
    "a new command": r"\newcommand{\a}{x}\a",
    "a new operator": r"\DeclareMathOperator{\a}{x}\a",
    "a new environment": r"\newenvironment{a}{x}{y}\begin{a}\end{a}",
    "an element browsers lack": r"\cancel{x}",
    "an operator without a name": r"\operatorname{\mathrm{a}}",
    "an operator made of an element": r"\mathop{x^2}",
    "a control character": r"\unicode{x0}",
    "not a character": r"\unicode{xFFFFFF}",
    "two subscripts": "a_b_c",
    "a brace too many": "x}",
    "nesting deeper than any author's": "{" * 100 + "ab" + "}" * 100,
    "nesting too deep for the stack": "{" * 900,
}


@pytest.mark.parametrize("tex", REJECTED.values(), ids=REJECTED.keys())
def test_a_formula_is_rejected(tex: str) -> None:
    assert mathml_tree(Formula(tex)) is None


def test_text_is_escaped() -> None:
    assert "<mtext>&lt;script&gt;</mtext>" in inline(r"$\text{<script>}$").html


def test_colours_are_dropped() -> None:
    assert mathml_tree(Formula(r"\color{red}x")) == Node(
        "math", children=(Node("mstyle", children=(Node("mi", "x"),)),)
    )


def test_letters_are_written_as_their_own_code_points() -> None:
    assert inline(r"$\mathbf{AB}_1\mathcal{BD}\mathrm{K}$").html.count("mathvariant") == 1
    assert "<mi>\N{MATHEMATICAL BOLD CAPITAL A}</mi>" in inline(r"$\mathbf{AB}$").html
    assert "<mi>\N{SCRIPT CAPITAL B}</mi>" in inline(r"$\mathcal{BD}$").html


def test_names_of_functions_are_spaced() -> None:
    assert '<mi>n</mi><mspace width="0.167em"></mspace><mi>log</mi>' in inline(r"$n\log(n)$").html
    assert "<mi>log</mi><mo" in inline(r"$n\log(n)$").html


def test_only_a_displayed_formula_has_the_attribute_display() -> None:
    assert 'display="block"' in inline(r"\[x\]").html
    assert "display" not in inline(r"\(x\)").html


@pytest.mark.parametrize(
    ("tex", "is_wide"), [("x" * 24, False), ("x" * 25, True), (r"\frac{x}{12}" * 9, True)]
)
def test_a_formula_of_more_than_24_signs_scrolls_by_keys(tex: str, is_wide: bool) -> None:
    assert ('tabindex="0"' in inline(f"${tex}$").html) is is_wide


@pytest.mark.parametrize(("innermost", "is_accepted"), [("x", True), ("x^2", False)])
def test_a_formula_has_forty_levels_at_most(innermost: str, is_accepted: bool) -> None:
    formula = Formula(r"\sqrt{" * 19 + innermost + "}" * 19)  # two levels each
    assert (mathml_tree(formula) is not None) is is_accepted
