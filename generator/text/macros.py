r"""Replace TeX's macros in text: those listed here. All others stay as typed, with their arguments.

48\% of A\&B                ->  48% of A&B
\emph{new} \LaTeX           ->  new LaTeX
5\textdegree, \S 3, \dag    ->  5°, § 3, †
{\bf Bold} words            ->  Bold words
words \cite{a}              ->  words [a]
sampling, \eg Focal Loss    ->  sampling, e.g. Focal Loss
\href{https://a.org}{here}  ->  <a href="https://a.org" rel="nofollow">here</a>
a *new* model               ->  a <em>new</em> model
\alpha, \dataset{x}         stays: not in the tables
a * b * c, **kwargs         stays: not around words
"""

import re

from generator.text.accents import parse_accent, parse_accented_group
from generator.text.links import link_to, url_of
from generator.text.segments import Begin, End, Parsed, Segment, SourceLine

CHARACTERS = {
    **{character: character for character in "%&_#${}"},
    " ": " ",
    ",": "\N{NARROW NO-BREAK SPACE}",
    "@": "",
    "\\": "\\\\",  # a line break in TeX, a path on Windows: it stays, and escapes nothing after it
}
WORDS = {
    "approx": "≈",
    "cdot": "·",
    "cf": "cf.",
    "copyright": "©",
    "dag": "†",
    "dagger": "†",
    "ddag": "‡",
    "dots": "…",
    "eg": "e.g.",
    "etal": "et al.",
    "etc": "etc.",
    "geq": "≥",
    "ie": "i.e.",
    "LaTeX": "LaTeX",
    "ldots": "…",
    "leq": "≤",
    "P": "¶",
    "pm": "±",
    "pounds": "£",
    "rightarrow": "→",
    "S": "§",
    "sim": "\N{TILDE OPERATOR}",
    "TeX": "TeX",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbar": "|",
    "textbullet": "•",
    "textcopyright": "©",
    "textdagger": "†",
    "textdegree": "°",
    "textdollar": "$",
    "textellipsis": "…",
    "textemdash": "—",
    "textendash": "\N{EN DASH}",
    "texteuro": "€",
    "textgreater": ">",
    "textless": "<",
    "textmu": "µ",
    "textpm": "±",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquoteleft": "\N{LEFT SINGLE QUOTATION MARK}",
    "textquoteright": "\N{RIGHT SINGLE QUOTATION MARK}",
    "textquotesingle": "'",
    "textregistered": "®",
    "textsection": "§",
    "textsterling": "£",
    "texttimes": "\N{MULTIPLICATION SIGN}",
    "texttrademark": "™",
    "textunderscore": "_",
    "times": "\N{MULTIPLICATION SIGN}",
    "to": "→",
    "wrt": "w.r.t.",
    "xspace": "",
}
FRAMES: dict[str, tuple[tuple[Segment, ...], Segment]] = {
    "emph": ((Begin("em"),), End("em")),
    "textsl": ((Begin("em"),), End("em")),
    "textit": ((Begin("em"),), End("em")),
    "textbf": ((Begin("strong"),), End("strong")),
    "texttt": ((Begin("code"),), End("code")),
    "textsuperscript": ((Begin("sup"),), End("sup")),
    "textsubscript": ((Begin("sub"),), End("sub")),
    "cite": (("[",), "]"),
    "citep": (("[",), "]"),
    "citet": (("[",), "]"),
    "footnote": ((" (",), ")"),
    **dict.fromkeys(
        ("mbox", "text", "textmd", "textnormal", "textrm", "textsc", "textsf", "textup", "underline"),
        ((), ""),
    ),
}
"""What replaces a macro: segments before its argument, and one after it."""

SWITCHES = {"em": "emph", "it": "textit", "bf": "textbf", "tt": "texttt", "sc": "textsc", "rm": "textrm"}
"""By macro that styles the rest of its group, the one that does the same to an argument."""

NAME = re.compile(r"\\([A-Za-z]+)\*?")
STARRED = re.compile(r"\*(?<![^\s(]\*)(\*?)(\w[^*{}]{0,200}(?<=[\w.)%!?]))\*\1(?![^\s.,;:!?)])")
SWITCH = re.compile(rf"\{{\\({'|'.join(SWITCHES)})(?![A-Za-z])\s*")


def stars_to_macros(text: str) -> str:
    r"""Return the text, not scanned yet, with Markdown's `*stress*` as `\emph{stress}`, `**` as `\textbf`."""
    if "*" not in text:
        return text
    return STARRED.sub(lambda pair: rf"\{'textbf' if pair[1] else 'emph'}{{{pair[2]}}}", text)


def parse_macro(line: SourceLine, start: int) -> Parsed | None:
    """Parse the macro whose backslash is at `start`."""
    character = CHARACTERS.get(line.text[start + 1 : start + 2])
    if character is not None:
        return Parsed((character,), start + 2)
    name = NAME.match(line.text, start)
    return parse_accent(line, start) or (_named(line, name[1], name.end()) if name else None)


def parse_group(line: SourceLine, start: int) -> Parsed | None:
    r"""Parse the group whose brace is at `start`: `{\em ...}`, or one accented letter."""
    switch = SWITCH.match(line.text, start)
    if switch is None or start not in line.braces:
        return parse_accented_group(line, start)
    begin, end = FRAMES[SWITCHES[switch[1]]]
    return Parsed(begin, switch.end(), line.braces[start], end)


def _named(line: SourceLine, name: str, end: int) -> Parsed | None:
    if name in WORDS:
        return _word(line, WORDS[name], end)
    closing = line.braces.get(end)
    if closing is None:
        return None
    if name in FRAMES:
        begin, ending = FRAMES[name]
        return Parsed(begin, end + 1, closing, ending)
    if name not in ("url", "href"):
        return None
    argument = line.text[end + 1 : closing].strip()
    if name == "href":
        return _labelled(line, url_of(argument), closing + 1)
    return link_to(argument, closing + 1) if url_of(argument) else Parsed((argument,), closing + 1)


def _word(line: SourceLine, word: str, end: int) -> Parsed:
    if line.text.startswith("{}", end):
        end += 2
    if word.endswith(".") and line.text.startswith(".", end):
        end += 1
    return Parsed((word,), end)


def _labelled(line: SourceLine, url: str | None, label: int) -> Parsed | None:
    closing = line.braces.get(label)
    if url is None or closing is None:
        return None
    return Parsed((Begin("a", url),), label + 1, closing, End("a"))
