"""Find words that typing or layout broke, which only an editor can mend.

com parisons     broken: another text has "comparisons", none has "parisons"
most dat . a     broken: a full stop within a sentence
data set, e. g.  whole: all of its words are used elsewhere, or it has no stop of its own
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

WORD = re.compile("[a-z]{2,}")
PAIR = re.compile(r"(?<![\w-])([a-z]{2,}) (?=([a-z]{2,})(?![\w-]))")
STOP = re.compile(r"(?<=\s)[a-z]+ \. [a-z]+")


def word_counts(texts: Iterable[str]) -> Counter[str]:
    """Return in how many texts each word of at least two letters is."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(WORD.findall(text.lower())))
    return counts


def broken_words(text: str, counts: Counter[str]) -> Iterator[str]:
    """Yield what is broken in a text, as it is written there; `counts` are of all texts, this among them.

    Two words are one if they are one in another text, and one of the two is in no other.
    """
    for first, second in PAIR.findall(text):
        if 1 in (counts[first], counts[second]) and counts[first + second] > 1:
            yield f"{first} {second}"
    if " . " in text:
        yield from STOP.findall(text)
