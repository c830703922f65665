"""A converted element, as browsers need it: MathML Core has less than latex2mathml writes for."""

from itertools import pairwise

from generator.publishing.text.alphabets import lettered
from generator.publishing.text.nodes import Atom, Node, atoms, is_applied

INFERRED_ROW = frozenset(("math", "mpadded", "mphantom", "msqrt", "mstyle", "mtd"))
"""Elements that lay out several children as a row by themselves."""

THIN_SPACE = Node("mspace", attributes=(("width", "0.167em"),))


def normalized(node: Node) -> Node:
    """Return the node without a row of one, its letters by their own code points, its functions spaced."""
    attributes = dict(node.attributes)
    if node.tag in ("mi", "mn", "mo", "mtext"):
        return _leaf(node.tag, node.text, attributes)
    children = node.children
    if node.tag == "mrow" and len(children) == 1 and not attributes:
        return children[0]
    if node.tag in INFERRED_ROW and len(children) == 1 and _is_bare_row(children[0]):
        return Node(node.tag, "", node.attributes, children[0].children)
    if node.tag in INFERRED_ROW or node.tag == "mrow":
        return Node(node.tag, "", node.attributes, _applied(children))
    return node


def _leaf(tag: str, text: str, attributes: dict[str, str]) -> Node:
    if (tag, text) == ("mi", "~"):  # what latex2mathml makes of \sim
        return Node("mo", "\N{TILDE OPERATOR}")
    if tag == "mo" and len(text) > 1 and text.isalpha():  # a name, which as an operator is spaced like a plus
        return Node("mi", text)
    variant = attributes.get("mathvariant", "normal")
    if variant == "normal":
        return Node(tag, text, tuple(attributes.items()))
    del attributes["mathvariant"]
    return Node(tag, text if tag == "mtext" else lettered(text, variant), tuple(attributes.items()))


def _is_bare_row(node: Node) -> bool:
    return node.tag == "mrow" and not node.attributes


def _applied(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a row with the thin spaces that TeX sets about a function's name."""
    row: list[Node] = []
    for child, neighbours in zip(children, pairwise([Atom.SPACE, *atoms(children)]), strict=True):
        row += [THIN_SPACE, child] if is_applied(*neighbours) else [child]
    return tuple(row)
