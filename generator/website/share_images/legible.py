"""What of a text the fonts can show, so that no character becomes the empty box of a missing glyph."""

import re
from collections.abc import Callable, Iterator
from unicodedata import category, normalize

Has = Callable[[str], bool]
"""Tells whether the fonts have a character."""

MUTE = re.compile("[\u2500-\u27bf\u2b00-\u2bff\ufffc\ufffd]")
"""Boxes, ornaments and replacement characters: they look like a missing glyph."""


def legible(text: str, has: Has) -> str:
    """Return what the fonts can show of a text, its white space folded; nothing where that is too little.

    A character that they lack is written as its compatibility decomposition ("ﬃ" as "ffi"), else left out,
    and with it a word of which no letter is left. What has lost more than half of its letters says nothing.
    """
    whole = normalize("NFC", text)
    shown = " ".join(filter(None, (_word(word, has) for word in whole.split())))
    left = _letters(shown)
    return shown if left and 2 * left >= _letters(whole) else ""


def _word(word: str, has: Has) -> str:
    shown = "".join(_shown(word, has))
    return shown if _letters(shown) or not _letters(word) else ""


def _shown(word: str, has: Has) -> Iterator[str]:
    for character in word:
        plainer = normalize("NFKC", character)
        for candidate in (character, plainer):
            # controls and private characters have no look of their own
            if all(
                has(part) and category(part)[0] not in "CZ" and not MUTE.match(part) for part in candidate
            ):
                yield candidate
                break


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
