"""Words as people type them: H2O for H₂O, pi0 for π₀, Lukasz for Łukasz. `query.js` folds queries alike."""

import re
import unicodedata
from collections.abc import Iterator

_NAMES = (
    "d d o l ae oe th h i alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi"
    " rho sigma tau upsilon phi chi psi omega"
)
_LETTERS = dict(zip("đðøłæœþħıαβγδεζηθικλμνξοπρστυφχψω", _NAMES.split(), strict=True))
"""Letters that no normalization takes apart, and the names of Greek ones."""
_SIGNS = re.compile("[\u0300-\u036f^_]")
_NO_LETTER = re.compile(r"[^\w]|_")
_NUMBER = re.compile(r"\d\.\d")


def folded(word: str) -> str:
    """Return a word in lower case, without accents and signs of TeX, its letters and digits plain (NFKC).

    >>> folded("π₀"), folded("Łukasz"), folded("R^2"), folded("Straße")
    ('pi0', 'lukasz', 'r2', 'strasse')
    """
    if word.isascii():
        return _SIGNS.sub("", word.lower())
    plain = unicodedata.normalize("NFKC", word).casefold()
    named = "".join(_LETTERS.get(letter, letter) for letter in plain)
    return unicodedata.normalize("NFC", _SIGNS.sub("", unicodedata.normalize("NFD", named)))


def other_forms(text: str) -> Iterator[str]:
    """Yield words that are typed otherwise than a text has them, and the parts of names like GPT-4.1."""
    for word in dict.fromkeys(text.split()):
        if "-" in word and _NUMBER.search(word, word.index("-")):
            yield folded(word.replace("-", " "))
        elif not word.isascii():
            typed = folded(word)
            if _letters(typed) != _letters(word.lower()):
                yield typed


def _letters(word: str) -> str:
    return _NO_LETTER.sub("", word)
