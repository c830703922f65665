"""Choose the slug of a new record, which names its file and its paper's address."""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterator

from slugify import slugify

from generator.text import plain

LENGTH = 60
LEFT_HANGING = re.compile(r"(-(a|an|and|as|at|by|for|from|in|of|on|or|the|to|using|via|with))+$")
"""Words with which no cut title should end."""
RESERVED = frozenset(
    ["aux", "con", "nul", "prn", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)
"""Names of devices, which no file may have on Windows, whatever its extension."""
GREEK = re.compile(
    "(?<![\u0370-\u03ff])[\u03b1-\u03c9\u0393\u0394\u0398\u039b\u039e\u03a0\u03a3\u03a6-\u03a9](?![\u0370-\u03ff])"
)
"""A Greek letter among others, which is read by its name."""
APOSTROPHES = (("'", ""), ("\N{RIGHT SINGLE QUOTATION MARK}", ""))


def slug_of(title: str | None, arxiv: str | None, digest: str, taken: Container[str]) -> str:
    r"""Return a slug for a paper: of its title, else of its arXiv identifier, else of its content's digest.

    A title is taken as it is shown: ``Gr\"obner`` gives ``grobner``.

    `digest` is in hexadecimal. A slug that is taken, or that some file system reserves, gets the identifier
    behind it, else a piece of the digest: never a running number, which would depend on what came before.
    """
    number = slugify(arxiv or "", max_length=LENGTH)
    base = _of_title(title or "") or (f"arxiv-{number}" if number else f"paper-{digest[:8]}")
    if base not in RESERVED and base not in taken:
        return base
    longer = (f"{base}-{piece}" for piece in _pieces(number, digest))
    return next(slug for slug in longer if slug not in taken)


def _of_title(title: str) -> str:
    whole = slugify(_named(plain(title)), replacements=APOSTROPHES)
    if len(whole) <= LENGTH:
        return whole
    words = whole[: LENGTH + 1].rpartition("-")[0]
    return LEFT_HANGING.sub("", words) or whole[:LENGTH]


def _named(title: str) -> str:
    """Return a title with the names of its lone Greek letters, as in τ-bench; Greek words are transcribed."""
    return GREEK.sub(lambda letter: unicodedata.name(letter[0]).rpartition(" ")[2], title)


def _pieces(number: str, digest: str) -> Iterator[str]:
    if number:
        yield number
    while True:
        yield digest[:8]
        digest = hashlib.sha256(digest.encode()).hexdigest()
