"""MathML tree -> one line: `x²`, `α_(1∼8)`, `(a+b)/c`, as Unicode's nearly plain-text mathematics (UTN #28).

One walk, in two notations: `PLAIN` is text, `MARKED` is HTML that every feed reader shows.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from markupsafe import escape

from generator.publishing.text.mathml import Node

SUPERSCRIPTS = str.maketrans("0123456789+−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
SUBSCRIPTS = str.maketrans("0123456789+−=()aeijkmnoprtuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₘₙₒₚᵣₜᵤᵥₓ")
RAISED = {"′": "′", "″": "″", "‴": "‴", "∘": "°", "*": "*", "∗": "*", "†": "†"}
"""Signs that stand high by themselves."""
COMBINING = {
    "^": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "~": "\N{COMBINING TILDE}",
    "―": "\N{COMBINING MACRON}",
    "¯": "\N{COMBINING MACRON}",
    "→": "\N{COMBINING RIGHT ARROW ABOVE}",
    "˙": "\N{COMBINING DOT ABOVE}",
    "¨": "\N{COMBINING DIAERESIS}",
}
SPACED = frozenset("=<>≤≥≠≈≡∼≃≅∝≪≫≜∈∉⊂⊆⊃⊇→←↔⇒⇔↦+−±×÷∪∩∧∨")
"""Relations and binary operators: spaces stand about them, as TeX would set them."""
LINEAR = frozenset(
    """math mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtext munder
    munderover""".split()
)
"""Elements that one line can show; a table is not among them."""


class Notation(NamedTuple):
    """How a line shows what a line of plain characters has no place for."""

    words: Callable[[str], str]
    letter: Callable[[str], str]
    raised: Callable[[str], str]
    lowered: Callable[[str], str]


def linear(node: Node, notation: Notation) -> str | None:
    """Return the formula of a `math` node on one line, or None where a line cannot show it."""
    return _line(node, notation) if _is_linear(node) else None
