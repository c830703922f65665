"""Segments -> what is shown: HTML with MathML, HTML for feeds, plain text."""

from collections.abc import Callable
from functools import lru_cache

import msgspec
from markupsafe import Markup, escape

from generator.text.math.conversion import tree
from generator.text.math.mathml import mathml
from generator.text.math.unicode import MARKED, PLAIN, Notation, linear
from generator.text.scanner import scan
from generator.text.segments import Begin, End, Formula, Segment

AS_TEX = '<code class="tex">'
"""How a formula begins that is shown as TeX."""


class Shown(msgspec.Struct, frozen=True):
    """A text as HTML, and what of its mathematics could not be had."""

    html: Markup
    """Safe as the content of an element that takes phrasing content."""
    as_tex: tuple[str, ...] = ()
    """Formulas that are shown as TeX, because they could not become MathML."""


def inline(text: str) -> Shown:
    """Return one line of a listing's text as HTML, formulas as MathML."""
    segments = scan(text)
    formulas = [segment for segment in segments if isinstance(segment, Formula)]
    return Shown(_html(segments, _as_mathml), tuple(found.tex for found in formulas if tree(found) is None))


def paragraphs(text: str) -> tuple[Shown, ...]:
    """Return each line of a listing's text that is not empty, as `inline` shows it."""
    return tuple(inline(line) for line in text.splitlines() if line.strip())


def feed_inline(text: str) -> Markup:
    """Return one line of a listing's text as HTML without MathML, which most feed readers drop."""
    return _html(scan(text), _as_marked_line)


@lru_cache(maxsize=1 << 14)  # a byline or a title stands on many pages
def plain(text: str) -> str:
    """Return a listing's text as characters alone, white space folded; not escaped."""
    return " ".join("".join(map(characters, scan(text))).split())


def _html(segments: tuple[Segment, ...], shown: Callable[[Formula], str]) -> Markup:
    return Markup("".join([_element(segment, shown) for segment in segments]))


def _element(segment: Segment, shown: Callable[[Formula], str]) -> str:
    match segment:
        case str():
            return escape(segment)
        case Formula():
            return shown(segment)
        case Begin(tag, ""):
            return f"<{tag}>"
        case Begin(tag, url):
            return f'<{tag} href="{escape(url)}" rel="nofollow">'
        case End(tag):
            return f"</{tag}>"


def _as_mathml(formula: Formula) -> str:
    node = tree(formula)
    return mathml(formula, node) if node else _as_tex(formula)


def _as_marked_line(formula: Formula) -> str:
    line = _as_line(formula, MARKED)
    return _as_tex(formula) if line is None else line


def _as_tex(formula: Formula) -> str:
    return f"{AS_TEX}{escape(formula.tex)}</code>"


def _as_line(formula: Formula, notation: Notation) -> str | None:
    node = tree(formula)
    return linear(node, notation) if node else None


def characters(segment: Segment) -> str:
    """Return a segment as plain text."""
    match segment:
        case str():
            return segment
        case Formula(tex):
            return _as_line(segment, PLAIN) or tex
        case _:
            return ""
