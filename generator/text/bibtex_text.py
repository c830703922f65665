r"""Write segments as LaTeX, for a field of a BibTeX entry.

Somebody compiles it, so a formula is kept as TeX only if our converter knows everything in it: no macro that
reads a file, defines another or writes a backslash in disguise (`^^5c`).
"""

import re

from generator.text.formulas import is_balanced
from generator.text.math.from_tex import mathml_tree
from generator.text.scanner import scan
from generator.text.segments import Begin, End, Formula, Segment
from generator.text.writers import segment_text

SPECIAL = {
    **{ord(character): rf"\{character}" for character in "%&_#$"},
    ord("\\"): r"\textbackslash{}",
    ord("{"): r"\textbraceleft{}",  # BibTeX counts the brace of `\{` as one
    ord("}"): r"\textbraceright{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
    ord("`"): r"\textasciigrave{}",
    ord("<"): r"\textless{}",  # LaTeX's old encoding of fonts has other characters in these places
    ord(">"): r"\textgreater{}",
    ord("|"): r"\textbar{}",
}
STYLES = {
    "em": r"\emph{",
    "strong": r"\textbf{",
    "code": r"\texttt{",
    "sup": r"\textsuperscript{",
    "sub": r"\textsubscript{",
}
QUOTES = {
    ord("“"): "``",
    ord("”"): "''",
    ord("\N{LEFT SINGLE QUOTATION MARK}"): "`",
    ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'",
}
MARK = re.compile("[%&_#$\\\\{}~^`<>|“”\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]|--|''")
CLOSING, OPENING = "['\N{RIGHT SINGLE QUOTATION MARK}”]", "[\N{LEFT SINGLE QUOTATION MARK}“]"
LIGATURE = re.compile(f"-(?=-)|{CLOSING}(?={CLOSING})|{OPENING}(?={OPENING})")
"""A sign that TeX would join with the one behind it."""
UNSAFE = re.compile(r"\^\^|@|(?<!\\)[%#&]")
"""What TeX or BibTeX would not read as part of a formula."""


def latex(text: str) -> str:
    """Return one line of a listing's text as LaTeX, its braces balanced as BibTeX counts them."""
    return " ".join("".join(map(_written, scan(text))).split())


def _written(segment: Segment) -> str:
    match segment:
        case str():
            return escape_latex(segment)
        case Formula(tex) if _is_safe(segment):
            return f"${tex}$"
        case Formula():
            return escape_latex(segment_text(segment))
        case Begin(tag):
            return STYLES.get(tag, "")
        case End(tag):
            return "}" if tag in STYLES else ""


def escape_latex(text: str) -> str:
    r"""Return plain text as LaTeX that prints it: `50% of A_1` as `50\% of A\_1`."""
    if not MARK.search(text):
        return text
    return LIGATURE.sub(r"\g<0>{}", text.translate(SPECIAL)).translate(QUOTES)


def _is_safe(formula: Formula) -> bool:
    tex = formula.tex
    return is_balanced(tex) and not UNSAFE.search(tex) and mathml_tree(formula) is not None
