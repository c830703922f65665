"""What is believed of a converted formula, and what is not."""

import pytest

from generator.text import inline
from generator.text.math.conversion import tree
from generator.text.math.tree import Node
from generator.text.segments import Formula

UNBELIEVED = {
    "a macro nobody knows": r"\R^d",
    "a link": r"\href{javascript:alert(1)}{x}",
    "a style": r"\style{background:url(x)}{x}",
    "a class": r"\class{frame}{x}",
    "a definition": r"\def\a{\b\b}\def\b{x}\a",
    "a new command": r"\newcommand{\a}{x}\a",
    "a new operator": r"\DeclareMathOperator{\a}{x}\a",
    "a new environment": r"\newenvironment{a}{x}{y}\begin{a}\end{a}",
    "an element browsers lack": r"\cancel{x}",
    "an operator without a name": r"\operatorname{\mathrm{a}}",
    "an operator made of others": r"\mathop{\mathrm{argmin}}",
    "a control character": r"\unicode{x0}",
    "no character at all": r"\unicode{xFFFFFF}",
    "two subscripts": "a_b_c",
    "a brace too many": "x}",
    "nesting no author wrote": "{" * 100 + "ab" + "}" * 100,
    "nesting no stack holds": "{" * 900,
}


@pytest.mark.parametrize("tex", UNBELIEVED.values(), ids=UNBELIEVED.keys())
def test_unbelieved(tex: str) -> None:
    assert tree(Formula(tex)) is None


def test_text_is_escaped() -> None:
    assert "<mtext>&lt;script&gt;</mtext>" in inline(r"$\text{<script>}$").html


def test_colours_are_the_pages_own() -> None:
    assert tree(Formula(r"\color{red}x")) == Node(
        "math", children=(Node("mstyle", children=(Node("mi", "x"),)),)
    )


def test_letters_stand_by_their_own_code_points() -> None:
    assert inline(r"$\mathbf{AB}_1\mathcal{BD}\mathrm{K}$").html.count("mathvariant") == 1
    assert "<mi>\N{MATHEMATICAL BOLD CAPITAL A}</mi>" in inline(r"$\mathbf{AB}$").html
    assert "<mi>\N{SCRIPT CAPITAL B}</mi>" in inline(r"$\mathcal{BD}$").html


def test_names_of_functions_are_spaced() -> None:
    assert '<mi>n</mi><mspace width="0.167em"></mspace><mi>log</mi>' in inline(r"$n\log(n)$").html
    assert "<mi>log</mi><mo" in inline(r"$n\log(n)$").html


def test_display_is_stated_only_where_it_is() -> None:
    assert 'display="block"' in inline(r"\[x\]").html
    assert "display" not in inline(r"\(x\)").html
