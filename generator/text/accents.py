r"""TeX's accents and letters, where Unicode has the letter they make."""

import re
import unicodedata

from generator.text.segments import Line, Reading

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
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
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
    r"""(?<![A-Za-z])\\"[^"\\]{0,200}\\"(?![A-Za-z{\\])     # \"open\" is a quotation, \"Uber no
      | (?<=[A-Za-z])\\'(?:s|m|d|re|ll|ve)(?![A-Za-z])      # don\'t, it\'s
    """,
    re.VERBOSE,
)
"""Quotes as JSON or Python escapes them: no accents, though they may look like one."""


def read_accent(line: Line, start: int) -> Reading | None:
    r"""Read the accented letter that begins at `start`, as `\"o` or `\c{c}`, or the letter, as `\ss`."""
    letter = LETTER.match(line.text, start)
    if letter:
        return Reading((LETTERS[letter[1]],), letter.end())
    accented = ACCENTED.match(line.text, start)
    if accented is None or ESCAPED_QUOTE.match(line.text, start):
        return None
    accent, base = filter(None, accented.groups())
    composed = unicodedata.normalize("NFC", base + ACCENTS[accent])
    return Reading((composed,), accented.end()) if len(composed) == 1 else None


def read_accented_group(line: Line, start: int) -> Reading | None:
    r"""Read the group that begins at `start` and holds one such letter, as `{\"u}` and `{\o}` do."""
    letter = read_accent(line, start + 1)
    if letter is None or not line.text.startswith("}", letter.resume):
        return None
    return letter._replace(resume=letter.resume + 1)
