r"""Texts: one line, paragraphs, venues, and what is left of HTML, JATS or MathML."""

import html
import re

from generator.listings.decoding import REPLACEMENT, UNPRINTABLE

SURROGATE = re.compile("[\ud800-\udfff]")
NEW_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t])")
"""arXiv indents the first line of a paragraph (info.arxiv.org/help/prep.html#abstracts)."""
WITHDRAWN = re.compile(
    r"\W*(?:(?:this|the) \w+(?: \w+)? (?:has been|have been|had been|is|was) )?(?:withdrawn|retracted)\b",
    re.IGNORECASE,
)
ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+))*\s*/?"""
NAMES = (
    r"(?:jats|mml|m):[\w-]+|i|b|u|em|strong|sub|sup|scp|sc|tt|code|span|font|small|big|a|p|br|div|li|ul|ol|h[1-6]"
    r"|italic|bold|underline|monospace|roman|sans-serif|title|sec|list|list-item|xref|ext-link|inline-formula"
    r"|disp-formula|alternatives|tex-math|math|mi|mo|mn|mrow|msub|msup|mtext|named-content|styled-content|abstract"
)
TAG = re.compile(rf"</?(?:{NAMES}){ATTRIBUTES}>", re.IGNORECASE)
"""Of HTML and JATS. Nothing else between angle brackets is a tag: titles compare ``a <b and c> d``."""
BREAK = re.compile(rf"</?(?:jats:)?(?:p|sec|title|list-item|li|div|br|h[1-6]){ATTRIBUTES}>", re.IGNORECASE)
OF_ARXIV = re.compile(r"(?:arxiv\b|abs/).*|corr|computing research repository", re.IGNORECASE)
"""What services and reference managers call arXiv where a venue should be."""
HEADING = re.compile(r"\s*(?:abstract|summary)\s*[.:]?\s*", re.IGNORECASE)
FORMULA = ("<mml:math", "</mml:math>")
MARK_OF_TEX = re.compile(r"\\document(?:class|style).*?\\begin\{document\}|\\end\{document\}", re.DOTALL)


def line(value: object) -> str | None:
    """Return a value as one line, without unprintable characters; None where it is no text or empty.

    A number is the text that it is written as: a title may be ``1984``.
    """
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        value = str(value)
    return " ".join(_printable(value).split()) or None


def paragraphs(value: object) -> str | None:
    """Return a text that was wrapped by hand, a paragraph a line; an empty or an indented line begins one."""
    if not isinstance(value, str):
        return None
    found = (" ".join(part.split()) for part in NEW_PARAGRAPH.split(_printable(value).strip()))
    return "\n".join(filter(None, found)) or None


def words(value: object) -> tuple[str, ...]:
    """Return the words of a text, or the texts of a list, each once: categories are written both ways."""
    if isinstance(value, str):
        value = value.split()
    found = value if isinstance(value, list) else ()
    return tuple(dict.fromkeys(filter(None, map(line, found))))


def without_tags(value: object) -> str | None:
    """Return the text of an HTML or JATS fragment as one line.

    >>> without_tags("<scp>T</scp>reebase: an &amp; <i>R</i> package")
    'Treebase: an & R package'
    """
    return line(_untagged(value)) if isinstance(value, str) else line(value)


def venue(value: object) -> str | None:
    """Return the name of a journal or of proceedings, without HTML; None for arXiv, which is neither."""
    found = without_tags(value)
    return None if found is None or OF_ARXIV.fullmatch(found) else found


def marked_paragraphs(value: object) -> str | None:
    """Return the text of an HTML or JATS fragment, a paragraph a line, without a heading "Abstract"."""
    if not isinstance(value, str):
        return None
    parts = (line(_untagged(part)) for part in BREAK.split(value))
    found = [part for part in parts if part and not HEADING.fullmatch(part)]
    return "\n".join(found) or None


def says_withdrawn(*texts: str | None) -> bool:
    """Tell whether a text begins by saying that the paper is withdrawn or retracted."""
    return any(WITHDRAWN.match(text) for text in texts if text)


def _printable(text: str) -> str:
    if text.isprintable() or text.replace("\n", "").isprintable():  # most are; it takes a tenth of the time
        return text
    return UNPRINTABLE.sub("", SURROGATE.sub(REPLACEMENT, text))


def _untagged(text: str) -> str:
    """Return a text without its tags; of a formula that is there in TeX and in MathML, the TeX."""
    if "tex-math" in text:
        text = MARK_OF_TEX.sub("", _without(text, *FORMULA))
    return html.unescape(TAG.sub("", text))


def _without(text: str, begin: str, end: str) -> str:
    """Return a text without what is between each beginning and the next end."""
    first, *others = text.split(begin)
    return first + "".join(other.partition(end)[2] for other in others)
