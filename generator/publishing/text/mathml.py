r"""TeX formula -> MathML, believed element by element.

latex2mathml does the conversion. It was not made for hostile input: it leaves macros it does not know in the
text, passes `\href` and `\style` on, lets a formula define macros that multiply, and does not escape. So its
tree is copied into our own, only out of elements and attributes on the lists below, and written by us.
"""

import re
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup, escape

from generator.publishing.text.alphabets import lettered
from generator.publishing.text.segments import CONTROL, Formula

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
LEAVES = frozenset(("mi", "mn", "mo", "mspace", "mtext"))
ELEMENTS = LEAVES | frozenset(
    """math mfrac mover mpadded mphantom mroot mrow msqrt mstyle msub msubsup msup mtable mtd mtr munder
    munderover""".split()
)
"""Presentation elements of MathML Core."""

ATTRIBUTES = frozenset(
    """accent columnalign columnspacing depth display displaystyle fence form height largeop linethickness lspace
    mathvariant maxsize minsize movablelimits rowspacing rspace scriptlevel stretchy voffset width""".split()
)
DROPPED = frozenset(("columnlines", "rowlines", "mathbackground", "mathcolor", "xmlns"))
"""What no browser shows, and colours, which are the page's own."""

DEFINES = re.compile(r"\\(?:def|newcommand|newenvironment|DeclareMathOperator)(?![A-Za-z])")
LACKING = {
    r"\arg": [r"\operatorname{arg}"],
    r"\nobreak": [],
    r"\xspace": [],
}
"""Macros that latex2mathml lacks, said in tokens that it has."""

COMMENT = re.compile(r"(?<!\\)%")
LEAK = re.compile(r"[\\{}$]")
CODE_POINT = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
PLAIN_VALUE = re.compile(r"[A-Za-z0-9.+-]*")
DEEPEST = 40
"""A tree that nests deeper is none an author wrote, and browsers cut it."""


class Node(msgspec.Struct, frozen=True):
    """An element of MathML, as we write it."""

    tag: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Node", ...] = ()


def mathml(formula: Formula) -> Markup | None:
    """Return the formula as a `<math>` element, well-formed in HTML and in XML; None where it has no tree."""
    node = tree(formula)
    if node is None:
        return None
    display = ' display="block"' if formula.display else ""
    content = "".join(map(_written, node.children))
    return Markup(f'<math xmlns="{NAMESPACE}"{display} alttext="{escape(formula.tex)}">{content}</math>')


def _written(node: Node) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in node.attributes)
    content = "".join(map(_written, node.children)) or escape(node.text)
    return f"<{node.tag}{attributes}>{content}</{node.tag}>"


@lru_cache(maxsize=4096)
def tree(formula: Formula) -> Node | None:
    """Return the formula as a `math` node, or None where it cannot be had, whole and believed."""
    if DEFINES.search(formula.tex):
        return None
    converter = _latex2mathml().Converter(display="block" if formula.display else "inline")
    converter.macros = {name: (tokens, 0) for name, tokens in LACKING.items()}
    try:
        return _believed(converter.convert_to_element(COMMENT.sub(r"\%", formula.tex)))
    except Exception:
        # Bad TeX makes it raise a dozen exceptions of its own, and StopIteration, KeyError, TypeError and
        # RecursionError beside: whatever it is, the formula is shown as TeX, and counted.
        return None


@cache
def _latex2mathml() -> ModuleType:
    """Import the library at the first formula: it takes some 60 ms, and most commands need none."""
    return import_module("latex2mathml.converter")


def _believed(element: "Element", depth: int = 0) -> Node:
    """Copy the element, mended; raise ValueError where it is not to be believed."""
    attributes = {name: value for name, value in element.attrib.items() if name not in DROPPED}
    written = element.text or ""
    if (
        depth > DEEPEST
        or element.tag not in ELEMENTS
        or not attributes.keys() <= ATTRIBUTES
        or not all(PLAIN_VALUE.fullmatch(value) for value in attributes.values())
        or (len(element) if element.tag in LEAVES else written)
        or LEAK.search(written)
    ):
        raise ValueError(element.tag)
    text = CODE_POINT.sub(lambda code: chr(int(code[1], 16)), written)
    if CONTROL.search(text):
        raise ValueError(text)
    return _mended(element.tag, text, attributes, tuple(_believed(child, depth + 1) for child in element))


def _mended(tag: str, text: str, attributes: dict[str, str], children: tuple[Node, ...]) -> Node:
    if tag == "mrow" and len(children) == 1 and not attributes:
        return children[0]
    if tag == "math" and len(children) == 1 and children[0].tag == "mrow" and not children[0].attributes:
        children = children[0].children
    if (tag, text) == ("mi", "~"):  # what it makes of \sim
        tag, text = "mo", "∼"
    if attributes.get("mathvariant", "normal") != "normal":
        text = lettered(text, attributes.pop("mathvariant")) if tag != "mtext" else text
    return Node(tag, text, tuple(attributes.items()), children)
