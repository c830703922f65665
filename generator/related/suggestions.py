"""Themes that a paper may belong to, learned from papers that editors placed and from themes' descriptions.

A naive Bayes classifier over TF-IDF weights that sets the papers of a theme against all others (J. Rennie and
others, Tackling the poor assumptions of naive Bayes text classifiers, 2003). It needs no library: of what was
tried on 162 placed papers, in five folds, it was the best, before centroids, ridge regression and balanced
logistic regression (docs/decisions.md has the figures). It also learns from papers without a theme, each for
its likely themes, by one round of expectation maximisation (K. Nigam and others, Text classification from
labeled and unlabeled documents using EM, 2000). Where papers have vectors, it also counts how near a paper is
to the middle of each theme.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, pairwise
from math import exp, log, sqrt
from typing import NamedTuple

from generator.library.terms import key_of, keys, tokens
from generator.library.vectors import NO_VECTOR, Vector, cosine, vector_of
from generator.model import Theme
from generator.related.common_words import EMPTY

SUGGESTED = 3
"""Themes that are suggested for a paper."""
DECIDING = 3
"""Words that are shown with each."""
EXAMPLES = 200
"""Papers of a theme that are learned from: the first ones given."""
TITLE = 5
"""Uses in the text that one in the title counts as."""
DESCRIPTION, FURTHER_THEME = 5, 0.4
"""What a theme's description counts as, and a paper of which it is not the main theme, in papers."""
PAIR = 1.3
"""What a pair of words counts as, in words."""
UNPLACED = 1000
"""Papers without a theme that are learned from: the first ones given."""
LIKELY = 0.02
"""How likely a theme of such a paper is at least, to be learned: the rest would only take time."""
SMOOTHING = 1.0
"""What each theme is taken to have of each word before a paper is seen."""
NEARNESS = 3.0
"""What a cosine of vectors counts: of 1.5, 3 and 5 all do about as well."""
SHARPNESS = 2.0
"""Makes probabilities of scores: chosen so that the mean confidence is how often suggestions are right."""
PRIOR, ENOUGH = 0.5, 5
"""What it counts that a theme has more papers than others, and from how many papers on. A theme of fewer may
be new, and counts as an average one."""
GUESSES = 5.0
"""The same while learning from papers without a theme, which then count mostly for their likeliest themes."""

_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


class Example(NamedTuple):
    """A paper, and where editors placed it."""

    title: str
    abstract: str
    themes: tuple[str, ...]
    """The main one first."""
    vector: Vector = NO_VECTOR


class Suggestion(NamedTuple):
    """A theme that a paper may belong to."""

    theme: str
    confidence: float
    """0 to 1."""
    words: tuple[str, ...]
    """The words of the paper that decided, as it writes them."""

    @property
    def percent(self) -> int:
        """The confidence as it is shown: never 0 or 100, as of those all but certain, one in ten is wrong."""
        return min(max(round(self.confidence * 100), 1), 99)


class Classifier:
    """Tells the themes of papers."""

    def __init__(
        self, themes: Sequence[Theme], examples: Iterable[Example], others: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Learn from the first examples of each theme, and from the titles and abstracts of other papers.

        All others tell how rare words are, and the first ones which words come with those of a theme. What
        words tell in the average paper is subtracted, or some themes would come first too often.
        """
        described = [(_counts("", f"{theme.title}. {theme.description}"), theme.slug) for theme in themes]
        placed = list(_first_of_each(examples, {theme.slug for theme in themes}))
        counts = [_counts(example.title, example.abstract) for example in placed]
        unplaced = [_counts(*text) for text in others]
        texts = [*counts, *(words for words, _ in described), *unplaced]
        used = Counter(chain.from_iterable(texts))
        self._rarity = {
            word: log(len(texts) / papers) * (PAIR if " " in word else 1)
            for word, papers in used.items()
            if papers > 1
        }
        has: dict[str, dict[str, float]] = {theme.slug: {} for theme in themes}
        for words, slug in described:
            _add(has[slug], self._vector(words), DESCRIPTION)
        papers = dict.fromkeys(has, 0.0)
        vectors = [self._vector(words) for words in counts]
        for example, vector in zip(placed, vectors, strict=True):
            for place, slug in enumerate(dict.fromkeys(example.themes)):
                if slug in has:
                    share = FURTHER_THEME if place else 1
                    papers[slug] += share
                    _add(has[slug], vector, share)
        prior = _prior(papers)
        guessed = [self._vector(words) for words in unplaced[:UNPLACED]]
        self._weights = _weights(has, self._rarity.keys())
        self._guess(guessed, has)
        self._weights = _weights(has, self._rarity.keys())
        usual = _totals(self._told(_mean([*vectors, *guessed])))
        self._lean = {slug: prior[slug] - SHARPNESS * usual[slug] for slug in has}
        self._middles = _middles(placed)

    def suggestions(self, title: str, abstract: str, place: Vector = NO_VECTOR) -> list[Suggestion]:
        """Return the likeliest themes of a paper, the likeliest first; `place` is its vector, if any."""
        vector = self._vector(_counts(title, abstract))
        told = self._told(vector)
        near = self._nearness(place)
        lean = self._lean if vector else {}
        chances = _chances(
            {
                slug: SHARPNESS * total + lean.get(slug, 0) + near.get(slug, 0)
                for slug, total in _totals(told).items()
            }
        )
        likeliest = sorted(chances, key=lambda slug: -chances[slug])[:SUGGESTED]
        spelled = dict(_spelled(f"{title}. {abstract}"))
        return [
            Suggestion(slug, chances[slug], tuple(spelled[word] for word in _deciding(told, slug)))
            for slug in likeliest
        ]

    def _guess(self, vectors: Iterable[Mapping[str, float]], has: Mapping[str, dict[str, float]]) -> None:
        """Add each paper to its likely themes, as far as it is likely to have them."""
        for vector in vectors:
            totals = _totals(self._told(vector))
            for slug, chance in _chances({slug: GUESSES * total for slug, total in totals.items()}).items():
                if chance >= LIKELY:
                    _add(has[slug], vector, chance)

    def _told(self, vector: Mapping[str, float]) -> dict[str, dict[str, float]]:
        """Return what each word of a text tells for each theme."""
        return {
            slug: {word: weight * weights[word] for word, weight in vector.items()}
            for slug, weights in self._weights.items()
        }

    def _nearness(self, place: Vector) -> dict[str, float]:
        """Return what its vector tells for each theme: how much nearer it is to its middle than to others."""
        if not (place.numbers and self._middles):
            return {}
        cosines = {slug: cosine(place, middle) for slug, middle in self._middles.items()}
        usual = sum(cosines.values()) / len(cosines)
        return {slug: NEARNESS * (found - usual) for slug, found in cosines.items()}

    def _vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return the weights of a text's known words, as a vector of length 1."""
        found = {
            word: (1 + log(uses)) * self._rarity[word]
            for word, uses in counts.items()
            if word in self._rarity
        }
        length = sqrt(sum(weight**2 for weight in found.values())) or 1
        return {word: weight / length for word, weight in found.items()}


def _totals(told: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {slug: sum(words.values()) for slug, words in told.items()}


def _chances(scores: Mapping[str, float]) -> dict[str, float]:
    """Return how likely each theme is: the softmax of scores."""
    most = max(scores.values(), default=0)  # subtracted, since exp of a large number overflows
    found = {slug: exp(score - most) for slug, score in scores.items()}
    every = sum(found.values())
    return {slug: chance / every for slug, chance in found.items()}


def _prior(papers: Mapping[str, float]) -> dict[str, float]:
    """Return what the number of its papers tells for each theme."""
    known = {slug: log(number) for slug, number in papers.items() if number >= ENOUGH}
    average = sum(known.values()) / max(1, len(known))
    return {slug: PRIOR * known.get(slug, average) for slug in papers}


def _mean(vectors: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vector in vectors:
        _add(total, vector, 1 / len(vectors))
    return total


def _first_of_each(examples: Iterable[Example], themes: Iterable[str]) -> Iterator[Example]:
    """Yield the examples without those that come after enough others of their main theme."""
    left = dict.fromkeys(themes, EXAMPLES)
    for example in examples:
        if example.themes and left.get(example.themes[0], 0):
            left[example.themes[0]] -= 1
            yield example


def _middles(placed: Iterable[Example]) -> dict[str, Vector]:
    """Return the mean vector of the papers of each theme, as far as they have one."""
    sums: dict[str, list[float]] = {}
    for example in placed:
        for place, slug in enumerate(dict.fromkeys(example.themes) if example.vector.numbers else ()):
            times = (FURTHER_THEME if place else 1) / example.vector.length
            scaled = [times * number for number in memoryview(example.vector.numbers).cast("b")]
            known = sums.get(slug, [0.0] * len(scaled))
            sums[slug] = [one + other for one, other in zip(known, scaled, strict=True)]
    return {slug: vector_of(total) for slug, total in sums.items()}


def _counts(title: str, abstract: str) -> Counter[str]:
    """Return how often a text uses each stem and pair of stems, of a compound also its parts."""
    found: Counter[str] = Counter()
    for text, times in ((title, TITLE), (abstract, 1)):
        for key, _ in _spelled(text):
            found[key] += times
    return found


def _spelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield the stems and pairs of stems of a text, each with the words."""
    words = [("" if key in EMPTY else key, word) for key, word in zip(keys(text), tokens(text), strict=True)]
    yield from (word for word in words if word[0])
    for (one, first), (other, second) in pairwise(words):
        if one and other:
            yield f"{one} {other}", f"{first} {second}"
    for compound in _COMPOUND.findall(text):
        for part in compound.split("-"):
            if (key := key_of(part)) and key not in EMPTY:
                yield key, part


def _add(total: dict[str, float], vector: Mapping[str, float], times: float) -> None:
    for word, weight in vector.items():
        total[word] = total.get(word, 0) + weight * times


def _weights(has: Mapping[str, Mapping[str, float]], words: Set[str]) -> dict[str, dict[str, float]]:
    """Return what each word tells for each theme: how far it is more frequent there than elsewhere."""
    total = dict.fromkeys(words, 0.0)
    for mine in has.values():
        _add(total, mine, 1)
    smoothing = SMOOTHING * max(1, len(words))
    every = sum(total.values())
    found: dict[str, dict[str, float]] = {}
    for slug, mine in has.items():
        own = sum(mine.values())
        base = log((every - own + smoothing) / (own + smoothing))
        found[slug] = {
            word: base + log((mine.get(word, 0) + SMOOTHING) / (total[word] - mine.get(word, 0) + SMOOTHING))
            for word in total
        }
    return found


def _deciding(told: Mapping[str, Mapping[str, float]], slug: str) -> list[str]:
    """Return the words that tell most for a theme and not for all; of those that share a word, the first."""
    telling = {
        word: tells - sum(words[word] for words in told.values()) / len(told)
        for word, tells in told[slug].items()
        if tells > 0
    }
    found: list[str] = []
    shown: set[str] = set()
    for word in sorted(telling, key=lambda word: (-telling[word], word)):
        if shown.isdisjoint(parts := word.split(" ")):
            shown.update(parts)
            found.append(word)
    return found[:DECIDING]
