"""The documents of a digest's feeds, rendered in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from generator.engine.page import Page, plan
from generator.engine.render import Renderer
from generator.engine.templates import Templates
from generator.library.library import Library
from generator.library.snapshot import read_library
from generator.problem import Problem, has_error
from generator.website.feeds import planner
from generator.website.feeds.view import FeedView
from generator.website.parts.paper_lists import PaperLine

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "media": "http://search.yahoo.com/mrss/",
}


@dataclass(frozen=True)
class Document:
    """A feed or a list of feeds, as it is published."""

    path: str
    url: str
    kind: str
    """Name of its encoder."""
    data: bytes
    site: Mapping[str, str]
    """Every document of the digest by its URL, with the name of its encoder."""

    @cached_property
    def tree(self) -> Any:
        """Its root element, read without recovery."""
        return etree.fromstring(self.data, etree.XMLParser(recover=False, resolve_entities=False))

    @cached_property
    def json(self) -> Any:
        return msgspec.json.decode(self.data)

    def find(self, xpath: str) -> list[Any]:
        """Return what an XPath finds in the document; prefixes are those above."""
        found: list[Any] = self.tree.xpath(xpath, namespaces=NAMESPACES)
        return found


Documents = dict[str, Document]
"""The documents of a digest, by path."""


def documents(library: Library) -> Documents:
    """Return the documents of a library's feeds."""
    renderer = Renderer(Templates(files={}, paths={}))
    root = library.site.url.rstrip("/") + "/"
    pages = [page for page in plan(library, (planner.plan,)) if page.encoder]
    site = {root + page.path: kind(page) for page in pages}
    return {
        page.path: Document(page.path, root + page.path, kind(page), rendered(renderer, page), site)
        for page in pages
    }


def slugs(view: FeedView) -> tuple[str, ...]:
    """Return the papers of a feed or an archive."""
    return tuple(item.content.card.slug for item in view.items if isinstance(item.content, PaperLine))


def kind(page: Page) -> str:
    """Return the language of a feed's document, by its encoder: "rss", "atom", "json" or "opml"."""
    return page.encoder.rpartition(":")[2]


def rendered(renderer: Renderer, page: Page) -> bytes:
    data = renderer.render(page)
    assert not isinstance(data, Problem)
    return data


def read(root: Path) -> Library:
    """Return the library of a digest on disk, which has no errors."""
    reading = read_library(root)
    assert reading.library
    assert not has_error(reading.problems), reading.problems
    return reading.library


HOSTILE = (Path(__file__).parent / "hostile.txt").read_text("utf-8")
"""A small digest of all that is hard on feeds."""
