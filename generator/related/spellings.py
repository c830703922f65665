"""How authors write a term: the words as most spell them, and what an acronym stands for."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from generator.library.terms import keys, tokens

LOWER_CASE = 3
"""A spelling without capitals counts so many times, since all words have one at the start of a sentence."""
CLEAR = 0.5
"""A reason may give a term if so many of its uses, as a share, are one word, singular or plural."""


class Spelling(NamedTuple):
    """The words of a key as most authors write them."""

    name: str
    is_clear: bool
    """Whether most uses are these words: not if "customer" is one, and more are "customisation"."""


def names(texts: Iterable[tuple[str, str]], wanted: Container[str]) -> dict[str, Spelling]:
    """Return the spelling of each key that texts use."""
    spellings: dict[str, Counter[str]] = {}
    for text in (text for both in texts for text in both):
        words = list(zip(keys(text), tokens(text), strict=True))
        pairs = ((f"{one} {other}", f"{first} {second}") for (one, first), (other, second) in pairwise(words))
        for key, name in (*words, *pairs):
            if key in wanted:
                counts = spellings.setdefault(key, Counter())
                counts[name] += LOWER_CASE if name.islower() else 1
    return {key: _spelling(counts) for key, counts in spellings.items()}


def _spelling(counts: Counter[str]) -> Spelling:
    name = max(counts, key=lambda name: (counts[name], name))
    same = sum(times for other, times in counts.items() if _singular(other) == _singular(name))
    return Spelling(name, same >= CLEAR * counts.total())


def _singular(name: str) -> str:
    return name.lower().replace("-", "").removesuffix("s")


_INTRODUCED = re.compile(r"(?<![\w-])((?:[\w-]+ ){1,7})\(([A-Z][A-Za-z]*[A-Z])(s?)\)")


def long_forms(abstracts: Iterable[str]) -> Mapping[str, str]:
    """Return each acronym as abstracts introduce it: "in-context learning (ICL)".

    The long form is made of the words whose initials spell the acronym (after A. S. Schwartz and M. A.
    Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text, 2003).
    """
    found: dict[str, Counter[str]] = {}
    for abstract in abstracts:
        for words, acronym, plural in _INTRODUCED.findall(abstract):
            if long := _long_form(words, acronym):
                found.setdefault(acronym + plural, Counter())[f"{long} ({acronym}{plural})"] += 1
    return {name: max(counts, key=lambda form: (counts[form], form)) for name, counts in found.items()}


def _long_form(words: str, acronym: str) -> str:
    """Return the last words whose initials are the acronym's letters; nothing if there are none."""
    found = words.split()
    for first in range(len(found) - 1, -1, -1):
        pieces = [piece for word in found[first:] for piece in word.split("-") if piece]
        if "".join(piece[0] for piece in pieces).lower() == acronym.lower():
            return " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in found[first:])
    return ""
