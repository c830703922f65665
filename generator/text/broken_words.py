"""Find words that typing or layout broke, which only an editor can mend.

com parisons     broken: another text has "comparisons", none has "parisons"
most dat . a     broken: a full stop within a sentence
data set, e. g.  whole: all of its words are used elsewhere, or it has no stop of its own
"""

import re
from collections.abc import Iterator, Sequence

WORD = re.compile("[a-z]+")
_SPACED = bytes(code if WORD.match(chr(code)) else ord(" ") for code in range(256))
PAIR = re.compile(r"(?<![\w-])([a-z]{2,}) (?=([a-z]{2,})(?![\w-]))")
STOP = re.compile(r"(?<=\s)[a-z]+ \. [a-z]+")


def broken_words(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield what is broken in each of all texts, as it is written there.

    Two words are one if they are one in another text, and one of the two is in no other.
    """
    met: set[bytes] = set()
    common: set[bytes] = set()
    first_met = []  # in each text: the words that are in no other are among these
    for text in texts:
        # as bytes, which takes half the time of looking for words by an expression
        found = text.lower().encode(errors="replace").translate(_SPACED).split()
        words: set[bytes] = set() if common.issuperset(found) else {*found} - common
        first_met.append(words - met)
        common |= words & met
        met |= words
    for text, words in zip(texts, first_met, strict=True):
        rare = words - common
        pairs = PAIR.findall(text) if rare else []
        split = ((pair, *(part.encode() for part in pair)) for pair in pairs)
        broken = [" ".join(pair) for pair, a, b in split if (a in rare or b in rare) and a + b in common]
        yield [*broken, *(STOP.findall(text) if " . " in text else [])]
