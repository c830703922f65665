r"""Write a formula's tree on one line, in the linear format of Unicode's plain-text mathematics (UTN #28).

    x^2             ->  x²
    D_{train} x     ->  D_train x
    \frac{a+b}{c}   ->  (a+b)/c
    \frac{1}{2}x     ->  (1/2)x

One walk writes two notations: `PLAIN` is text, `HTML` is HTML that every feed reader shows.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from markupsafe import escape

from generator.text.math.tree import (
    ATOMS,
    CLOSED,
    SCRIPTED,
    Atom,
    Node,
    atoms,
    begins_with_relation,
    ends_at_relation,
    needs_space,
)

SUPERSCRIPTS = str.maketrans("0123456789+\N{MINUS SIGN}=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
SUBSCRIPTS = str.maketrans("0123456789+\N{MINUS SIGN}=()aeijknopruvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₙₒₚᵣᵤᵥₓ")
HIGH = {
    "\N{PRIME}": "\N{PRIME}",
    "\N{DOUBLE PRIME}": "\N{DOUBLE PRIME}",
    "*": "*",
    "\N{ASTERISK OPERATOR}": "*",
    "\N{RING OPERATOR}": "°",
    "†": "†",
}
"""Signs that are raised already."""

COMBINING = {
    "^": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "~": "\N{COMBINING TILDE}",
    "\N{HORIZONTAL BAR}": "\N{COMBINING MACRON}",
    "\N{MACRON}": "\N{COMBINING MACRON}",
    "\N{RIGHTWARDS ARROW}": "\N{COMBINING RIGHT ARROW ABOVE}",
    "\N{DOT ABOVE}": "\N{COMBINING DOT ABOVE}",
    "\N{DIAERESIS}": "\N{COMBINING DIAERESIS}",
    "\N{RING ABOVE}": "\N{COMBINING RING ABOVE}",
    "\N{RING OPERATOR}": "\N{COMBINING RING ABOVE}",
}
"""Accents over a letter, by the operator that MathML writes there."""

VARIABLE = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ\u1e00-\u1eff][\u0300-\u036f\u20d7]?")
"""One Latin or Greek letter, accented or not, which is set in italics."""

ROWS = frozenset(("math", "mpadded", "mrow", "mstyle", "mtd"))
"""Elements whose children are written one after the other."""

WRITTEN = {"\N{COLON EQUALS}": ":=", "\N{ZERO WIDTH SPACE}": ""}
"""Signs that plain text writes otherwise."""

EMPTY = Node("mi")
"""What latex2mathml puts before a relation at which rows are aligned."""

RUNS_ON = re.compile(r"[_^]\w+$")
"""A script without brackets: a letter after it must not join it."""


OPENS = (Atom.OPENING, Atom.GROUP, Atom.NAME, Atom.LARGE)
THIN = tuple((("width", f"{width}em"),) for width in ("0.167", "0.222", "0.278"))
"""Attributes of the spaces that TeX's authors put between factors."""

BRACKETED = re.compile(r"\([^()]*\)")
LOOSE = re.compile(" ([-+\N{MINUS SIGN}±]) ")
"""A spaced sign; within the brackets of a fraction it needs no space."""


class Notation(NamedTuple):
    """How a line shows letters and scripts."""

    words: Callable[[str], str]
    letter: Callable[[str], str]
    raised: Callable[[str], str]
    lowered: Callable[[str], str]


def linear(node: Node, notation: Notation) -> str:
    """Return the formula of a `math` node on one line; it ends at a space if at a relation, as `T =` does."""
    line = _line(node, notation)
    return f"{line} " if len(node.children) > 1 and ends_at_relation(node.children) else line


def _line(node: Node, notation: Notation) -> str:
    match node.tag, node.children:
        case tag, _ if tag in SCRIPTED:
            return _scripted(node, notation)
        case tag, children if tag in ROWS:
            return _row(children, notation)
        case "mtable", rows:
            return "; ".join(_table_row(row, notation) for row in rows)
        case "mfrac" | "mroot" | "msqrt", _:
            return _composed(node, notation)
    return "" if node.tag == "mphantom" else _leaf(node, notation)


def _composed(node: Node, notation: Notation) -> str:
    """Return a fraction or a root."""
    first, *others = node.children
    if node.tag == "msqrt":
        return f"√{_operand(notation, *node.children)}"
    if node.tag == "mroot":
        return f"{_high(others[0], notation)}√{_operand(notation, first)}"
    if dict(node.attributes).get("linethickness", "")[:1] == "0":  # a binomial, without a fraction's line
        return f"{_line(first, notation)} choose {_line(others[0], notation)}"
    return f"{_operand(notation, first)}/{_operand(notation, others[0])}"


def _row(nodes: tuple[Node, ...], notation: Notation) -> str:
    line, left, kinds = "", Atom.SPACE, atoms(nodes)
    for index, (node, atom) in enumerate(zip(nodes, kinds, strict=True)):
        written = _line(node, notation)
        if node.tag == "mfrac" and _is_factor(nodes, kinds, index):
            written = f"({written})"
        elif node.tag == "mtable" and _is_open(nodes, index):
            written += "}"
        runs_on = RUNS_ON.search(line) and written[:1].isalnum()
        line += (" " if runs_on else _gap(left, atom)) + written
        left = atom
    return line


def _is_factor(nodes: tuple[Node, ...], kinds: list[Atom], index: int) -> bool:
    """Tell whether a fraction has a factor at its side: (1/2)x, which is not 1/(2x)."""
    left, right = index - 1, index + 1
    if right < len(nodes) and nodes[right].attributes in THIN:
        right += 1
    return (left >= 0 and _is_operand(nodes[left], kinds[left], CLOSED)) or (
        right < len(nodes) and _is_operand(nodes[right], kinds[right], OPENS)
    )


def _is_operand(node: Node, kind: Atom, others: tuple[Atom, ...]) -> bool:
    return kind in others or (kind is Atom.ORDINARY and node.tag != "mo")


def _is_open(nodes: tuple[Node, ...], index: int) -> bool:
    """Tell whether a table has a brace on its left only, as cases have."""
    return index > 0 and nodes[index - 1].text == "{" and not any(node.text for node in nodes[index + 1 :])


def _table_row(row: Node, notation: Notation) -> str:
    """Return the cells of a row, those that are aligned at a relation as one formula."""
    cells: list[tuple[Node, ...]] = []
    for cell in row.children:
        nodes = tuple(node for node in cell.children if node != EMPTY)
        if cells and (begins_with_relation(nodes) or ends_at_relation(cells[-1])):
            cells[-1] += nodes
        elif nodes:
            cells.append(nodes)
    return ", ".join(_cell(cell, notation) for cell in cells)


def _cell(nodes: tuple[Node, ...], notation: Notation) -> str:
    if begins_with_relation(nodes):
        return f"{_line(nodes[0], notation)} {_cell(nodes[1:], notation)}"
    return _row(nodes, notation).strip().rstrip(",;")


def _gap(left: Atom, right: Atom) -> str:
    if needs_space(Atom.NAME, left, right) or needs_space(Atom.LARGE, left, right):
        return " "
    if left is Atom.LARGE and right in (Atom.OPENING, Atom.GROUP):
        return " "
    loose = left is Atom.COMMA or Atom.BETWEEN in (left, right)
    return " " if loose and Atom.SPACE not in (left, right) else ""


def _scripted(node: Node, notation: Notation) -> str:
    base, *scripts = node.children
    match node.tag, scripts:
        case "mover", [Node(tag="mo", text=accent)] if accent in COMBINING:
            return _line(_accented(base, COMBINING[accent]), notation)
        case "mover" | "munder", [Node(tag="mo", text=accent)] if accent not in ATOMS:
            return _line(base, notation)
        case "msup" | "mover", [high]:
            written = _high(high, notation)
        case _, [low]:
            written = _low(low, notation)
        case _, [low, high]:
            written = _low(low, notation) + _high(high, notation)
    is_operand = node.tag in ("msup", "msub", "msubsup") and _is_composed(base)
    return (f"({_line(base, notation)})" if is_operand else _line(base, notation)) + written


def _is_composed(base: Node) -> bool:
    """Tell whether a script's base needs brackets: it has none, and is no word, whose letters are upright."""
    if base.tag != "mrow":
        return base.tag in ("mfrac", "msqrt", "mroot")
    is_word = all(node.tag == "mi" and not _is_variable(node) for node in base.children)
    first = base.children[0] if base.children else base
    is_bracketed = first.tag == "mo" and ATOMS.get(first.text) is not Atom.BETWEEN
    return len(base.children) > 1 and not is_word and not is_bracketed


def _leaf(node: Node, notation: Notation) -> str:
    if node.tag == "mspace":
        return " " if dict(node.attributes).get("width", "")[:1].isdigit() else ""
    if node.text in WRITTEN:
        return WRITTEN[node.text]
    return notation.letter(node.text) if _is_variable(node) else notation.words(node.text)


def _operand(notation: Notation, *nodes: Node) -> str:
    simple = len(nodes) == 1 and nodes[0].tag in ("mi", "mn", "msqrt", "msub", "msup", "mtext")
    line = LOOSE.sub(r"\1", _row(nodes, notation))
    return line if simple else f"({line})"


def _high(node: Node, notation: Notation) -> str:
    line = _line(node, notation)
    return HIGH[line] if line in HIGH else notation.raised(line)


def _low(node: Node, notation: Notation) -> str:
    return notation.lowered(_line(node, notation).replace(": ", ":"))


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
        is_clear = len(line) == 1 or line.isalpha() or line.isdecimal() or BRACKETED.fullmatch(line)
        return sign + (line if is_clear else f"({line})")

    return written


PLAIN = Notation(words=str, letter=str, raised=_script("^", SUPERSCRIPTS), lowered=_script("_", SUBSCRIPTS))
HTML = Notation(
    words=lambda text: str(escape(text)),
    letter=lambda text: f"<em>{text}</em>",
    raised=lambda line: f"<sup>{line}</sup>",
    lowered=lambda line: f"<sub>{line}</sub>",
)
