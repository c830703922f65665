"""Terms: the words and two-word phrases that tell what a paper is about, and what sharing one weighs.

The table of terms, `content/terms.txt`, is the whole vocabulary: what is not in it relates no papers. Only
`broadsheet refresh-terms` writes it (`related.vocabulary` decides what is in it), so that a new paper
changes no weight.
"""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from math import log2, sqrt

import msgspec

from generator.library.paths import TERMS
from generator.problem import Location, Problem, error

HEAVIEST = 16
"""Terms that a paper is known by."""
BROAD = 0.04
"""Share of the papers from which on a term is broad."""
TITLE = 2
"""Uses in the text that one in the title counts as."""
FULL = 255
"""The most that a term weighs in a paper, so that a word with two meanings relates nothing by itself."""
NORM = 728
"""Length of a profile's vector before that: no term is more than 35 % of what a paper is about."""

ALL = "*"
"""Stands in the file for all papers."""
_HEAD = """\
# What relates papers: a term, how many papers use it, what sharing it weighs in thousandths. `*`: all papers.
# `broadsheet refresh-terms` writes this file anew from all papers.
"""


class Term(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word or a phrase of two."""

    name: str
    """As most authors write it."""
    papers: int
    """How many use it."""
    weight: int
    """Thousandths."""


class Terms(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """The table: terms in order of their names."""

    papers: int = 0
    """How many it was made from."""
    rows: tuple[Term, ...] = ()

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Each term's place in the table, by the key it is recognised by."""
        return {key_of(term.name): number for number, term in enumerate(self.rows)}

    @cached_property
    def broad(self) -> frozenset[int]:
        """The places of terms that many papers use."""
        most = self.papers * BROAD
        return frozenset(number for number, term in enumerate(self.rows) if term.papers > most)

    @cached_property
    def parts(self) -> Mapping[int, tuple[int, ...]]:
        """The places of a phrase's words, by the phrase's."""
        return {
            number: tuple(self.numbers[word] for word in key.split(" ") if word in self.numbers)
            for key, number in self.numbers.items()
            if " " in key
        }

    @cached_property
    def words(self) -> frozenset[str]:
        """The keys of all words that are terms or in a phrase that is one."""
        return frozenset(word for key in self.numbers for word in key.split(" "))


class Profile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a paper is about: its heaviest terms, the heaviest first."""

    terms: tuple[int, ...]
    """Their places in the table."""
    weights: bytes
    """Of each term, 1 to FULL."""


tokens = re.compile(r"[\w-]+|[^\w\s]").findall
"""Takes a text apart into words and the marks between them."""


@lru_cache(maxsize=1 << 16)
def _key(token: str) -> str:
    """Fold case, hyphens and plurals; return nothing for what no phrase goes over: marks and single letters.

    So `Losses` and `loss` meet, `boxes` and `box`, `movies` and `movie`, `Pre-Training` and `pretraining`.
    """
    if len(token) < 2 or not token[0].isalpha():
        return ""
    word = token.lower().replace("-", "")
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "aisu":
        word = word[:-1]
    if word.endswith(("se", "xe", "ze", "che", "she")):
        return word[:-1]
    return f"{word[:-2]}y" if word.endswith("ie") else word


def keys(text: str) -> list[str]:
    """Return what the words of a text are recognised by, in order; nothing where a phrase ends."""
    return [_key(token) for token in tokens(text)]


def key_of(name: str) -> str:
    """Return what a word or phrase is recognised by."""
    return " ".join(map(_key, name.split(" ")))


def profile_of(title: str, abstract: str, terms: Terms) -> Profile:
    """Return what a paper of this title and abstract is about, in terms of the table."""
    uses: dict[str, int] = {}
    numbers, known = terms.numbers, terms.words
    for text, times in ((title, TITLE), (abstract, 1)):
        found = [key if key in known else "" for key in keys(text)]
        phrases = [f"{first} {second}" for first, second in pairwise(found) if first and second]
        for name in filter(numbers.__contains__, chain(found, phrases)):
            uses[name] = uses.get(name, 0) + times
    rows = terms.rows
    weights = {numbers[name]: rows[numbers[name]].weight * (1 + log2(count)) for name, count in uses.items()}
    heaviest = sorted(weights, key=lambda number: (-weights[number], rows[number].name))[:HEAVIEST]
    length = sqrt(sum(weights[number] ** 2 for number in heaviest)) or 1
    relative = {number: min(FULL, round(NORM * weights[number] / length)) for number in heaviest}
    shown = tuple(number for number in heaviest if relative[number])
    return Profile(shown, bytes(relative[number] for number in shown))


def encode_terms(terms: Terms) -> bytes:
    """Return the table as a file's text: a line a term, in order of names."""
    lines = [f"{ALL}\t{terms.papers}\t0\n"]
    lines += [f"{term.name}\t{term.papers}\t{term.weight}\n" for term in terms.rows]
    return (_HEAD + "".join(lines)).encode()


_LINE = re.compile(r"([^\t]+)\t([0-9]{1,9})\t([0-9]{1,6})")


def decode_terms(data: bytes) -> tuple[Terms | None, tuple[Problem, ...]]:
    """Return the table that a file holds; None, and which lines are none of its, where there are any."""
    problems = []
    rows = []
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if line.startswith("#"):
            continue
        if found := _LINE.fullmatch(line):
            rows.append(Term(found[1], int(found[2]), int(found[3])))
        else:
            place = Location(path=TERMS, line=number, text=line)
            hint = "A term, a number of papers and a weight, tabs between them; or remove the line."
            problems.append(error(place, "This line is no row of the table of terms.", hint))
    if problems:
        return None, tuple(problems)
    papers = sum(term.papers for term in rows if term.name == ALL)
    return Terms(papers, tuple(term for term in rows if term.name != ALL)), ()
