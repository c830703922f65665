"""Marks that come in pairs, rewritten before the scan: TeX's quotes, and the stars of Markdown.

Each pattern begins with a literal and looks behind it afterwards: so a search leaps from mark to mark.
"""

import re

DOUBLE_QUOTED = re.compile(r"``(?<![^\s(\[{/-]``)((?:[^`]|`(?!`)){1,400}?)(?:''(?!')|\"(?!\w))")
SINGLE_QUOTED = re.compile(r"`(?<![^\s(\[{/-]`)([^`'\s](?:[^`']|'(?=\w)){0,200})'(?![\w'])")
STARRED = re.compile(r"\*(?<![^\s(]\*)(\*?)(\w[^*{}]{0,200}(?<=[\w.)%!?]))\*\1(?![^\s.,;:!?)])")


def paired(text: str) -> str:
    r"""Return the text, ``double'' and `single' quotes curled, and `*stressed*` words as `\emph{stressed}`.

    A double quote may be closed by a straight one, as authors do. Stars must stand close about words, with a
    space or punctuation outside. What has no partner stays, and so does Markdown's `code`.
    """
    if "`" in text:
        text = DOUBLE_QUOTED.sub(r"“\1”", text)
        text = SINGLE_QUOTED.sub("\N{LEFT SINGLE QUOTATION MARK}\\1\N{RIGHT SINGLE QUOTATION MARK}", text)
    if "*" in text:
        text = STARRED.sub(lambda pair: rf"\{'textbf' if pair[1] else 'emph'}{{{pair[2]}}}", text)
    return text
