"""A plain list of arXiv identifiers, DOIs or their URLs.

::

    # read next week
    2410.15393
    arXiv:hep-th/9901001v2
    - https://arxiv.org/abs/2410.15393
    https://huggingface.co/papers/2410.15393, 10.1145/3292500

A ``#`` begins a remark, and so do words behind an identifier. Markdown's bullets and links are understood.
Each paper is an entry of its own that states nothing but its identifier.
"""

import re
from collections.abc import Iterator
from itertools import islice

from generator.listings.entry import Line, Listing, Parse, Span, quote
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of
from generator.listings.values.identifiers import arxiv_id, doi

NAME = "paper-ids"
REMARK = re.compile(r"(?:\A|\s)#.*")
BULLET = re.compile(r"\A\s*(?:[-*+\u2022]|[0-9]{1,4}[.)])\s+")
LINK = re.compile(r"\[[^\]\[]*\]\(([^()\s]+)\)")
WORD = re.compile(r"[^\s,;<>\"']+")
MEANT = re.compile(r"(?i:arxiv:|https?://)|10\.[0-9]|[0-9]{4}\.[0-9]")
"""How a word begins that is meant to be an identifier; other words beside one are remarks."""
SPACED = re.compile(r"(?i:\barXiv:\s+)")
SAMPLE = 1000
HINT = "Write an arXiv identifier, a DOI or the URL of one, one per line; a # begins a remark."


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a list: its first line and at least half of the next name papers."""
    bare = filter(None, (_bare(found.text) for found in listing.written()))
    first = next(bare, "")
    others = [_named(text) for text in islice(bare, SAMPLE)] if _named(first) else []
    return _named(first) and 2 * sum(others) >= len(others) - 1


def parse(listing: Listing) -> Parse:
    """Return the papers of such a list."""
    return parse_of(listing, [record for found in listing.written() for record in _records(listing, found)])


def _records(listing: Listing, found: Line) -> Iterator[ListedItem]:
    bare = _bare(found.text)
    words = WORD.findall(bare)
    named = [word for word in words if _facts(word) or MEANT.match(word)]
    for word in named or filter(None, [bare]):
        facts = _facts(word) or Refused(f"{quote(word)} is not an identifier of a paper.", HINT)
        column = max(listing.lines[found.number - 1].find(word), 0) + 1
        yield ListedItem(Span(found.number, found.number, column, column + len(word) - 1), facts)


def _bare(text: str) -> str:
    """Return a line without bullets, remarks and the text of links."""
    return SPACED.sub("arXiv:", LINK.sub(r"\1", BULLET.sub("", REMARK.sub("", text)))).strip()


def _named(text: str) -> bool:
    word = WORD.match(text)
    return word is not None and _facts(word[0]) is not None


def _facts(word: str) -> Facts | None:
    name = arxiv_id(word.strip("()[]."))
    if name:
        return {"arxiv": name.arxiv, "version": name.version}
    found = doi(word)
    return {"doi": found} if found else None
