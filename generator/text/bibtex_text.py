r"""Segments -> LaTeX, for a field of a BibTeX entry.

What is kept as TeX compiles on somebody's machine, so a formula stays one only if our own converter knows all
that is in it: no macro that reads a file, defines another or writes a backslash in disguise (`^^5c`).
"""

import re

from generator.text.math.conversion import tree
from generator.text.scanner import scan
from generator.text.segments import Begin, End, Formula, Segment
from generator.text.writers import characters

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
MARK = re.compile(r"[%&_#$\\{}~^`<>|]|--|''")
LIGATURE = re.compile(r"([-'])(?=\1)")
UNSAFE = re.compile(r"\^\^|@|(?<!\\)[%#&]")
"""What means something else to TeX's reader or BibTeX's than to a formula."""
BRACE = re.compile("[{}]")


def latex(text: str) -> str:
    """Return one line of a listing's text as LaTeX, its braces balanced as BibTeX counts them."""
    return " ".join("".join(map(_written, scan(text))).split())


def _written(segment: Segment) -> str:
    match segment:
        case str():
            return literal_latex(segment)
        case Formula(tex) if _is_sound(segment):
            return f"${tex}$"
        case Formula():
            return literal_latex(characters(segment))
        case Begin(tag):
            return STYLES.get(tag, "")
        case End(tag):
            return "}" if tag in STYLES else ""


def literal_latex(text: str) -> str:
    """Return plain text, in which nothing is TeX, as LaTeX."""
    return LIGATURE.sub(r"\1{}", text.translate(SPECIAL)) if MARK.search(text) else text


def _is_sound(formula: Formula) -> bool:
    depth = 0
    for brace in BRACE.findall(formula.tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and not UNSAFE.search(formula.tex) and tree(formula) is not None
