"""The search: a page that finds papers by any word, while it is read. Its index is made beside the pages."""

from collections.abc import Iterator

import msgspec

from generator.engine.page import SEARCH, Page
from generator.library.library import Library
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.search.documents import UNDATED
from generator.website.search.index import FOLDER


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a filter may have."""

    value: str
    title: str


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    """The page that searches."""

    frame: Frame
    themes: tuple[Choice, ...]
    years: tuple[Choice, ...]
    """Of publication, newest first; empty where there is no paper to be found."""
    index: str = f"{FOLDER}/pagefind.js"
    """What searches the index, relative to the site's root."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the page that searches."""
    path = "search/index.html"
    years = {card.published.year if card.published else 0 for card in library.cards}
    view = SearchView(
        frame=frame(masthead(library), path, "Search", "Find papers by any word.", "search"),
        themes=tuple(
            Choice(value=themed.theme.slug, title=themed.theme.title) for themed in library.by_theme
        ),
        years=tuple(
            Choice(value=str(year or UNDATED), title=str(year or "No date given"))
            for year in sorted(years, reverse=True)
        ),
    )
    yield Page(path=path, template="search.html", view=view, stage=SEARCH)
