r"""Replace TeX's accents and letters by the Unicode letters they make.

na\"{i}ve      ->  naïve
na\"\i ve      ->  naïve
{\"U}ber       ->  Über
Fran\c cois    ->  François
fa\c{c}ade     ->  façade
S\o ren        ->  Søren
stra\ss e      ->  straße

the \"open\"   stays: an escaped quotation
don\'t         stays: an escaped apostrophe
\"5            stays: Unicode has no such letter
"""

import re
import unicodedata

from generator.text.segments import Parsed, SourceLine

ACCENTS = {
    "`": "\N{COMBINING GRAVE ACCENT}",
    "'": "\N{COMBINING ACUTE ACCENT}",
    "^": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "~": "\N{COMBINING TILDE}",
    '"': "\N{COMBINING DIAERESIS}",
    "=": "\N{COMBINING MACRON}",
    ".": "\N{COMBINING DOT ABOVE}",
    "u": "\N{COMBINING BREVE}",
    "v": "\N{COMBINING CARON}",
    "H": "\N{COMBINING DOUBLE ACUTE ACCENT}",
    "c": "\N{COMBINING CEDILLA}",
    "k": "\N{COMBINING OGONEK}",
    "r": "\N{COMBINING RING ABOVE}",
    "d": "\N{COMBINING DOT BELOW}",
}
LETTERS = {
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
}
LETTER = re.compile(rf"\\({'|'.join(LETTERS)})(?![A-Za-z])(?:\{{\}}|\s(?=[a-z]))?")
ACCENTED = re.compile(
    r"""\\(?:
      ([`'^~"=.uvHckrd]) \s* \{\s* \\?([A-Za-z]) \s*\}      # \"{o}, \'{\i}, \c{c}
    | ([`'^~"=.])        (?: \\([ij])\b\s? | ([A-Za-z]) )   # \"o, \"\i
    | ([uvHckrd])        (?<=[A-Za-z{]\\.)\s ([A-Za-z])     # \c c, only in a word or braces: Fran\c cois
    )""",
    re.VERBOSE,
)
ESCAPED_QUOTE = re.compile(
    r"""(?<![A-Za-z])\\"[^"\\]{0,200}\\"(?![A-Za-z{\\])     # \"open\" but not \"Uber
      | (?<=[A-Za-z])\\'(?:s|m|d|re|ll|ve)(?![A-Za-z])      # don\'t, it\'s
    """,
    re.VERBOSE,
)
"""Quotes as JSON or Python escapes them, which look like accents."""


def parse_accent(line: SourceLine, start: int) -> Parsed | None:
    r"""Parse the accented letter at `start`, such as `\"o` or `\c{c}`, or the letter, such as `\ss`."""
    letter = LETTER.match(line.text, start)
    if letter:
        return Parsed((LETTERS[letter[1]],), letter.end())
    accented = ACCENTED.match(line.text, start)
    if accented is None or ESCAPED_QUOTE.match(line.text, start):
        return None
    accent, base = filter(None, accented.groups())
    composed = unicodedata.normalize("NFC", base + ACCENTS[accent])
    return Parsed((composed,), accented.end()) if len(composed) == 1 else None


def parse_accented_group(line: SourceLine, start: int) -> Parsed | None:
    r"""Parse the group at `start` that holds one such letter, such as `{\"u}` or `{\o}`."""
    letter = parse_accent(line, start + 1)
    if letter is None or not line.text.startswith("}", letter.resume):
        return None
    return letter._replace(resume=letter.resume + 1)
