"""Make the table of terms from all papers: words and phrases, their weights, and how a reason says them.

A word tells what a paper is about if the papers that use it do so repeatedly and in their titles: "diffusion"
does, "moreover" does not (burstiness: K. W. Church and W. A. Gale, Poisson mixtures, 1995). It is trusted as
far as the papers that use it are alike in their other words: those of "dense retrieval" are, those of
"calibration" are not.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import pairwise
from math import log
from typing import NamedTuple

import msgspec

from generator.library.terms import Term, Terms, keys, profile_of_keys
from generator.related.coherence import coherence
from generator.related.common_words import GENERIC, NO_END, NO_START, STOP_WORDS
from generator.related.spellings import long_forms, names

Text = tuple[str, str]
"""The title and the abstract of a paper."""
Keys = tuple[list[str], list[str]]
"""The keys of the words in both, as `terms.keys` returns them."""

RARE = 5_000
"""A term must be in two papers, and in one more for each so many papers: so the table stays small."""
COMMON = 1 / 4
"""A term that more than this share of the papers use does not distinguish them."""
TOGETHER = 0.1
"""A phrase must be in this share of the papers of its rarer word: else its words meet by chance."""
IN_PASSING = 0.25
"""Share of its weight that a word keeps if papers use it once each, and never in a title."""
PHRASE, GENERIC_WORD, GENERIC_PHRASE = 0.8, 0.45, 0.6
"""Shares of their weight that phrases keep, as their words count too, generic words, and generic phrases."""
LEAST_SAID = 0.4
"""The least topicality of a term that a reason may give."""
LEAST_SUBJECT = 0.3
"""The least topicality of a phrase that is a subject though its words are generic: "data selection"."""
ENDS_PHRASES = 0.25
"""A phrase ends after this share of a noun's uses, at least; an adjective is followed by its noun."""
_ADVERB = re.compile(r"\w+[deltns]ly")
"""Matches "jointly", but not "anomaly", "family" or "early"."""


class _Counts:
    """The frequencies of words or phrases: their uses, and the papers and titles that use them."""

    def __init__(self, texts: Iterable[Keys], counted: Callable[[Sequence[str]], Iterator[str]]) -> None:
        self.uses: Counter[str] = Counter()
        self.papers: Counter[str] = Counter()
        self.titles: Counter[str] = Counter()
        for title, abstract in texts:
            in_title, uses = Counter(counted(title)), Counter(counted(abstract))
            self.uses.update(uses)
            self.papers.update(in_title.keys() | uses.keys())
            self.titles.update(in_title.keys())

    def topicality(self, key: str) -> float:
        """Return how often papers use the word more than once or in a title; 0 if all use it in passing."""
        papers = self.papers[key]
        return (max(0, self.uses[key] - papers) + self.titles[key] / 2) / (papers + 1)


def terms_of(texts: Sequence[Text]) -> Terms:
    """Return the table of terms of papers."""
    least, most = 2 + len(texts) // RARE, len(texts) * COMMON
    keyed = [(keys(title), keys(abstract)) for title, abstract in texts]
    words = _Counts(keyed, lambda found: (key for key in found if key and key not in STOP_WORDS))
    frequent = {word for word, papers in words.papers.items() if papers >= least}
    phrases = _Counts(keyed, lambda found: _phrases(found, frequent))
    measured = [
        _Measured(word, words.papers[word], words.topicality(word), is_generic=word in GENERIC)
        for word in frequent
    ]
    for phrase, papers in phrases.papers.items():
        pair = phrase.split(" ")
        if papers >= max(least, TOGETHER * min(words.papers[word] for word in pair)):
            own = phrases.topicality(phrase)
            is_generic = GENERIC.issuperset(pair) and own < LEAST_SUBJECT
            topicality = max(own, sum(map(words.topicality, pair)) / 2)
            measured.append(_Measured(phrase, papers, topicality, is_generic))
    return _table([term for term in measured if term.papers <= most], texts, keyed)


class _Measured(NamedTuple):
    """A word or phrase that is a term."""

    key: str
    papers: int
    topicality: float
    """Its own; of a phrase, that of its words on average if that is more."""
    is_generic: bool

    def weight(self, papers: int) -> int:
        """Return what sharing the term weighs in a library of so many papers, in thousandths."""
        if " " in self.key:
            share = GENERIC_PHRASE * PHRASE if self.is_generic else PHRASE
        else:
            share = GENERIC_WORD if self.is_generic else 1
        return round(1000 * log(papers / self.papers) * min(1, IN_PASSING + self.topicality) * share)


def _phrases(found: Sequence[str], frequent: Set[str]) -> Iterator[str]:
    return (f"{one} {other}" for one, other in pairwise(found) if one in frequent and other in frequent)


def _table(measured: Sequence[_Measured], texts: Sequence[Text], keyed: Sequence[Keys]) -> Terms:
    """Return the table of terms, with the trust in each and how a reason says it."""
    spelled = names(texts, {term.key for term in measured})
    ordered = sorted(measured, key=lambda term: (spelled[term.key].name.lower(), spelled[term.key].name))
    rows = [
        Term(spelled[term.key].name, term.papers, term.weight(len(texts)), is_subject=not term.is_generic)
        for term in ordered
    ]
    table = Terms(len(texts), tuple(rows))
    trust = coherence(table, [profile_of_keys(title, abstract, table) for title, abstract in keyed])
    long, nouns = long_forms(abstract for _, abstract in texts), _nouns(keyed)
    for number, (term, row) in enumerate(zip(ordered, table.rows, strict=True)):
        is_noun = term.key.split(" ")[-1] in nouns and spelled[term.key].is_clear and _may_be_said(row.name)
        is_said = row.is_subject and is_noun and term.topicality >= LEAST_SAID
        said = long.get(row.name, row.name) if is_said else ""
        rows[number] = msgspec.structs.replace(row, trust=trust[number], said=said)
    return Terms(len(texts), tuple(rows))


def _may_be_said(name: str) -> bool:
    """Tell whether a term, as most authors write it, is more than a piece of a sentence."""
    words = name.lower().split(" ")
    first, last = words[0], words[-1]
    return not (first in NO_START or last in NO_END or _ADVERB.fullmatch(first))


def _nouns(texts: Iterable[Keys]) -> set[str]:
    """Return the words after which a phrase ends often enough."""
    uses: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for text in (text for both in texts for text in both):
        uses.update(text)
        ends.update(word for word, next_ in pairwise([*text, ""]) if not next_ or next_ in STOP_WORDS)
    return {word for word, times in uses.items() if ends[word] >= ENDS_PHRASES * times}
