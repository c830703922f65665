"""Pages: one planned output each, and what it may see."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

import msgspec

from generator.files import digest
from generator.library.library import Library, PackedPaper
from generator.problem import Location, Problem, error

CORE = "core"
EXPORTS = "exports"
MAIL = "mail"
IMAGES = "images"
SEARCH = "search"
STAGES = (CORE, EXPORTS, MAIL, IMAGES, SEARCH)
"""The stages of a build, in order. Any one can be built by itself, so a slow one need not hold up others."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One planned output: a pure function of its template and its view.

    A view is a frozen value that holds cards, packed records and links, and has properties for what the
    template shows. The page depends only on its fields, so their digest tells whether it changed. What is
    costly (a paper's text, its formulas) is made from them only when the page is rendered.
    """

    path: str
    """Where it is written, relative to the output's folder: "papers/x/index.html"."""
    view: msgspec.Struct
    template: str = ""
    """Name of the Jinja2 template that renders it; empty if an encoder does."""
    encoder: str = ""
    """Module and name of the function that encodes the view as bytes: "website.feeds.opml:opml"."""
    stage: str = CORE
    day: dt.date | None = None
    """Of the issue whose texts it shows: pages of one day are rendered in a row, each text typeset once."""
    lasting: bool = True
    """Whether its address, once published, must never vanish."""


Planner = Callable[[Library], Iterator[Page]]
"""A function that yields the pages of one kind."""


def plan(library: Library, planners: tuple[Planner, ...]) -> Iterator[Page]:
    """Yield every page of the site, in the planners' order."""
    for planner in planners:
        yield from planner(library)


def by_path(pages: Iterable[Page]) -> tuple[dict[str, Page], list[Problem]]:
    """Return the pages by their paths, and an error for each path that two pages have."""
    found: dict[str, Page] = {}
    clashes = []
    for page in pages:
        if page.path in found:
            place = Location(path=page.path)
            hint = "Rename the page below content/pages/ or the theme that has the address of another page."
            clashes.append(error(place, "Two pages have this address.", hint))
        found[page.path] = page
    return found, clashes


def _identified(value: object) -> tuple[str, bytes]:
    """Return the digest of a packed paper, which a view's digest has in place of its text."""
    if isinstance(value, PackedPaper):
        return value.slug, value.digest
    message = f"A view cannot hold a {type(value).__name__}."
    raise NotImplementedError(message)


_encode_into = msgspec.msgpack.Encoder(enc_hook=_identified).encode_into


class ViewDigests:
    """Digests of the views of pages in a row. One that they share, as a feed's formats do, is taken once."""

    def __init__(self) -> None:
        self._last: tuple[msgspec.Struct | None, bytes] = None, b""
        self._buffer = bytearray()  # for all views: to make one for each takes longer

    def of(self, view: msgspec.Struct) -> bytes:
        """Return the digest of the next page's view: equal if nothing that a page may show differs."""
        if view is not self._last[0]:
            _encode_into(view, self._buffer)
            self._last = view, digest(self._buffer)
        return self._last[1]
