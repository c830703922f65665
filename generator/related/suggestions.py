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
from generator.related.common_words import STOP_WORDS

SUGGESTED = 3
"""Themes that are suggested for a paper."""
MOST_WORDS = 3
"""Words that are shown with a suggestion, at most."""
MOST_EXAMPLES = 200
"""Papers of a theme that the classifier learns from, at most: the first ones given."""
MOST_UNPLACED = 1000
"""Papers without a theme that it learns from, at most: the first ones given."""

TITLE_USES = 5
"""A word in a title counts as so many uses in an abstract."""
PAIR_FACTOR = 1.3
"""A pair of words weighs so many times what a word weighs that is as rare."""
DESCRIPTION_PAPERS = 5
"""A theme's description counts as so many papers."""
SECOND_THEME_SHARE = 0.4
"""Share with which a paper counts for each of its themes but the main one."""
SMOOTHING = 1.0
"""Additive smoothing: the weight of each word in a theme of which no paper is known."""

SCALE = 2.0
"""Factor of scores before the softmax: with it, the mean confidence is the share of right suggestions."""
EM_SCALE = 5.0
"""The same while learning from papers without a theme, which then count mostly for their likeliest themes."""
EM_LEAST = 0.02
"""The least probability with which such a paper counts for a theme: less would only take time."""
CENTROID_FACTOR = 3.0
"""Factor of the cosine to a theme's centroid: of 1.5, 3 and 5 all do about as well."""
PRIOR_FACTOR = 0.5
"""Factor of the logarithm of a theme's number of papers: large themes are likelier."""
PRIOR_LEAST = 5
"""Papers from which on a theme's number counts. A theme of fewer may be new, and has the average prior."""

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

        All others tell how rare words are, and the first ones which words come with those of a theme. The
        score of the average paper is subtracted from each theme's, or some themes would come first too often.
        """
        described = {theme.slug: _counts("", f"{theme.title}. {theme.description}") for theme in themes}
        placed = list(_first_of_each(examples, described.keys()))
        counts = [_counts(example.title, example.abstract) for example in placed]
        unplaced = [_counts(*text) for text in others]
        self._idf = _inverse_document_frequencies([*counts, *described.values(), *unplaced])
        vectors = [self._tf_idf(words) for words in counts]
        unplaced_vectors = [self._tf_idf(words) for words in unplaced[:MOST_UNPLACED]]
        totals: dict[str, dict[str, float]] = {theme.slug: {} for theme in themes}
        for slug, words in described.items():
            _add(totals[slug], self._tf_idf(words), DESCRIPTION_PAPERS)
        papers = dict.fromkeys(totals, 0.0)
        for example, vector in zip(placed, vectors, strict=True):
            for slug, share in _shares(example.themes):
                if slug in totals:
                    papers[slug] += share
                    _add(totals[slug], vector, share)
        self._weights = _weights(totals, self._idf.keys())
        self._add_unplaced(unplaced_vectors, totals)
        self._weights = _weights(totals, self._idf.keys())
        average = _scores(self._contributions(_mean([*vectors, *unplaced_vectors])))
        prior = _prior(papers)
        self._bias = {slug: prior[slug] - SCALE * average[slug] for slug in totals}
        self._centroids = _centroids(placed)

    def suggestions(self, title: str, abstract: str, vector: Vector = NO_VECTOR) -> list[Suggestion]:
        """Return the likeliest themes of a paper, the likeliest first; `vector` is its vector, if any."""
        words = self._tf_idf(_counts(title, abstract))
        contributions = self._contributions(words)
        near = self._nearness(vector)
        bias = self._bias if words else {}
        confidence = _softmax(
            {
                slug: SCALE * score + bias.get(slug, 0) + near.get(slug, 0)
                for slug, score in _scores(contributions).items()
            }
        )
        likeliest = sorted(confidence, key=lambda slug: -confidence[slug])[:SUGGESTED]
        spelled = dict(_spelled(f"{title}. {abstract}"))
        return [
            Suggestion(slug, confidence[slug], tuple(_deciding(contributions, slug, spelled)))
            for slug in likeliest
        ]

    def _add_unplaced(
        self, vectors: Iterable[Mapping[str, float]], totals: Mapping[str, dict[str, float]]
    ) -> None:
        """Add each paper without a theme to the totals of its likely themes, as far as each is likely."""
        for vector in vectors:
            scores = _scores(self._contributions(vector))
            probabilities = _softmax({slug: EM_SCALE * score for slug, score in scores.items()})
            for slug, probability in probabilities.items():
                if probability >= EM_LEAST:
                    _add(totals[slug], vector, probability)

    def _contributions(self, vector: Mapping[str, float]) -> dict[str, dict[str, float]]:
        """Return what each word of a text adds to the score of each theme."""
        return {
            slug: {word: weight * weights[word] for word, weight in vector.items()}
            for slug, weights in self._weights.items()
        }

    def _nearness(self, vector: Vector) -> dict[str, float]:
        """Return how much nearer a vector is to the centroid of each theme than to centroids on average."""
        if not (vector.numbers and self._centroids):
            return {}
        cosines = {slug: cosine(vector, centroid) for slug, centroid in self._centroids.items()}
        average = sum(cosines.values()) / len(cosines)
        return {slug: CENTROID_FACTOR * (found - average) for slug, found in cosines.items()}

    def _tf_idf(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return the weights of a text's known words, as a vector of length 1."""
        found = {
            word: (1 + log(uses)) * self._idf[word] for word, uses in counts.items() if word in self._idf
        }
        length = sqrt(sum(weight**2 for weight in found.values())) or 1
        return {word: weight / length for word, weight in found.items()}


def _inverse_document_frequencies(texts: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """Return how rare each word is that two texts use."""
    used = Counter(chain.from_iterable(texts))
    return {
        word: log(len(texts) / papers) * (PAIR_FACTOR if " " in word else 1)
        for word, papers in used.items()
        if papers > 1
    }


def _shares(themes: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Yield each theme of a paper once, with the share with which the paper counts for it."""
    for place, slug in enumerate(dict.fromkeys(themes)):
        yield slug, SECOND_THEME_SHARE if place else 1


def _scores(contributions: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {slug: sum(words.values()) for slug, words in contributions.items()}


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    """Return the probability of each theme."""
    most = max(scores.values(), default=0)  # subtracted, since exp of a large number overflows
    found = {slug: exp(score - most) for slug, score in scores.items()}
    total = sum(found.values())
    return {slug: value / total for slug, value in found.items()}


def _prior(papers: Mapping[str, float]) -> dict[str, float]:
    """Return what the number of its papers adds to the score of each theme."""
    known = {slug: log(number) for slug, number in papers.items() if number >= PRIOR_LEAST}
    average = sum(known.values()) / max(1, len(known))
    return {slug: PRIOR_FACTOR * known.get(slug, average) for slug in papers}


def _mean(vectors: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vector in vectors:
        _add(total, vector, 1 / len(vectors))
    return total


def _first_of_each(examples: Iterable[Example], themes: Iterable[str]) -> Iterator[Example]:
    """Yield the first examples of each main theme."""
    left = dict.fromkeys(themes, MOST_EXAMPLES)
    for example in examples:
        if example.themes and left.get(example.themes[0], 0):
            left[example.themes[0]] -= 1
            yield example


def _centroids(placed: Iterable[Example]) -> dict[str, Vector]:
    """Return the mean vector of the papers of each theme, of those that have a vector."""
    sums: dict[str, list[float]] = {}
    for example in placed:
        for slug, share in _shares(example.themes if example.vector.numbers else ()):
            factor = share / example.vector.length
            scaled = [factor * number for number in memoryview(example.vector.numbers).cast("b")]
            known = sums.get(slug, [0.0] * len(scaled))
            sums[slug] = [one + other for one, other in zip(known, scaled, strict=True)]
    return {slug: vector_of(total) for slug, total in sums.items()}


def _counts(title: str, abstract: str) -> Counter[str]:
    """Return how often a text uses each stem and pair of stems, of a compound also its parts."""
    found: Counter[str] = Counter()
    for text, times in ((title, TITLE_USES), (abstract, 1)):
        for key, _ in _spelled(text):
            found[key] += times
    return found


def _spelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield the stems and pairs of stems of a text, each with the words."""
    words = [
        ("" if key in STOP_WORDS else key, word) for key, word in zip(keys(text), tokens(text), strict=True)
    ]
    yield from (word for word in words if word[0])
    for (one, first), (other, second) in pairwise(words):
        if one and other:
            yield f"{one} {other}", f"{first} {second}"
    for compound in _COMPOUND.findall(text):
        for part in compound.split("-"):
            if (key := key_of(part)) and key not in STOP_WORDS:
                yield key, part


def _add(total: dict[str, float], vector: Mapping[str, float], times: float) -> None:
    for word, weight in vector.items():
        total[word] = total.get(word, 0) + weight * times


def _weights(totals: Mapping[str, Mapping[str, float]], words: Set[str]) -> dict[str, dict[str, float]]:
    """Return for each theme the weight of each word: how far it is more frequent there than elsewhere."""
    total = dict.fromkeys(words, 0.0)
    for mine in totals.values():
        _add(total, mine, 1)
    smoothing = SMOOTHING * max(1, len(words))
    every = sum(total.values())
    found: dict[str, dict[str, float]] = {}
    for slug, mine in totals.items():
        own = sum(mine.values())
        base = log((every - own + smoothing) / (own + smoothing))
        found[slug] = {
            word: base + log((mine.get(word, 0) + SMOOTHING) / (total[word] - mine.get(word, 0) + SMOOTHING))
            for word in total
        }
    return found


def _deciding(
    contributions: Mapping[str, Mapping[str, float]], slug: str, spelled: Mapping[str, str]
) -> list[str]:
    """Return the words, as spelled, that add most to a theme and less to others; no two share a part."""
    excess = {
        word: own - sum(words[word] for words in contributions.values()) / len(contributions)
        for word, own in contributions[slug].items()
        if own > 0
    }
    found: list[str] = []
    shown: set[str] = set()
    for word in sorted(excess, key=lambda word: (-excess[word], word)):
        parts = word.split(" ")
        if shown.isdisjoint(parts):
            shown.update(parts)
            found.append(spelled[word])
    return found[:MOST_WORDS]
