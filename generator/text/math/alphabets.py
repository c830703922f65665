"""Letters in the alphabets that mathematics has of them: bold, script, double-struck and others.

MathML Core knows no `mathvariant` but `normal`: a browser shows such a letter by its own code point or not at
all. Unicode names them regularly, apart from those it had before the block of mathematical alphanumerics.
"""

import re
import unicodedata

ALPHABETS = {
    "bold": ("MATHEMATICAL BOLD",),
    "bold-italic": ("MATHEMATICAL BOLD ITALIC",),
    "double-struck": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
    "monospace": ("MATHEMATICAL MONOSPACE",),
    "sans-serif": ("MATHEMATICAL SANS-SERIF",),
    "sans-serif-italic": ("MATHEMATICAL SANS-SERIF ITALIC",),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
}
"""What the name of a letter begins with, by the value of `mathvariant`."""


SCRIPT_AND_KIND = re.compile(r"^(?:LATIN|GREEK) |LETTER ")


def lettered(text: str, variant: str) -> str:
    """Return the letters and digits of `text` in another alphabet, where Unicode has them in it."""
    return "".join(_letter(character, ALPHABETS.get(variant, ())) for character in text)


def _letter(character: str, alphabets: tuple[str, ...]) -> str:
    name = SCRIPT_AND_KIND.sub("", unicodedata.name(character, ""))
    for alphabet in alphabets:
        try:
            return unicodedata.lookup(f"{alphabet} {name}")
        except KeyError:
            continue
    return character
