"""Letters of the mathematical alphabets: bold, script, double-struck and others.

MathML Core has no `mathvariant` but `normal`, so each letter is written as its own code point: A in bold is
U+1D400. Their names in Unicode are regular, except those older than the block of mathematical alphanumerics.
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
"""By value of `mathvariant`, how the names of its letters may begin."""

SCRIPT_AND_KIND = re.compile(r"^(?:LATIN|GREEK) |LETTER ")


def to_alphabet(text: str, variant: str) -> str:
    """Return `text` with its letters and digits in another alphabet, where Unicode has them."""
    return "".join(_letter(character, ALPHABETS.get(variant, ())) for character in text)


def _letter(character: str, alphabets: tuple[str, ...]) -> str:
    name = SCRIPT_AND_KIND.sub("", unicodedata.name(character, ""))
    for alphabet in alphabets:
        try:
            return unicodedata.lookup(f"{alphabet} {name}")
        except KeyError:
            continue
    return character
