r"""Replace TeX's accents and letters by the Unicode letters they make.

na\"{i}ve      ->  naïve
na\"\i ve      ->  naïve
{\"U}ber       ->  Über
{\v S}koda     ->  Škoda
Markovi\' c    ->  Marković
5 \AA wide     ->  5 Å wide
Fran\c cois    ->  François
fa\c{c}ade     ->  façade
S\o ren        ->  Søren
stra\ss e      ->  straße

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
LETTER = re.compile(rf"\\({'|'.join(LETTERS)})(?![A-Za-z])(?:\{{\}}|(?<!\\AA)\s(?=[a-z])|\s(?=ngstr))?")
"""The space behind it is TeX's, unless an ångström is a unit: 5 \\AA wide."""
ACCENTED = re.compile(
    r"""\\(?:
      ([`'^~"=.uvHckrd]) \s* \{\s* \\?([A-Za-z]) \s*\}      # \"{o}, \'{\i}, \c{c}
    | ([`'^~"=.])        (?: \\([ij])\b\s? | ([A-Za-z]) )   # \"o, \"\i
    | ([uvHckrd])        (?<=[A-Za-z{]\\.)\s ([A-Za-z])     # \c c, only in a word or braces: Fran\c cois
    | (['^~=.])          (?<=[A-Za-z]\\.)\s ([b-zB-HJ-Z])(?![A-Za-z]) # a last letter: Markovi\' c
    | ([cvHkrd])         (?<!\w\\.)\s ([A-Z])(?=[a-z])     # a first letter: \v Zivkovi\'c
    )""",
    re.VERBOSE,
)


def parse_accent(line: SourceLine, start: int) -> Parsed | None:
    r"""Parse the accented letter at `start`, such as `\"o` or `\c{c}`, or the letter, such as `\ss`."""
    letter = LETTER.match(line.text, start)
    if letter:
        return Parsed((LETTERS[letter[1]],), letter.end())
    accented = ACCENTED.match(line.text, start)
    if accented is None:
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
