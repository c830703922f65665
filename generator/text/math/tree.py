"""The tree of a formula, and the spacing class of its parts."""

from enum import Enum

import msgspec

SCRIPTED = frozenset(("mover", "msub", "msubsup", "msup", "munder", "munderover"))
"""Elements whose first child is a base, and whose other children are set around it."""

TIGHT = (("lspace", "0"), ("rspace", "0"))
"""Attributes of an operator without spaces around it."""


class Node(msgspec.Struct, frozen=True):
    """An element of presentation MathML: a leaf with text, or a parent with children."""

    tag: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Node", ...] = ()


class Atom(Enum):
    """The spacing class of a part of a formula: TeX's classes (The TeXbook, chapter 18), simplified."""

    ORDINARY = "letter, number, fraction, sign"
    NAME = "name of a function"
    LARGE = "sum, product, integral"
    BETWEEN = "relation or binary operator"
    OPENING = "opening bracket"
    CLOSING = "closing bracket"
    GROUP = "row between brackets"
    COMMA = "comma or semicolon"
    SPACE = "space of its own"


OPERANDS = (Atom.ORDINARY, Atom.NAME, Atom.LARGE)
CLOSED = (Atom.CLOSING, Atom.GROUP)
RELATIONS = "=<>≤≥≠≈≡≃≅∝≪≫≜≔≲≳⩽⩾\N{TILDE OPERATOR}∈∉⊂⊆⊃⊇→←↔⟶⟵⟹⇒⇔↦⟼⟷⟸⇐⟺↪↩↠⇝≺≻⪯⪰≼≽⊢⊨≍≐≢⊄⊈⊊⊋∋"
ATOMS = {
    **dict.fromkeys(RELATIONS, Atom.BETWEEN),
    **dict.fromkeys("+\N{MINUS SIGN}±\N{MULTIPLICATION SIGN}÷\N{UNION}∩\N{LOGICAL OR}∧", Atom.BETWEEN),
    **dict.fromkeys("\N{SET MINUS}\N{REVERSE SOLIDUS OPERATOR}", Atom.BETWEEN),
    **dict.fromkeys("∑∏∐∫∮\N{N-ARY UNION}⋂", Atom.LARGE),
    **dict.fromkeys("([{⟨⌈⌊", Atom.OPENING),
    **dict.fromkeys(")]}⟩⌉⌋", Atom.CLOSING),
    **dict.fromkeys(",;", Atom.COMMA),
}
"""The class of an operator, by its sign."""


def atoms(nodes: tuple[Node, ...]) -> list[Atom]:
    """Return the spacing class of each node of a row."""
    found = [_atom(node) for node in nodes]
    for index, atom in enumerate(found):
        if atom is Atom.BETWEEN and _is_sign(found, index, is_final=not ends_at_relation(nodes)):
            found[index] = Atom.ORDINARY
        if nodes[index].text == ":" and {node.tag for node in nodes[index - 1 : index + 2 : 2]} != {"mn"}:
            found[index] = Atom.COMMA  # but 1:10 is a ratio
    return found


def begins_with_relation(nodes: tuple[Node, ...]) -> bool:
    """Tell whether the first node of a row is a relation."""
    return bool(nodes) and nodes[0].tag == "mo" and nodes[0].text[:1] in RELATIONS


def ends_at_relation(nodes: tuple[Node, ...]) -> bool:
    """Tell whether the last node of a row is a relation, as in `T =`."""
    return begins_with_relation(nodes[-1:])


def needs_space(kind: Atom, left: Atom, right: Atom) -> bool:
    """Tell whether one of two neighbours is of a kind that needs a space before operands, as in `log n`."""
    return kind in (left, right) and left in (*OPERANDS, *CLOSED) and right in OPERANDS


def _atom(node: Node) -> Atom:
    while node.tag in SCRIPTED:
        node = node.children[0]
    if node.tag == "mspace":
        return Atom.SPACE
    if node.attributes[-2:] == TIGHT:
        return Atom.ORDINARY
    if node.tag == "mrow" and node.children and _atom(node.children[0]) is Atom.OPENING:
        return Atom.GROUP
    if node.tag == "mi" and len(node.text) > 1 and node.text.isalpha():
        return Atom.NAME
    return ATOMS.get(node.text, Atom.ORDINARY)


def _is_sign(found: list[Atom], index: int, *, is_final: bool) -> bool:
    """Tell whether an operator lacks an operand on its left or right, as a minus before a number does.

    `is_final` says whether the last node of a row does: a relation does not, since the text goes on with it.
    """
    if index == 0 or (is_final and index == len(found) - 1):
        return True
    return found[index - 1] not in (Atom.ORDINARY, *CLOSED)
