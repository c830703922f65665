"""Change the elements that latex2mathml writes to those of MathML Core, which browsers show."""

from itertools import pairwise

from generator.text.math.alphabets import to_alphabet
from generator.text.math.tree import ATOMS, SCRIPTED, TIGHT, Atom, Node, atoms, needs_space

ROWS = frozenset(("math", "mpadded", "mphantom", "mrow", "msqrt", "mstyle", "mtd"))
"""Elements that lay out their children as a row."""

THIN_SPACE = Node("mspace", attributes=(("width", "0.167em"),))


def to_mathml_core(node: Node) -> Node:
    """Return the node with rows, scripts, letters and names of functions spaced as TeX sets them."""
    if not node.children:
        return _leaf(node)
    children = node.children
    if node.tag in SCRIPTED:
        children = (children[0], *map(_tightened, children[1:]))
    if node.tag in ROWS:
        if len(children) == 1 and _is_bare_row(children[0]):
            children = children[0].children
        children = _with_function_spaces(children)
    if node.tag == "math" and len(children) == 1:  # `$\sim$10`: the text around it decides on spaces
        children = (_tight(children[0]),)
    if len(children) == 1 and _is_bare_row(node):
        return children[0]
    return Node(node.tag, "", node.attributes, children)


def _leaf(node: Node) -> Node:
    if (node.tag, node.text) == ("mi", "~"):  # what latex2mathml makes of \sim
        return Node("mo", "\N{TILDE OPERATOR}")
    if node.tag == "mo" and len(node.text) > 1 and node.text.isalpha():  # else it is spaced like a plus
        return Node("mi", node.text)
    attributes = dict(node.attributes)
    if attributes.get("mathvariant", "normal") == "normal":
        return node
    variant = attributes.pop("mathvariant")
    text = node.text if node.tag == "mtext" else to_alphabet(node.text, variant)
    return Node(node.tag, text, tuple(attributes.items()))


def _is_bare_row(node: Node) -> bool:
    return node.tag == "mrow" and not node.attributes


def _with_function_spaces(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a row with thin spaces around the names of functions."""
    row: list[Node] = []
    for child, neighbours in zip(children, pairwise([Atom.SPACE, *atoms(children)]), strict=True):
        row += [THIN_SPACE, child] if needs_space(Atom.NAME, *neighbours) else [child]
    return tuple(row)


def _tightened(script: Node) -> Node:
    """Return a script without the spaces around its operators and after its commas."""
    if script.tag != "mrow":
        return script
    return Node("mrow", "", script.attributes, tuple(map(_tight, script.children)))


def _tight(node: Node) -> Node:
    if node.tag != "mo" or ATOMS.get(node.text) not in (Atom.BETWEEN, Atom.COMMA):
        return node
    return Node("mo", node.text, (*node.attributes, *TIGHT))
