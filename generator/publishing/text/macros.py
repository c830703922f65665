r"""TeX's macros of running text: a closed table. Any other stays as it was typed, its argument with it.

A math-only macro in running text, such as `\alpha` without dollars, is left too: only the few that authors
use as punctuation, such as `\times`, are here.
"""

import re
from collections.abc import Mapping

from generator.publishing.text.accents import read_accent, read_accented_group
from generator.publishing.text.links import address, linked
from generator.publishing.text.segments import Begin, End, Reading

CHARACTERS = {
    **{character: character for character in "%&_#${}"},
    " ": " ",
    ",": "\N{NARROW NO-BREAK SPACE}",
    "\\": "\\\\",  # a line break of TeX, a path of Windows: stays, and escapes nothing after it
}
WORDS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "approx": "≈",
    "cdot": "·",
    "cf": "cf.",
    "dots": "…",
    "eg": "e.g.",
    "etal": "et al.",
    "etc": "etc.",
    "geq": "≥",
    "ie": "i.e.",
    "ldots": "…",
    "leq": "≤",
    "pm": "±",
    "rightarrow": "→",
    "sim": "∼",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "times": "×",
    "to": "→",
    "wrt": "w.r.t.",
    "xspace": "",
}
STYLES = {
    "emph": "em",
    "textit": "em",
    "textsl": "em",
    "textbf": "strong",
    "texttt": "code",
    "textsuperscript": "sup",
    "textsubscript": "sub",
}
SWITCHES = {"em": "em", "it": "em", "sl": "em", "bf": "strong", "tt": "code", "sc": "", "rm": "", "sf": ""}
UNSTYLED = frozenset(("mbox", "text", "textnormal", "textrm", "textsc", "textsf", "textup", "underline"))
CITES = frozenset(("cite", "citep", "citet"))

NAME = re.compile(r"\\([A-Za-z]+)\*?")
SWITCH = re.compile(rf"\{{\\({'|'.join(SWITCHES)})(?![A-Za-z])\s*")


def read_macro(text: str, start: int, braces: Mapping[int, int]) -> Reading | None:
    """Read the macro whose backslash stands at `start`; `braces` maps where a brace opens to where it closes."""
    character = CHARACTERS.get(text[start + 1 : start + 2])
    if character is not None:
        return Reading((character,), start + 2)
    name = NAME.match(text, start)
    if name is None:
        return read_accent(text, start)
    if name[1] in WORDS:
        return _word(text, WORDS[name[1]], name.end())
    closing = braces.get(name.end())
    if closing is None:
        return read_accent(text, start)
    return _with_argument(text, name, closing, braces) or read_accent(text, start)


def read_group(text: str, start: int, braces: Mapping[int, int]) -> Reading | None:
    r"""Read the group whose brace stands at `start`, if it begins with a switch, as `{\em ...}`, or is one letter."""
    switch = SWITCH.match(text, start)
    if switch is None:
        return read_accented_group(text, start)
    return _styled(SWITCHES[switch[1]], switch.end(), braces[start]) if start in braces else None


def _word(text: str, word: str, resume: int) -> Reading:
    if text.startswith("{}", resume):
        resume += 2
    if word.endswith(".") and text.startswith(".", resume):
        resume += 1
    return Reading((word,), resume)


def _with_argument(text: str, name: re.Match[str], closing: int, braces: Mapping[int, int]) -> Reading | None:
    argument = name.end() + 1
    if name[1] in STYLES:
        return _styled(STYLES[name[1]], argument, closing)
    if name[1] in UNSTYLED:
        return _styled("", argument, closing)
    if name[1] in CITES:
        return Reading(("[",), argument, closing, "]")
    if name[1] == "footnote":
        return Reading(("(" if text[name.start() - 1].isspace() else " (",), argument, closing, ")")
    if name[1] == "url":
        written = text[argument:closing].strip()
        return linked(written, closing + 1) if address(written) else Reading((written,), closing + 1)
    if name[1] == "href":
        return _labelled(address(text[argument:closing].strip()), closing + 1, braces)
    return None


def _styled(tag: str, resume: int, closing: int) -> Reading:
    if not tag:
        return Reading((), resume, closing)
    return Reading((Begin(tag),), resume, closing, End(tag))


def _labelled(url: str | None, label: int, braces: Mapping[int, int]) -> Reading | None:
    closing = braces.get(label)
    if url is None or closing is None:
        return None
    return Reading((Begin("a", url),), label + 1, closing, End("a"))
