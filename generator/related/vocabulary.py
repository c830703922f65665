"""Which words and phrases become terms, and what sharing one weighs: decided from all papers at once.

A word tells what a paper is about if papers that use it do so repeatedly and in their titles. "diffusion"
does, and "moreover" does not (burstiness: K. W. Church and W. A. Gale, Poisson mixtures, 1995).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import log

from generator.library.terms import Term, Terms, key_of, keys, tokens

Text = tuple[str, str]
"""The title and the abstract of a paper."""

RARE = 5_000
"""A term must be in two papers, and in one more for each so many papers: so the table stays small."""
COMMON = 1 / 4
"""A term that more than this share of the papers use does not distinguish them."""
TOPICAL = 0.4
"""What a word's topicality has to be."""
PART = 0.3
"""The same for the words of a phrase."""
TOGETHER = 0.1
"""Share of the rarer word's papers that a phrase has to be in."""
LOWER_CASE = 3
"""Times that a spelling counts where it has no capitals: at the start of a sentence all have one."""

_WORDS = """
a about above after against all also although among an and any are as at be because been before being below
between both but by can could did do does during each either et etc for from further had has have having he
her here his how however if in into is it its itself just less many may might more most much must near
neither no nor not of off often on once one only onto or other our out over own per rather same several she
should since so some sota still such than that the their them then there therefore these they this those
though three through thus to together too toward towards two under until up upon us versus very via vs was
we well were what when where whether which while who whose why will with within without would yet you your
"""
_EMPTY = frozenset(map(key_of, _WORDS.split()))
"""English words that tell nothing, however often they are used; the others tell it themselves."""


class _Counts:
    """How often, and in how many papers and titles, each of some words or phrases is."""

    def __init__(self, texts: Iterable[Text], counted: Callable[[Sequence[str]], Iterator[str]]) -> None:
        self.uses: Counter[str] = Counter()
        self.papers: Counter[str] = Counter()
        self.titles: Counter[str] = Counter()
        for title, abstract in texts:
            in_title, uses = (Counter(counted(keys(text))) for text in (title, abstract))
            self.uses.update(uses)
            self.papers.update(in_title.keys() | uses.keys())
            self.titles.update(in_title.keys())

    def topicality(self, key: str) -> float:
        """Return how far beyond one use a paper the word is used; 0 for one that is used in passing."""
        papers = self.papers[key]
        return (max(0, self.uses[key] - papers) + self.titles[key] / 2) / (papers + 1)


def terms_of(texts: Sequence[Text]) -> Terms:
    """Return the table of terms of papers."""
    least, most = 2 + len(texts) // RARE, len(texts) * COMMON
    counts = _Counts(texts, lambda found: filter(None, found))
    parts = {key for key in counts.papers if key not in _EMPTY and counts.topicality(key) >= PART}

    def phrases_in(found: Sequence[str]) -> Iterator[str]:
        return (f"{one} {other}" for one, other in pairwise(found) if one in parts and other in parts)

    phrases = _Counts(texts, phrases_in)
    chosen = {key: counts.topicality(key) for key in parts if counts.topicality(key) >= TOPICAL}
    for phrase in phrases.papers:
        pair = phrase.split(" ")
        together = phrases.papers[phrase] / min(counts.papers[word] for word in pair)
        topicality = phrases.topicality(phrase)
        if together >= TOGETHER and (topicality >= PART or phrases.titles[phrase]):
            chosen[phrase] = max(topicality, sum(map(counts.topicality, pair)) / 3)
    papers = counts.papers | phrases.papers
    chosen = {key: topicality for key, topicality in chosen.items() if least <= papers[key] <= most}
    names = _names(texts, chosen)
    rarity = {key: float(log(len(texts) / papers[key]) ** 1.3) for key in chosen}
    rows = (
        Term(names[key], papers[key], round(1000 * rarity[key] * min(1, 0.1 + topicality / 2)))
        for key, topicality in chosen.items()
    )
    return Terms(len(texts), tuple(sorted(rows, key=lambda term: (term.name.lower(), term.name))))


def _names(texts: Iterable[Text], wanted: Iterable[str]) -> dict[str, str]:
    """Return, for each key, the words as most authors write them."""
    spellings: dict[str, Counter[str]] = {key: Counter() for key in wanted}
    for text in (text for both in texts for text in both):
        found = tokens(text)
        for name in (*found, *map(" ".join, pairwise(found))):
            if (key := key_of(name)) in spellings:
                spellings[key][name] += LOWER_CASE if name.islower() else 1
    return {key: max(counts, key=lambda name: (counts[name], name)) for key, counts in spellings.items()}
