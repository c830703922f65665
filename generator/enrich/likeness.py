"""Decide whether a found paper is the one that was looked for. Pure.

It is if the titles have a likeness of at least 0.95 (the share of letters and digits that need no change: 1
less the Indel distance over both lengths) and the same numbers, and if the abstract or the number of authors
agrees too. If the titles differ in a letter and both abstracts are known, the abstracts decide: a second part
of a paper has the same authors.
"""

import re

from rapidfuzz import fuzz

from generator.ingest.identity import title_key
from generator.model import Stated
from generator.text import plain

LIKE = 0.95
"""Likeness of titles from which on they may be of one paper."""
LIKE_TEXT = 85
"""Per cent of two abstracts' letters that are alike, as far as the shorter one goes."""
SHORTEST_TEXT = 60
"""Letters of an abstract that can agree: less says little."""
NUMBER = re.compile("[0-9]+")


def likeness(wanted: Stated, found: Stated) -> float:
    """Return how alike the titles are, from 0.95 to 1, of what is one paper; 0 for what may be two."""
    keys = title_key(plain(wanted.title or "")), title_key(plain(found.title or ""))
    if not all(keys) or NUMBER.findall(keys[0]) != NUMBER.findall(keys[1]):
        return 0.0
    ratio = fuzz.ratio(*keys, score_cutoff=100 * LIKE) / 100
    if not ratio or any(a and b and a != b for a, b in _identifiers(wanted, found)):
        return 0.0
    same_text, same_count = _same_text(wanted, found), _same_count(wanted, found)
    is_agreed = same_text or (same_count and (same_text is None or keys[0] == keys[1]))
    return ratio if is_agreed else 0.0


def _identifiers(wanted: Stated, found: Stated) -> tuple[tuple[str | None, str | None], ...]:
    return (wanted.arxiv, found.arxiv), ((wanted.doi or "").casefold(), (found.doi or "").casefold())


def _same_text(wanted: Stated, found: Stated) -> bool | None:
    """Return whether the abstracts agree; None where one is not known."""
    texts = [title_key(plain(one.abstract or "")) for one in (wanted, found)]
    length = min(map(len, texts))
    if length < SHORTEST_TEXT:
        return None
    return bool(fuzz.ratio(texts[0][:length], texts[1][:length], score_cutoff=LIKE_TEXT))


def _same_count(wanted: Stated, found: Stated) -> bool:
    counts = [len(one.authors) or one.author_count for one in (wanted, found)]
    return bool(counts[0]) and counts[0] == counts[1]
