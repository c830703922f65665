r"""Write a formula's tree on one line, in the linear format of Unicode's plain-text mathematics (UTN #28).

    x^2             ->  x²
    D_{train} x     ->  D_train x
    \frac{a+b}{c}   ->  (a + b)/c

One walk writes two notations: `PLAIN` is text, `HTML` is HTML that every feed reader shows.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from markupsafe import escape

from generator.text.math.tree import SCRIPTED, Atom, Node, atoms, needs_space

SUPERSCRIPTS = str.maketrans("0123456789+\N{MINUS SIGN}=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
SUBSCRIPTS = str.maketrans("0123456789+\N{MINUS SIGN}=()aeijkmnoprtuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₘₙₒₚᵣₜᵤᵥₓ")
HIGH = {"\N{PRIME}": "\N{PRIME}", "*": "*", "\N{ASTERISK OPERATOR}": "*", "\N{RING OPERATOR}": "°", "†": "†"}
"""Signs that are raised already."""

COMBINING = {
    "^": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "~": "\N{COMBINING TILDE}",
    "\N{HORIZONTAL BAR}": "\N{COMBINING MACRON}",
    "\N{MACRON}": "\N{COMBINING MACRON}",
    "\N{RIGHTWARDS ARROW}": "\N{COMBINING RIGHT ARROW ABOVE}",
    "\N{DOT ABOVE}": "\N{COMBINING DOT ABOVE}",
    "\N{DIAERESIS}": "\N{COMBINING DIAERESIS}",
}
"""Accents over a letter, by the operator that MathML writes there."""

VARIABLE = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ\u1e00-\u1eff][\u0300-\u036f\u20d7]?")
"""One Latin or Greek letter, accented or not, which is set in italics."""

ROWS = frozenset(("math", "mpadded", "mrow", "mstyle"))
LINEAR = ROWS | SCRIPTED | frozenset(("mfrac", "mi", "mn", "mo", "mroot", "mspace", "msqrt", "mtext"))
"""Elements that one line can show; a table is not among them."""

RUNS_ON = re.compile(r"[_^]\w+$")
"""A script without brackets: a letter after it must not join it."""


class Notation(NamedTuple):
    """How a line shows letters and scripts."""

    words: Callable[[str], str]
    letter: Callable[[str], str]
    raised: Callable[[str], str]
    lowered: Callable[[str], str]


def linear(node: Node, notation: Notation) -> str | None:
    """Return the formula of a `math` node on one line; None if a line cannot show it."""
    return _line(node, notation) if _is_linear(node) else None


def _is_linear(node: Node) -> bool:
    match node:
        case Node(tag="mfrac", attributes=(("linethickness", _),)):  # a binomial, without a fraction's line
            return False
        case Node(tag="mover" | "munder", children=(base, Node(tag="mo", text=accent))):
            return node.tag == "mover" and accent in COMBINING and _is_linear(base)
    return node.tag in LINEAR and all(map(_is_linear, node.children))


def _line(node: Node, notation: Notation) -> str:
    match node.tag, node.children:
        case tag, _ if tag in SCRIPTED:
            return _scripted(node, notation)
        case tag, children if tag in ROWS:
            return _row(children, notation)
        case "mfrac", (over, under):
            return f"{_operand(notation, over)}/{_operand(notation, under)}"
        case "mroot", (radicand, index):
            return f"{_high(index, notation)}√{_operand(notation, radicand)}"
        case "msqrt", radicand:
            return f"√{_operand(notation, *radicand)}"
    return _leaf(node, notation)


def _row(nodes: tuple[Node, ...], notation: Notation) -> str:
    line, left = "", Atom.SPACE
    for node, atom in zip(nodes, atoms(nodes), strict=True):
        written = _line(node, notation)
        runs_on = RUNS_ON.search(line) and written[:1].isalnum()
        line += (" " if runs_on else _gap(left, atom)) + written
        left = atom
    return line


def _gap(left: Atom, right: Atom) -> str:
    if needs_space(Atom.NAME, left, right) or needs_space(Atom.LARGE, left, right):
        return " "
    loose = left is Atom.COMMA or Atom.BETWEEN in (left, right)
    return " " if loose and Atom.SPACE not in (left, right) else ""


def _scripted(node: Node, notation: Notation) -> str:
    base, *scripts = node.children
    match node.tag, scripts:
        case "mover", [Node(tag="mo", text=accent)]:
            return _line(_accented(base, COMBINING[accent]), notation)
        case "msup" | "mover", [high]:
            written = _high(high, notation)
        case _, [low]:
            written = _low(low, notation)
        case _, [low, high]:
            written = _low(low, notation) + _high(high, notation)
    return _line(base, notation) + written


def _leaf(node: Node, notation: Notation) -> str:
    if node.tag == "mspace":
        return " " if dict(node.attributes).get("width", "")[:1].isdigit() else ""
    return notation.letter(node.text) if _is_variable(node) else notation.words(node.text)


def _operand(notation: Notation, *nodes: Node) -> str:
    simple = len(nodes) == 1 and nodes[0].tag in ("mi", "mn", "msqrt", "msub", "msup", "mtext")
    return _row(nodes, notation) if simple else f"({_row(nodes, notation)})"


def _high(node: Node, notation: Notation) -> str:
    line = _line(node, notation)
    return HIGH[line] if line in HIGH else notation.raised(line)


def _low(node: Node, notation: Notation) -> str:
    return notation.lowered(_line(node, notation))


def _accented(node: Node, accent: str) -> Node:
    text = node.text
    if node.tag == "mi":
        text = "".join(unicodedata.normalize("NFC", character + accent) for character in text)
    return Node(node.tag, text, node.attributes, tuple(_accented(child, accent) for child in node.children))


def _is_variable(node: Node) -> bool:
    return node.tag == "mi" and not node.attributes and VARIABLE.fullmatch(node.text) is not None


def _script(sign: str, forms: dict[int, int]) -> Callable[[str], str]:
    """Return how plain text writes a script: in Unicode's small forms, or after a sign, in brackets."""

    def written(line: str) -> str:
        if all(ord(character) in forms for character in line) and (len(line) == 1 or not line.isalpha()):
            return line.translate(forms)
        return sign + (line if len(line) == 1 or line.isalnum() else f"({line})")

    return written


PLAIN = Notation(words=str, letter=str, raised=_script("^", SUPERSCRIPTS), lowered=_script("_", SUBSCRIPTS))
HTML = Notation(
    words=lambda text: str(escape(text)),
    letter=lambda text: f"<em>{text}</em>",
    raised=lambda line: f"<sup>{line}</sup>",
    lowered=lambda line: f"<sub>{line}</sub>",
)
