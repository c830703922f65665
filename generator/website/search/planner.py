"""The search: a page that finds papers by any word, in the browser. Its index is made beside the pages."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

import msgspec

from generator.engine.page import SEARCH, Page
from generator.library.library import Library
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.search.folding import folded
from generator.website.search.index import FOLDER
from generator.website.urls import NO_DATE, UNDATED


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    """The page that searches."""

    frame: Frame
    themes: tuple[tuple[str, str], ...]
    """Values of the filter, and what they are called."""
    years: tuple[tuple[str, str], ...]
    """The same, of publication, newest first; empty if there is no paper to find."""
    index: str = f"{FOLDER}/pagefind.js"
    """What searches the index, relative to the site's root."""


class WordsView(msgspec.Struct, frozen=True, kw_only=True):
    """What a search suggests where a word is not found."""

    texts: tuple[str, ...]
    """Titles and bylines."""

    @property
    def words(self) -> list[str]:
        """Their words, folded, the most frequent first."""
        found = Counter[str]()
        for written, times in Counter(chain.from_iterable(map(str.split, self.texts))).items():
            for word in _WORD.findall(folded(written)):
                if len(word) > 3:
                    found[word] += times
        return [word for word, _ in found.most_common(MOST_WORDS)]


_WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 20_000
"""Words that a search may suggest."""


def words(view: WordsView) -> bytes:
    """Return the words as JSON."""
    return msgspec.json.encode(view.words)


def plan(library: Library) -> Iterator[Page]:
    """Yield the page that searches."""
    path = "search/index.html"
    years = {card.published.year if card.published else 0 for card in library.cards}
    view = SearchView(
        frame=frame(masthead(library), path, "Search", "Find papers by any word.", "search"),
        themes=tuple((themed.theme.slug, themed.theme.title) for themed in library.by_theme),
        years=tuple((str(year or UNDATED), str(year or NO_DATE)) for year in sorted(years, reverse=True)),
    )
    yield Page(path=path, template="search.html", view=view, stage=SEARCH)
    texts = tuple(f"{card.title} {card.byline}" for card in library.cards)
    yield Page(
        path="search/words.json",
        encoder="website.search.planner:words",
        view=WordsView(texts=texts),
        stage=SEARCH,
    )
