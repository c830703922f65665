r"""Names of authors, in reading order, their accents as Unicode."""

import logging
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from itertools import accumulate
from typing import Any

from generator.listings.values.texts import line

SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|V|VI)\.?", re.IGNORECASE)
SEPARATOR = re.compile(r"(?<!\\),(?:\s*and\s)?|\s+(?:and|&)\s+|;|(?<=Collaboration):|(?<=Collaborations):")
ET_AL = re.compile(r"\s*\bet\.? al\b\.?|\s*\bothers\Z", re.IGNORECASE)
LEADING = re.compile(r"\A(?:and|on behalf of|for)\s+", re.IGNORECASE)
BRACE = re.compile("[{}]")
TEX = re.compile(r"[\\{}~$]")
LONGEST_TEX = 20_000
DEEPEST_TEX = 20
JOURNALS = (
    "aj AJ; apj ApJ; apjl ApJL; apjlett ApJL; apjs ApJS; apjsupp ApJS; araa ARA&A; aap A&A; aapr A&A Rev."
    "; aaps A&AS; icarus Icarus; jcap JCAP; jgr J. Geophys. Res.; mnras MNRAS; nat Nature; pasa PASA"
    "; pasj PASJ; pasp PASP; physrep Phys. Rep.; planss Planet. Space Sci.; pra Phys. Rev. A"
    "; prb Phys. Rev. B; prc Phys. Rev. C; prd Phys. Rev. D; pre Phys. Rev. E; prl Phys. Rev. Lett."
    "; procspie Proc. SPIE; psj PSJ; solphys Sol. Phys.; ssr Space Sci. Rev."
)
"""Journals that NASA's ADS writes as macros in BibTeX (AASTeX 6.3): each macro, and the short name."""
MACROS = {
    **dict.fromkeys(("texttt", "textsf", "textup", "textmd", "mbox"), "%s"),
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "slash": "/",
    "copyright": "©",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "href": "%(2)s",
    **{macro: name for macro, _, name in (one.partition(" ") for one in JOURNALS.split("; "))},
}
"""What macros mean that pylatexenc leaves out, with the words within them."""
BROKEN_TEX = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What pylatexenc raises on macros that lack their arguments."""


def in_reading_order(inverted: object) -> str | None:
    """Return a name that is written ``Last, First`` or ``Last, First, Suffix`` as it is read.

    >>> in_reading_order("Evans, Neal J., II")
    'Neal J. Evans II'
    """
    text = line(inverted)
    if text is None:
        return None
    last, *rest = (part.strip() for part in text.split(","))
    first, *suffixes = rest or [""]
    if SUFFIX.fullmatch(first) and suffixes:  # BibTeX's order: Last, Jr, First
        first, suffixes[0] = suffixes[0], first
    return joined(first, last, *suffixes)


def joined(*parts: object) -> str | None:
    """Return the parts of a name, given before family, that are there as one name."""
    return " ".join(filter(None, map(line, parts))) or None


def all_of(names: Iterable[object]) -> tuple[str, ...]:
    """Return the names that are there, without the ``...`` that some write for further names."""
    return tuple(name for name in map(line, names) if name and any(map(str.isalnum, name)))


def author_list(text: object) -> tuple[str, ...]:
    r"""Return the names of a list as arXiv writes it, without affiliations, TeX's accents as Unicode.

    What is in brackets is an affiliation (info.arxiv.org/help/prep.html#author).

    >>> author_list(r"C. Bal\'azs (1 and 2), Neal Evans, II and P. Nadolsky ((1) MSU, (2) Kiev)")
    ('C. Balázs', 'Neal Evans II', 'P. Nadolsky')
    """
    written = line(text)
    found: list[str] = []
    for part in SEPARATOR.split(_without_brackets(written)) if written else ():
        name = LEADING.sub("", ET_AL.sub("", from_tex(part)).strip())
        if found and SUFFIX.fullmatch(name):
            found[-1] = f"{found[-1]} {name}"
        elif any(map(str.isalpha, name)):
            found.append(name)
    return tuple(found)


def from_tex(text: str) -> str:
    r"""Return a name or a short text in which TeX's macros are characters: ``Erd{\H o}s`` is ``Erdős``.

    Formulas stay as they are. So does a text that is long or deeply nested beyond reason.
    """
    if not TEX.search(text) or len(text) > LONGEST_TEX or _depth(text) > DEEPEST_TEX:
        return " ".join(text.split())
    from pylatexenc.latex2text import LatexNodes2Text

    characters, macros = _tables_of_tex()
    shown = text
    with suppress(*BROKEN_TEX):
        converter = LatexNodes2Text(latex_context=characters, math_mode="verbatim", keep_comments=True)
        shown = converter.latex_to_text(text, latex_context=macros)
    is_filled = "%s" in text or "%s" not in shown  # it leaves the places of missing arguments as they are
    return " ".join((shown if is_filled else text).split())


@cache
def _tables_of_tex() -> tuple[Any, Any]:
    """Return what macros mean, and what arguments they take: to make them takes longer than most texts."""
    from pylatexenc import latex2text, latexwalker

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it warns of each macro without arguments
    characters = latex2text.get_default_latex_context_db()
    texts = [latex2text.MacroTextSpec(name, text) for name, text in MACROS.items()]
    ampersand = latex2text.SpecialsTextSpec("&", "&")  # people write it without a backslash
    characters.add_context_category("lost", macros=texts, specials=[ampersand], prepend=True)
    return characters, latexwalker.get_default_latex_context_db()


def _depth(text: str) -> int:
    """Return how deep the braces of a text are nested."""
    steps = (1 if brace == "{" else -1 for brace in BRACE.findall(text))
    return max(accumulate(steps), default=0)


def _without_brackets(text: str) -> str:
    """Return a text without what is in round brackets, which may be nested; one left open runs to the end."""
    kept: list[str] = []
    depth = 0
    for piece in re.split(r"([()])", text):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(piece)
    return " ".join(kept)
