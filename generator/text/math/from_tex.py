r"""Convert a formula from TeX to a tree of MathML, checked element by element.

latex2mathml converts. It was not made for hostile input: it leaves macros it does not know in the text,
passes `\href` and `\style` on, lets a formula define macros that multiply, and does not escape. So its result
is copied into our own tree, of the elements and attributes listed here; if it has others, there is no tree.

    x^2           ->  Node("math", children=(Node("msup", children=(Node("mi", "x"), Node("mn", "2"))),))
    \href{a}{x}   ->  None
    \foo          ->  None
"""

import re
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from generator.text.math.mathml_core import to_mathml_core
from generator.text.math.tree import SCRIPTED, Node
from generator.text.segments import CONTROL, Formula

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LEAVES = frozenset(("mi", "mn", "mo", "mspace", "mtext"))
PARENTS = frozenset(("math", "mfrac", "mpadded", "mphantom", "mroot", "mrow", "msqrt", "mstyle"))
TABLES = frozenset(("mtable", "mtr", "mtd"))
ELEMENTS = LEAVES | SCRIPTED | PARENTS | TABLES
"""Presentation elements of MathML Core."""

ARITY = {"mfrac": 2, "mroot": 2, "mover": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
ATTRIBUTE = re.compile(
    """accent|columnalign|columnspacing|depth|displaystyle|fence|form|height|largeop|linethickness|lspace
    |mathvariant|maxsize|minsize|movablelimits|rowspacing|rspace|scriptlevel|stretchy|voffset|width""",
    re.VERBOSE,
)
VALUE = re.compile(r"[A-Za-z0-9. +-]*")
DROPPED = frozenset(("columnlines", "display", "mathbackground", "mathcolor", "rowlines", "xmlns"))
"""What no browser shows, what `mathml` writes itself, and colours, which are up to the page."""

DEFINES = re.compile(r"\\(?:def|newcommand|newenvironment|DeclareMathOperator)(?![A-Za-z])")
MISSING_MACROS = {
    r"\arg": ([r"\operatorname{arg}"], 0),
    r"\copyright": (["\N{COPYRIGHT SIGN}"], 0),
    r"\dag": ([r"\dagger"], 0),
    r"\ddag": ([r"\ddagger"], 0),
    r"\degree": (["\N{DEGREE SIGN}"], 0),
    r"\P": (["\N{PILCROW SIGN}"], 0),
    r"\textdegree": (["\N{DEGREE SIGN}"], 0),
    r"\textgreater": ([">"], 0),
    r"\textless": (["<"], 0),
    **dict.fromkeys(
        (r"\allowbreak", r"\nonumber", r"\notag", r"\null", r"\protect", r"\relax", r"\xspace"), ([], 0)
    ),
}
"""Macros that latex2mathml lacks, in the form it keeps definitions in."""

REWRITES = (
    (re.compile(r"(?<!\\)%"), r"\%"),  # a line of text holds no comment
    (re.compile(r"\\label\{[^{}]*\}|\\(?:tiny|scriptsize|footnotesize|small|large|Large)(?![A-Za-z])"), ""),
    (re.compile(r":=|\\colon\s*="), r"\\coloneqq "),
    (re.compile(r"\\(?:nice|s)frac\s*(?=\{)"), r"\\frac"),
    (re.compile(r"\\textsc\s*(?=\{)"), r"\\text"),
    (
        re.compile(
            r"(?<=\\begin\{)(?:aligned|gather(?:ed)?\*?|align)(?=\})|(?<=\\end\{)(?:aligned|gather(?:ed)?\*?|align)(?=\})"
        ),
        "align*",
    ),
    (re.compile(r"\\(?:ensuremath|mathrel|mathbin|mathord|boxed|fbox)\s*(?=\{)"), ""),
    (re.compile(r"\\textsuperscript\s*(?=\{)"), "^"),
    (re.compile(r"\\textsubscript\s*(?=\{)"), "_"),
    (re.compile(r"\\(?:AA|textup\{\\AA\})(?![A-Za-z])"), r"\\text{Å}"),
    (
        re.compile(r"\\mathop\s*\{\s*(?:\\(?:mathrm|rm|text|sf|mathsf)\s*)?\{?\s*([A-Za-z]+)\s*\}?\s*\}"),
        r"\\operatorname{\1}",
    ),
    (re.compile(r"(?<=\\operatorname)(\*?\{\w+)\\,(?=\w+\})"), r"\1"),  # arg\,max
    (re.compile(r"\\mathrm\{(\w)\}"), r"\\mathrm{{\1}}"),  # it sets a single letter in italics
)
"""What latex2mathml misreads, and what it reads instead."""

ESCAPED = re.compile(r"\\([_#%&${}])")
"""What latex2mathml leaves as typed in text, and where a bracket's size is given."""
LEAK = re.compile(r"[\\{}$]")
CODE_POINT = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
DEEPEST = 40
"""Levels. Authors' formulas have fewer; browsers cut off what nests much deeper."""


@lru_cache(maxsize=1 << 15)  # some 30 MB if full; a formula is on a dozen pages, and conversion is slow
def mathml_tree(formula: Formula) -> Node | None:
    """Return the formula as a `math` node; None if it cannot be converted, whole and safely."""
    if DEFINES.search(formula.tex):
        return None
    converter = _latex2mathml().Converter(display="block" if formula.display else "inline")
    converter.macros = dict(MISSING_MACROS)
    try:
        return _checked(converter.convert_to_element(_rewritten(formula.tex)))
    except Exception:
        # Bad TeX makes it raise a dozen exceptions of its own, and StopIteration, KeyError, TypeError and
        # RecursionError: whichever it is, the formula is shown as TeX, and counted.
        return None


def _rewritten(tex: str) -> str:
    for misread, replacement in REWRITES:
        tex = misread.sub(replacement, tex)
    return tex


@cache
def _latex2mathml() -> ModuleType:
    """Import the library at the first formula: it takes some 60 ms, and most commands need none."""
    return import_module("latex2mathml.converter")


def _checked(element: "Element", depth: int = 0) -> Node:
    """Return a copy of the element; raise ValueError if any of it is not listed above."""
    written = element.text or ""
    text = CODE_POINT.sub(lambda code: chr(int(code[1], 16)), ESCAPED.sub(r"\1", written))
    attributes = [(name, value) for name, value in element.attrib.items() if name not in DROPPED]
    if (
        depth > DEEPEST
        or element.tag not in ELEMENTS
        or len(element) != ARITY.get(element.tag, len(element))
        or (len(element) if element.tag in LEAVES else written)
        or (element.tag == "mo" and not written and not attributes)  # a name that it could not read
        or LEAK.search(ESCAPED.sub("", written))
        or CONTROL.search(text)
        or not all(ATTRIBUTE.fullmatch(name) and VALUE.fullmatch(value) for name, value in attributes)
    ):
        raise ValueError(element.tag)
    children = tuple(_checked(child, depth + 1) for child in element)
    return to_mathml_core(Node(element.tag, text, tuple(attributes), children))
