"""Write segments as HTML with MathML, as HTML for feeds, or as plain text."""

from collections.abc import Callable
from functools import lru_cache

import msgspec
from markupsafe import Markup, escape

from generator.text.math.from_tex import mathml_tree
from generator.text.math.mathml import mathml
from generator.text.math.unicode import HTML, PLAIN, linear
from generator.text.scanner import scan
from generator.text.segments import Begin, End, Formula, Segment

AS_TEX = '<code class="tex">'
"""Begins a formula that is shown as TeX."""


class RenderedText(msgspec.Struct, frozen=True):
    """A text as HTML, and the formulas in it that could not be converted."""

    html: Markup
    """Phrasing content; safe."""
    as_tex: tuple[str, ...] = ()
    """The TeX of formulas that could not become MathML and are shown as TeX."""


def inline(text: str) -> RenderedText:
    r"""Return one line of a listing's text as HTML, formulas as MathML: `\emph{a}` as `<em>a</em>`."""
    as_tex: list[str] = []

    def shown(formula: Formula) -> str:
        node = mathml_tree(formula)
        if node is None:
            as_tex.append(formula.tex)
        return mathml(formula, node) if node else _as_tex(formula)

    return RenderedText(_html(scan(text), shown), tuple(as_tex))


@lru_cache(maxsize=1 << 8)  # an issue and the pages of its papers show the same abstracts
def paragraphs(text: str) -> tuple[RenderedText, ...]:
    """Return each line of a listing's text that is not empty, as `inline` does."""
    return tuple(inline(line) for line in text.splitlines() if line.strip())


def feed_inline(text: str) -> Markup:
    """Return one line of a listing's text as HTML without MathML, which most feed readers drop."""
    return _html(scan(text), _as_marked_line)


def formula_html(formula: Formula, *, mathml: bool) -> Markup:
    """Return a formula as HTML: as MathML, or as characters."""
    return Markup(_as_mathml(formula) if mathml else _as_marked_line(formula))


@lru_cache(maxsize=1 << 14)  # a byline or a title is on many pages
def plain(text: str) -> str:
    """Return a listing's text as plain text, white space folded; not escaped."""
    return " ".join("".join(map(segment_text, scan(text))).split())


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
    node = mathml_tree(formula)
    return mathml(formula, node) if node else _as_tex(formula)


def _as_marked_line(formula: Formula) -> str:
    node = mathml_tree(formula)
    return linear(node, HTML) if node else _as_tex(formula)


def _as_tex(formula: Formula) -> str:
    return f"{AS_TEX}{escape(formula.tex)}</code>"


def segment_text(segment: Segment) -> str:
    """Return a segment as plain text."""
    match segment:
        case str():
            return segment
        case Formula(tex):
            node = mathml_tree(segment)
            return linear(node, PLAIN) if node else tex
        case _:
            return ""
