"""Terms: the words and two-word phrases by which papers are compared, and what sharing one weighs.

The table of terms, `content/terms.txt`, is the whole vocabulary: what is not in it relates no papers. Only
`broadsheet refresh-terms` writes it (`related.vocabulary` decides what is in it), so that a new paper
changes no weight. Words are compared by their stems (M. F. Porter's Snowball stemmer for English).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from math import log, sqrt
from typing import TYPE_CHECKING

import msgspec

from generator.library.paths import TERMS
from generator.problem import Location, Problem, at_most, error

if TYPE_CHECKING:
    import Stemmer

HEAVIEST = 48
"""Terms that a paper is known by."""
BROAD = 0.04
"""Share of the papers from which on a term is broad."""
TITLE = 3
"""Uses in the text that one in the title counts as."""
FULL = 255
"""The most that a term weighs in a paper."""
NORM = 364
"""Length of a paper's vector: no term counts for more than 70 % of it."""

ALL = "*"
"""The name in the file of the row that counts all papers."""
_UNSAID, _GENERIC = "~", "-"
"""Marks in the file: of a term that is never named as a reason; of one that also names no subject."""
_HEAD = """\
# What relates papers: a term, how many papers use it, what sharing it weighs (thousandths), how far its
# papers are alike otherwise (percent of what is enough), and how a reason says it. ~: it is never said;
# -: nor does it tell a subject by itself. `*`: all papers.
# `broadsheet refresh-terms` writes this file from all papers.
"""


class Term(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word or a phrase of two."""

    name: str
    """As most authors write it."""
    papers: int
    """How many use it."""
    weight: int
    """Thousandths."""
    trust: int = 100
    """Percent; low where its papers have little else in common, as with a word of two meanings."""
    said: str = ""
    """How a reason says it; empty for one that explains nothing: a generic word, an adjective."""
    is_subject: bool = True
    """Whether it tells a subject by itself, as a generic word does not."""


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


MENTIONED, USED, TITLED = range(3)
"""How a paper uses a term: once in its abstract, more than once, in its title."""


class Profile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a paper is about: its heaviest terms, the heaviest first."""

    terms: tuple[int, ...]
    """Their places in the table."""
    weights: bytes
    """Of each term, 1 to FULL."""
    uses: bytes
    """Of each term: MENTIONED, USED or TITLED."""


tokens = re.compile(r"[\w-]+|[^\w\s]").findall
"""Takes a text apart into words and the marks between them."""


@lru_cache(maxsize=1 << 16)
def _key(token: str) -> str:
    """Fold case and hyphens and take the stem; return nothing for what no phrase goes over.

    That is marks and single letters. So `Losses` and `loss` meet, `retrieval` and `retriever`, `LLMs` and
    `LLM`, `Pre-Training` and `pretrained`.
    """
    if len(token) < 2 or not token[0].isalpha():
        return ""
    if len(token) > 2 and token[-1] == "s" and token[:-1].isupper():
        token = token[:-1]
    return str(_stemmer().stemWord(token.lower().replace("-", "")))


@lru_cache(maxsize=1)
def _stemmer() -> "Stemmer.Stemmer":
    """Return the stemmer, which is imported where there is a word to stem."""
    import Stemmer

    return Stemmer.Stemmer("english")


def keys(text: str) -> list[str]:
    """Return what the words of a text are recognised by, in order; nothing where a phrase ends."""
    return [_key(token) for token in tokens(text)]


def key_of(name: str) -> str:
    """Return what a word or phrase is recognised by."""
    return " ".join(map(_key, name.split(" ")))


def _uses(words: Iterable[str], terms: Terms) -> Counter[str]:
    """Return how often a text, given by its words' keys, uses each term of the table, by the term's key."""
    numbers, known = terms.numbers, terms.words
    found = [key if key in known else "" for key in words]
    phrases = (f"{first} {second}" for first, second in pairwise(found) if first and second)
    return Counter(filter(numbers.__contains__, chain(found, phrases)))


def profile_of(title: str, abstract: str, terms: Terms) -> Profile:
    """Return what a paper of this title and abstract is about, in terms of the table."""
    return profile_of_keys(keys(title), keys(abstract), terms)


def profile_of_keys(title: Iterable[str], abstract: Iterable[str], terms: Terms) -> Profile:
    """Return the same, given the keys of the words."""
    numbers, rows = terms.numbers, terms.rows
    titled, stated = _uses(title, terms), _uses(abstract, terms)
    weights: dict[int, float] = {}
    uses: dict[int, int] = {}
    for name in titled | stated:
        number, count = numbers[name], TITLE * titled[name] + stated[name]
        weights[number] = rows[number].weight * (1 + log(count))
        uses[number] = TITLED if titled[name] else USED if count > 1 else MENTIONED
    length = sqrt(sum(weight**2 for weight in weights.values())) or 1
    heaviest = sorted(weights, key=lambda number: (-weights[number], rows[number].name))[:HEAVIEST]
    relative = {number: min(FULL, round(NORM * weights[number] / length)) for number in heaviest}
    shown = tuple(number for number in heaviest if relative[number])
    return Profile(
        shown, bytes(relative[number] for number in shown), bytes(uses[number] for number in shown)
    )


def encode_terms(terms: Terms) -> bytes:
    """Return the table as a file's text: a line a term, in order of names."""
    lines = [f"{ALL}\t{terms.papers}\t0\n"]
    for term in terms.rows:
        said = term.said or (_UNSAID if term.is_subject else _GENERIC)
        facts = term.name, term.papers, term.weight, term.trust, said
        lines.append("\t".join(map(str, facts)) + "\n")
    return (_HEAD + "".join(lines)).encode()


_LINE = re.compile(r"([^\t]+)\t([0-9]{1,9})\t([0-9]{1,6})(?:\t([0-9]{1,3})\t([^\t]+))?")


def decode_terms(data: bytes) -> tuple[Terms | None, tuple[Problem, ...]]:
    """Return the table that a file holds; None, and which lines are not rows of it, where there are any.

    A row of three columns is of an earlier version: it is trusted, and said as it is written.
    """
    problems = []
    rows = []
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if line.startswith("#"):
            continue
        if found := _LINE.fullmatch(line):
            said = "" if found[5] in (_UNSAID, _GENERIC) else found[5] or found[1]
            facts = int(found[2]), int(found[3]), int(found[4] or 100)
            rows.append(Term(found[1], *facts, said, found[5] != _GENERIC))
        else:
            place = Location(path=TERMS, line=number, text=line)
            hint = "Remove the line, or run `broadsheet refresh-terms`, which writes the table again."
            problems.append(error(place, "This line is not a row of the table of terms.", hint))
    if problems:
        return None, at_most(problems, TERMS)
    papers = sum(term.papers for term in rows if term.name == ALL)
    return Terms(papers, tuple(term for term in rows if term.name != ALL)), ()
