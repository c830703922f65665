"""Write a formula's tree as MathML. It has only what `from_tex` accepts; text is escaped here."""

from markupsafe import escape

from generator.text.math.tree import Node
from generator.text.segments import Formula

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
WIDE = 24
"""Letters and signs. A longer formula may be wider than a phone; it scrolls, by keys too."""


def mathml(formula: Formula, tree: Node) -> str:
    """Return the formula as a `<math>` element, its TeX as alternative text; well-formed as HTML and XML."""
    display = ' display="block"' if formula.display else ""
    focus = ' tabindex="0"' if _letters(tree) > WIDE else ""
    content = "".join(map(_element, tree.children))
    alternative = escape(formula.tex)
    return f'<math xmlns="{NAMESPACE}"{display}{focus} alttext="{alternative}">{content}</math>'


def _letters(node: Node) -> int:
    return len(node.text) + sum(map(_letters, node.children))


def _element(node: Node) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in node.attributes)
    content = "".join(map(_element, node.children)) or escape(node.text)
    return f"<{node.tag}{attributes}>{content}</{node.tag}>"
