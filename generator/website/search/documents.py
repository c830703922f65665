"""What a search finds a paper by, and what its results show of it."""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generator.library.library import Library
from generator.model import UNSORTED, Card, Paper
from generator.text import plain
from generator.website.parts.markdown import note_html
from generator.website.search.folding import other_forms
from generator.website.urls import UNDATED, href
from generator.words import day

YES = ("1",)
"""The one value of a filter that a paper passes or does not."""
END = "¶everypaper"
"""The word between what a result may quote and what a paper is only found by; `query.js` knows it too.

Every paper is found by it: to look for nothing at all would have a browser fetch the whole index.
"""

_UNSPACED = (
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Characters of Chinese and Japanese, which have no spaces between words; `query.js` knows them too."""
_BESIDE_UNSPACED = re.compile(f"(?<=\\S)(?={_UNSPACED})|(?<={_UNSPACED})(?=\\S)")


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A paper as it is indexed."""

    url: str
    """Its address, relative to the site's root."""
    content: str
    """Its words, in which those that a result may quote come first."""
    meta: Mapping[str, str]
    """What a result shows of it. It is found by these words as well, and by the title's before all others.

    Each paper has all of these fields, which may be empty, so that the indexes of all have the same.
    """
    filters: Mapping[str, tuple[str, ...]]


def documents(library: Library, cards: Iterable[Card]) -> Iterator[Document]:
    """Yield papers of a library as they are indexed."""
    themes = {theme.slug for theme in library.themes}
    for card in cards:
        paper = library.records[card.slug].paper()
        yield Document(
            url=href(card.slug),
            content=_content(card, paper),
            meta=_meta(card),
            filters=_filters(card, paper, tuple(slug for slug in card.themes if slug in themes)),
        )


def spaced(text: str) -> str:
    """Return the text with each character of Chinese and Japanese as a word of its own."""
    return _BESIDE_UNSPACED.sub(" ", text)


def _content(card: Card, paper: Paper) -> str:
    abstract = [plain(line) for line in (paper.abstract or "").splitlines()]
    note = note_html(paper.note, "", mathml=False).striptags() if paper.note else ""
    names = (paper.organization, paper.organization_handle, *paper.authors, paper.doi, paper.venue)
    words = (card.title, *names, *paper.tags, *paper.categories)
    found_by = [note, *map(plain, filter(None, words))]
    typed = other_forms(" ".join([*abstract, *found_by]))
    return spaced(" ".join(filter(None, [*abstract, END, *found_by, *typed])))


def _meta(card: Card) -> dict[str, str]:
    return {
        "title": plain(card.title),
        "byline": plain(card.byline),
        "published": day(card.published).text if card.published else "",
        "arxiv": card.arxiv or "",
        "comment": plain(card.comment or ""),
    }


def _filters(card: Card, paper: Paper, themes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    passed = {
        "pick": card.pick,
        "code": "code" in paper.links,
        "withdrawn": card.withdrawn,
        "provisional": card.provisional,
    }
    return {
        "theme": themes or (UNSORTED.slug,),
        "year": (str(card.published.year) if card.published else UNDATED,),
        **{name: YES for name, is_passed in passed.items() if is_passed},
    }
