"""What every page shows around its own content."""

import msgspec

from generator.content.library import Library
from generator.model import Site
from generator.publishing.words import shortened

WINDOW_TITLE = 60
"""Characters; a search result shows about as many."""


class PageLink(msgspec.Struct, frozen=True, kw_only=True):
    """A Markdown page, for the foot of every page."""

    href: str
    title: str


class Masthead(msgspec.Struct, frozen=True, kw_only=True):
    """The digest's name and what else every page shows alike: nothing that counts or dates papers."""

    site: Site
    pages: tuple[PageLink, ...]


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The nameplate, the navigation and the head of a page."""

    masthead: Masthead
    title: str
    """The page's own title, plain text; empty on the front page."""
    description: str
    """A sentence for search engines and previews, plain text."""
    section: str
    """The word of the navigation that the page belongs to; empty where none."""
    root: str
    """The site's root, relative to the page: "../../"; "./" on the front page."""
    url: str
    """The absolute URL that stands for the page; empty where there is none."""

    @property
    def window_title(self) -> str:
        """What a window and a search result are called: whole words, as many as are shown there."""
        name = self.masthead.site.title
        both = f"{self.title} · {name}" if self.title else name
        return both if len(both) <= WINDOW_TITLE else shortened(self.title or name, WINDOW_TITLE)


def masthead(library: Library) -> Masthead:
    """Return what is the same on every page of the library's site."""
    links = (PageLink(href=f"{page.slug}/", title=page.title) for page in library.pages)
    return Masthead(site=library.site, pages=tuple(links))


def frame(masthead: Masthead, path: str, title: str, description: str, section: str = "") -> Frame:
    """Return the frame of the page at the path."""
    return Frame(
        masthead=masthead,
        title=title,
        description=description,
        section=section,
        root="../" * path.count("/") or "./",
        url=absolute(masthead.site, path),
    )


def absolute(site: Site, path: str) -> str:
    """Return the URL of a page or file: a page's folder stands for it."""
    return f"{site.url.rstrip('/')}/{path.removesuffix('index.html')}"
