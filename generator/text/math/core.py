"""A converted element, as browsers need it: MathML Core has less than latex2mathml writes for."""

from itertools import pairwise

from generator.text.math.alphabets import lettered
from generator.text.math.tree import ATOMS, SCRIPTED, TIGHT, Atom, Node, atoms, is_apart

ROWS = frozenset(("math", "mpadded", "mphantom", "mrow", "msqrt", "mstyle", "mtd"))
"""Elements that lay out their children as a row."""

THIN_SPACE = Node("mspace", attributes=(("width", "0.167em"),))


def normalized(node: Node) -> Node:
    """Return the node with rows, scripts, letters and names of functions as TeX would set them."""
    if not node.children:
        return _leaf(node)
    children = node.children
    if node.tag in SCRIPTED:
        children = (children[0], *map(_tightened, children[1:]))
    if node.tag in ROWS:
        if len(children) == 1 and _is_bare_row(children[0]):
            children = children[0].children
        children = _applied(children)
    if len(children) == 1 and _is_bare_row(node):
        return children[0]
    return Node(node.tag, "", node.attributes, children)


def _leaf(node: Node) -> Node:
    if (node.tag, node.text) == ("mi", "~"):  # what latex2mathml makes of \sim
        return Node("mo", "\N{TILDE OPERATOR}")
    if node.tag == "mo" and len(node.text) > 1 and node.text.isalpha():  # or it is spaced like a plus
        return Node("mi", node.text)
    attributes = dict(node.attributes)
    if attributes.get("mathvariant", "normal") == "normal":
        return node
    variant = attributes.pop("mathvariant")
    text = node.text if node.tag == "mtext" else lettered(node.text, variant)
    return Node(node.tag, text, tuple(attributes.items()))


def _is_bare_row(node: Node) -> bool:
    return node.tag == "mrow" and not node.attributes


def _applied(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a row with thin spaces about the names of functions."""
    row: list[Node] = []
    for child, neighbours in zip(children, pairwise([Atom.SPACE, *atoms(children)]), strict=True):
        row += [THIN_SPACE, child] if is_apart(Atom.NAME, *neighbours) else [child]
    return tuple(row)


def _tightened(script: Node) -> Node:
    """Return a script without the spaces about its operators and behind its commas."""
    if script.tag != "mrow":
        return script
    return Node("mrow", "", script.attributes, tuple(map(_tight, script.children)))


def _tight(node: Node) -> Node:
    if node.tag != "mo" or ATOMS.get(node.text) not in (Atom.BETWEEN, Atom.COMMA):
        return node
    return Node("mo", node.text, (*node.attributes, *TIGHT))
