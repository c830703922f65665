r"""TeX's accents and letters, where Unicode has the letter they make."""

import re
import unicodedata

from generator.publishing.text.segments import Reading

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
ACCENT = re.compile(
    r"""\\(?:
      (?P<sign>[`'^~"=.])   (?: \s*\{\s*\\?(?P<braced>[A-Za-z])\s*\} | \\(?P<dotless>[ij])\b\s? | (?P<bare>[A-Za-z]) )
    | (?P<letter>[uvHckrd]) (?: \s*\{\s*\\?(?P<argument>[A-Za-z])\s*\} | (?<=[A-Za-z]\\.)\s(?P<next>[A-Za-z]) )
    )""",
    re.VERBOSE,
)
"""An accent and its letter. An accent named by a letter takes a bare one only within a word: `Fran\\c cois`."""

ESCAPED_QUOTE = re.compile(
    r"""(?<![A-Za-z])\\"[^"\\]{0,200}\\"(?![A-Za-z{\\])     # \"open\" is a quotation, \"Uber no
      | (?<=[A-Za-z])\\'(?:s|m|d|re|ll|ve)(?![A-Za-z])      # don\'t, it\'s
    """,
    re.VERBOSE,
)
"""Quotes as JSON or Python escapes them: no accents, though they may look like one."""


def read_accent(text: str, start: int) -> Reading | None:
    r"""Read the accented letter, such as `\"o` or `\c{c}`, or the letter, such as `\ss`, that begins at `start`."""
    letter = LETTER.match(text, start)
    if letter:
        return Reading((LETTERS[letter[1]],), letter.end())
    found = ACCENT.match(text, start)
    if found is None or ESCAPED_QUOTE.match(text, start):
        return None
    accent, base = (group for group in found.groups() if group)
    composed = unicodedata.normalize("NFC", base + ACCENTS[accent])
    return Reading((composed,), found.end()) if len(composed) == 1 else None


def read_accented_group(text: str, start: int) -> Reading | None:
    r"""Read the group that begins at `start` and holds one such letter, as `{\"u}` and `{\o}` do."""
    letter = read_accent(text, start + 1)
    if letter is None or not text.startswith("}", letter.resume):
        return None
    return letter._replace(resume=letter.resume + 1)
