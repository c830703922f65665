r"""TeX's macros of running text: a closed table. Any other stays as it was typed, its argument with it.

So does a macro of mathematics outside dollars, such as `\alpha`, but for the few that authors use as words.
"""

import re

from generator.text.accents import read_accent, read_accented_group
from generator.text.links import address, linked
from generator.text.segments import Begin, End, Line, Reading, Segment

CHARACTERS = {
    **{character: character for character in "%&_#${}"},
    " ": " ",
    ",": "\N{NARROW NO-BREAK SPACE}",
    "\\": "\\\\",  # a line break of TeX, a path of Windows: it stays, and escapes nothing after it
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
    "sim": "\N{TILDE OPERATOR}",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "times": "\N{MULTIPLICATION SIGN}",
    "to": "→",
    "wrt": "w.r.t.",
    "xspace": "",
}
FRAMES: dict[str, tuple[tuple[Segment, ...], Segment]] = {
    "emph": ((Begin("em"),), End("em")),
    "textit": ((Begin("em"),), End("em")),
    "textbf": ((Begin("strong"),), End("strong")),
    "texttt": ((Begin("code"),), End("code")),
    "textsuperscript": ((Begin("sup"),), End("sup")),
    "textsubscript": ((Begin("sub"),), End("sub")),
    "cite": (("[",), "]"),
    "citep": (("[",), "]"),
    "citet": (("[",), "]"),
    "footnote": ((" (",), ")"),
    **dict.fromkeys(("mbox", "text", "textrm", "textsc", "textsf", "textup", "underline"), ((), "")),
}
"""What stands before and after a macro's argument."""

SWITCHES = {"em": "emph", "it": "textit", "bf": "textbf", "tt": "texttt", "sc": "textsc", "rm": "textrm"}
"""Macros that style the rest of their group, and those that do the same to an argument."""

NAME = re.compile(r"\\([A-Za-z]+)\*?")
SWITCH = re.compile(rf"\{{\\({'|'.join(SWITCHES)})(?![A-Za-z])\s*")


def read_macro(line: Line, start: int) -> Reading | None:
    """Read the macro whose backslash stands at `start`."""
    character = CHARACTERS.get(line.text[start + 1 : start + 2])
    if character is not None:
        return Reading((character,), start + 2)
    name = NAME.match(line.text, start)
    return read_accent(line, start) or (_named(line, name[1], name.end()) if name else None)


def read_group(line: Line, start: int) -> Reading | None:
    r"""Read the group whose brace stands at `start`: `{\em ...}`, or one accented letter."""
    switch = SWITCH.match(line.text, start)
    if switch is None or start not in line.braces:
        return read_accented_group(line, start)
    begin, end = FRAMES[SWITCHES[switch[1]]]
    return Reading(begin, switch.end(), line.braces[start], end)


def _named(line: Line, name: str, end: int) -> Reading | None:
    if name in WORDS:
        return _word(line, WORDS[name], end)
    closing = line.braces.get(end)
    if closing is None:
        return None
    if name in FRAMES:
        begin, ending = FRAMES[name]
        return Reading(begin, end + 1, closing, ending)
    if name not in ("url", "href"):
        return None
    argument = line.text[end + 1 : closing].strip()
    if name == "href":
        return _labelled(line, address(argument), closing + 1)
    return linked(argument, closing + 1) if address(argument) else Reading((argument,), closing + 1)


def _word(line: Line, word: str, end: int) -> Reading:
    if line.text.startswith("{}", end):
        end += 2
    if word.endswith(".") and line.text.startswith(".", end):
        end += 1
    return Reading((word,), end)


def _labelled(line: Line, url: str | None, label: int) -> Reading | None:
    closing = line.braces.get(label)
    if url is None or closing is None:
        return None
    return Reading((Begin("a", url),), label + 1, closing, End("a"))
