"""Pages: one planned output each, and what it may see."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from generator.library.library import Library
from generator.problem import Location, Problem, error

CORE = "core"
EXPORTS = "exports"
MAIL = "mail"
IMAGES = "images"
SEARCH = "search"
STAGES = (CORE, EXPORTS, MAIL, IMAGES, SEARCH)
"""The stages of a build, in order; a slow one never holds up the ones before it."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One planned output: a pure function of its template and its view.

    A view is a frozen value that holds cards, packed records and links, and offers what the template shows as
    properties. Its fields are all that the page depends on, so their digest tells whether it changed; what is
    costly (a paper's text, its math) is made from them only when the page is rendered.
    """

    path: str
    """Where it is written, relative to the output's folder: "papers/x/index.html"."""
    view: msgspec.Struct
    template: str = ""
    """Name of the Jinja2 template that renders it; empty where an encoder does."""
    encoder: str = ""
    """Module and name of the function that makes bytes of the view: "website.feeds.opml:opml"."""
    stage: str = CORE
    lasting: bool = True
    """Whether its address, once published, must never be lost."""


Planner = Callable[[Library], Iterator[Page]]
"""A function that yields the pages of one kind."""


def plan(library: Library, planners: tuple[Planner, ...]) -> Iterator[Page]:
    """Yield every page of the site, in the planners' order."""
    for planner in planners:
        yield from planner(library)


def by_path(pages: Iterable[Page]) -> tuple[dict[str, Page], list[Problem]]:
    """Return the pages by their paths, and an error for each path that two pages claim."""
    found: dict[str, Page] = {}
    clashes = []
    for page in pages:
        if page.path in found:
            place = Location(path=page.path)
            hint = "Rename the page below content/pages/ or the theme that takes the address of another page."
            clashes.append(error(place, "Two pages would stand at this address.", hint))
        found[page.path] = page
    return found, clashes
