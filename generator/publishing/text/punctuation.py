"""TeX's quotes, dashes and ties, where they cannot be meant otherwise."""

import re

from generator.publishing.text.segments import Reading

DOUBLE_QUOTED = re.compile(r"``((?:[^`]|`(?!`)){1,400}?)(?:''(?!')|\"(?!\w))")
SINGLE_QUOTED = re.compile(r"(?<![\w\\`])`([^`'\s](?:[^`']|'(?=\w)){0,200})'(?![\w'])")
HYPHENS = re.compile(r"-+")
BEFORE_DASH = re.compile(r"[\w.,;:%)\]}$’”?!]")
AFTER_DASH = re.compile(r"[\w(\[{$\\“‘`\"']")
TIE = re.compile(r"(?<=[A-Za-z]\.)~(?=\w)|(?<=[A-Za-z]{2})~(?=[(\[]|\\(?:cite|ref))|(?<=[)\]}])~(?=[(\[]|\\cite)")
NUMBERED = re.compile(r"\b(?:Algorithm|Appendix|Chapter|Equation|Figure|Section|Step|Table|Task|Theorem)$")


def curled(text: str) -> str:
    """Return the text with TeX's quotes curled: ``double'', closed by a straight quote too, and `single'.

    A quote without its partner stays, and so does Markdown's `code`.
    """
    if "`" not in text:
        return text
    return SINGLE_QUOTED.sub(r"‘\1’", DOUBLE_QUOTED.sub(r"“\1”", text))


def read_dash(text: str, start: int) -> Reading | None:
    """Read the hyphens at `start`: two are an en dash, three an em dash.

    They must stand between two words or between two spaces, so that `--flag`, `-->` and `i--` stay.
    """
    hyphens = HYPHENS.match(text, start)
    if hyphens is None or len(hyphens[0]) > 3:
        return None
    before, after = text[start - 1 : start], text[hyphens.end() : hyphens.end() + 1]
    spaced = (not before or before.isspace()) and (not after or after.isspace())
    if not spaced and not (BEFORE_DASH.match(before) and AFTER_DASH.match(after)):
        return None
    return Reading(("–" if len(hyphens[0]) == 2 else "—",), hyphens.end())


def read_tie(text: str, start: int) -> Reading | None:
    """Read the tilde at `start` as a no-break space where it ties what TeX's authors tie.

    That is a word and its bracket or citation, `models~(LLMs)`; an abbreviation and what follows, `Fig.~3`;
    a numbered thing and its number, `Table~2`. Elsewhere it may say "about", "to" or "is distributed as".
    """
    numbered = text[start + 1 : start + 2].isdigit() and NUMBERED.search(text, max(0, start - 12), start)
    return Reading(("\N{NO-BREAK SPACE}",), start + 1) if numbered or TIE.match(text, start) else None
